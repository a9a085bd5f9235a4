import { expect, test } from 'vitest'
import { aConsumer, aRotation } from '../domain/rotation.fixture.ts'
import type { RotatedConsumer } from '../domain/rotation-record.ts'
import { newsOf } from './rotation-entries.ts'

const since = '2027-01-15T08:00:00.000Z'

/** What is told of a service that failed. */
const told = (fields: Partial<RotatedConsumer>) => {
  const before = aRotation({ consumers: [aConsumer('api', { state: 'converged' })] })
  const consumers = [aConsumer('api', { state: 'failed', sentence: 'No.', ...fields })]
  return newsOf(before, { ...before, consumers }).map(({ sentence }) => sentence)
}

test('one that had converged is not said not to have', () => {
  expect(told({ relapse: { since, sentence: '0 of 1 running' } })).toEqual([
    'Rotation of secret db_v1 to db_v2: api is not as asked for any more. No.',
  ])
  expect(told({})).toEqual(['Rotation of secret db_v1 to db_v2: api did not converge. No.'])
})
