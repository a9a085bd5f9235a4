import { aService, aSlot } from '@skep/shared/contract/cluster.fixture'
import { expect, test } from 'vitest'
import { aRollout } from '../rollout/rollout.fixture.ts'
import { taskGroups } from './task-groups.ts'
import { asked, onlyWords, type TaskSearch } from './task-search.ts'

const service = aService({
  rollout: aRollout(),
  slots: [
    { ...aSlot(1, null), phase: 'updated' },
    { ...aSlot(2, 'exit 1'), phase: 'in-flight' },
    { ...aSlot(3, 'exit 1'), phase: 'updated' },
  ],
})

test.each<{ search: TaskSearch; says: string | null; keys: string[] }>([
  { search: {}, says: null, keys: ['1', '2', '3'] },
  { search: { slot: '2' }, says: 'slot 2', keys: ['2'] },
  { search: { state: 'failed' }, says: 'slots that are failed', keys: ['2', '3'] },
  {
    search: { state: 'failed', phase: 'in-flight' },
    says: 'slots that are failed and in flight',
    keys: ['2'],
  },
  { search: { phase: 'updated' }, says: 'slots that are updated', keys: ['1', '3'] },
])('$search is "$says"', ({ search, says, keys }) => {
  expect(onlyWords(search, 'update')).toBe(says)
  const wanted = taskGroups(service, undefined).filter(asked(search, service))
  expect(wanted.map(({ key }) => key)).toEqual(keys)
})

test('what is no state asks for nothing', () => {
  expect(onlyWords({ state: 'nonsense' }, null)).toBeNull()
})
