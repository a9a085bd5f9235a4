import { expect, test } from 'vitest'
import { emptyDraft, withPreview, withTick } from './draft.ts'
import { marksBetween } from './marks.ts'
import { aCheck, aNodePreview, aTask } from './preview.fixture.ts'

const before = aNodePreview({
  tasks: [aTask(1), aTask(2)],
  services: [
    {
      service: 'web',
      class: 'stateless',
      running: 2,
      desired: 2,
      lowest: 1,
      settles: 2,
      sentence: 'web runs 1 of 2 meanwhile.',
      backup: null,
      drill: null,
    },
  ],
})

test('a task that fares otherwise is marked, one that only restarted is not', () => {
  const after = {
    ...before,
    tasks: [
      aTask(1, { task: 'another', state: 'starting' }),
      aTask(2, { outcome: 'waits' }),
    ],
  }
  expect([...marksBetween(before, after).changes]).toEqual(['task web 2'])
})

test('a task that was not there before is marked, and so is a dip that is deeper', () => {
  const after = aNodePreview({
    tasks: [...before.tasks, aTask(3)],
    services: before.services.map((dip) => ({ ...dip, sentence: 'web is down.' })),
  })
  expect([...marksBetween(before, after).changes]).toEqual(['task web 3', 'dip web'])
})

test('room and managers are marked as a whole', () => {
  const room = { total: 4, now: 1, after: 2 }
  const after = { ...before, capacity: [{ node: 'w2', nanoCpus: room, memoryBytes: room }] }
  expect([...marksBetween(before, after).parts]).toEqual(['capacity'])
})

test('the facts of a node move as those of a service do: the box they were ticked for opens', () => {
  const warned = { ...before, checks: [aCheck('data', 'warn', 'pg would start empty.')] }
  const ticked = withTick(withPreview(emptyDraft, warned, '{}'), 'data', true)
  const moved = {
    ...warned,
    basis: 'two',
    checks: [aCheck('data', 'warn', 'pg and redis would start empty.')],
  }
  const updated = withPreview(ticked, moved, '{}')
  expect(updated.ticked.size).toBe(0)
  expect(updated.news).toBe('moved')
})
