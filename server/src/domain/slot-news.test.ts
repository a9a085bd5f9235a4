import { expect, test } from 'vitest'
import { aService, aState, aTask } from './entities.fixture.ts'
import { slotNews } from './slot-news.ts'
import type { Service, Task } from './state.ts'

const state = (tasks: Partial<Task>[], service: Partial<Service> = {}) =>
  aState({ services: [aService(service)], tasks: tasks.map(aTask) })

const sentences = (before: Partial<Task>[], after: Partial<Task>[], service = {}) =>
  slotNews(state(before, service), state(after, service)).map(({ sentence }) => sentence)

test.each([
  [{ state: 'running' }, {}, ['slot 1 running']],
  [{ state: 'starting' }, {}, []],
  [
    { state: 'starting' },
    { hasHealthCheck: true },
    ['slot 1 starting, waiting for health check'],
  ],
  [{ state: 'failed', exitCode: 137 }, {}, ['slot 1 failed, exit 137']],
  [{ state: 'failed', exitCode: null }, {}, ['slot 1 failed']],
  [{ state: 'pending' }, {}, []],
  [{ state: 'pending', error: 'no suitable node' }, {}, ['slot 1 cannot be placed']],
  [{ state: 'shutdown' }, {}, []],
] as const)('a task that becomes %o is told as it should: %#', (task, service, told) => {
  expect(sentences([{ state: 'preparing' }], [task], service)).toEqual(told)
})

test('the place of a global task is its node', () => {
  const mode = { kind: 'global' } as const
  expect(sentences([], [{ slot: null, nodeId: 'n1' }], { mode })).toEqual([
    'the task on n1 running',
  ])
})

test('a task that replaces another is told, and how the other ended', () => {
  const failed = { id: 'a', state: 'failed', exitCode: 3 } as const
  expect(sentences([{ id: 'a' }], [failed, { id: 'b' }])).toEqual([
    'slot 1 failed, exit 3',
    'slot 1 running',
  ])
})

test('what is written on a task besides its state is no news', () => {
  expect(sentences([{ version: 1 }], [{ version: 2, desired: 'shutdown' }])).toEqual([])
})

test('a service that was not known before is no news of its tasks', () => {
  expect(slotNews(aState({}), state([{}]))).toEqual([])
})

test("the swarm's own words come along", () => {
  const error = 'task: non-zero exit (3)'
  expect(slotNews(state([{}]), state([{ state: 'failed', error }]))).toMatchObject([
    { service: 'web', slot: '1', node: 'n1', cause: error },
  ])
})
