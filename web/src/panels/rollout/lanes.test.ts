import { aService } from '@skep/shared/contract/cluster.fixture'
import { expect, test } from 'vitest'
import { lanes } from './lanes.ts'
import { aRollout } from './rollout.fixture.ts'

const words = (...[service, course]: Parameters<typeof lanes>) =>
  lanes(service, course).map(({ label, count, of }) =>
    of === null ? `${label} ${count}` : `${label} ${count} of ${of}`,
  )

test('an update goes from left to right', () => {
  expect(words(aService({ rollout: aRollout() }), 'update')).toEqual([
    'To update 3',
    'In flight 2 of 2',
    'Verifying 1',
    'Updated 4',
  ])
})

test('a rollback goes back, in its own words', () => {
  const rollout = aRollout({ kind: 'rollback' })
  expect(words(aService({ rollout }), 'rollback')).toEqual([
    'Rolled back 4',
    'Verifying 1',
    'In flight 2 of 2',
    'To roll back 3',
  ])
})

test('all at once is no bound', () => {
  const rollout = aRollout({ parallelism: 0 })
  expect(words(aService({ rollout }), 'update')[1]).toBe('In flight 2')
})

test('what a job has run is not watched any further', () => {
  const lanes = { toUpdate: 2, inFlight: 3, verifying: 0, updated: 7, total: 12 }
  const rollout = aRollout({ lanes, parallelism: 3 })
  expect(words(aService({ mode: 'replicated-job', rollout }), 'job')).toEqual([
    'Waiting 2',
    'Running 3 of 3',
    'Complete 7',
  ])
})

test('a job without a rollout says from its counts how far it is', () => {
  const job = aService({ mode: 'replicated-job', desired: 12, running: 3, completed: 7 })
  expect(words(job, 'job')).toEqual(['Waiting 2', 'Running 3', 'Complete 7'])
})
