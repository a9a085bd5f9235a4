import { Stored, StoredEntry } from '@skep/shared/contract/stored'
import { expect, test } from 'vitest'
import { aState, aStored, aTask } from '../entities.fixture.ts'
import { storedEntries } from './entries.ts'
import { aConsumer } from './stored.fixture.ts'
import { storedViews } from './views.ts'

const list = storedViews(
  'secret',
  aState({
    secrets: [aStored('pw_v1'), aStored('pw_v2')],
    services: [aConsumer('web', { secrets: ['pw_v2'], before: { secrets: ['pw_v1'] } })],
    tasks: [aTask({ id: 't', serviceId: 'web', storedIds: ['pw_v1'] })],
  }),
  1_800_000_000_000,
)

test('an entry says all of one but its last change and how each consumer has it', () => {
  const entries = storedEntries(list)
  expect(entries).toEqual(list.map((one) => StoredEntry.parse(one)))
  expect(entries.map(({ consumers }) => consumers)).toEqual([
    [{ service: 'web', roles: ['older-task', 'rollback-target'] }],
    [{ service: 'web', roles: ['current'] }],
  ])
  const left = Object.keys(Stored.shape).filter((key) => !(key in StoredEntry.shape))
  expect(left).toEqual(['updatedAt'])
})

test('of one list the entries are one array, which is put into words once', () => {
  expect(storedEntries(list)).toBe(storedEntries(list))
  expect(storedEntries([...list])).not.toBe(storedEntries(list))
})
