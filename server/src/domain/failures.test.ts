import { expect, test } from 'vitest'
import { aService, aSpec, aTask, byId } from './entities.fixture.ts'
import { isFailure, recentFailures } from './failures.ts'
import type { Mode, RestartPolicy, Task } from './state.ts'

const minute = 60_000
const now = 100 * minute

const withRestart = (condition: RestartPolicy['condition'], mode?: Mode) =>
  aService({
    ...(mode && { mode }),
    spec: aSpec({ restart: { condition, delayNs: 5e9, maxAttempts: 0, windowNs: 0 } }),
  })

const job: Mode = { kind: 'global-job' }

test.each<{
  task: Partial<Task>
  service: ReturnType<typeof withRestart>
  is: boolean
  why: string
}>([
  { task: { state: 'failed' }, service: withRestart('none'), is: true, why: 'it says so' },
  {
    task: { state: 'rejected' },
    service: withRestart('any'),
    is: true,
    why: 'it never began',
  },
  {
    task: { state: 'complete' },
    service: withRestart('any'),
    is: true,
    why: 'killed by its health check, a container may end with 0',
  },
  {
    task: { state: 'complete' },
    service: withRestart('on-failure'),
    is: false,
    why: 'ending well is what was asked',
  },
  {
    task: { state: 'complete' },
    service: withRestart('any', job),
    is: false,
    why: 'a job',
  },
  {
    task: { state: 'shutdown' },
    service: withRestart('any'),
    is: false,
    why: 'it was told to',
  },
  {
    task: { state: 'rejected', error: 'assigned node no longer meets constraints' },
    service: withRestart('any'),
    is: false,
    why: 'a label changed: nothing failed',
  },
])('$task.state is a failure: $is, $why', ({ task, service, is }) => {
  expect(isFailure(service, aTask(task))).toBe(is)
})

const failed = (id: string, minutesAgo: number, fields: Partial<Task> = {}) =>
  aTask({
    id,
    state: 'failed',
    desired: 'shutdown',
    createdAt: now - 30 * minute,
    since: now - minutesAgo * minute,
    updatedAt: now - minutesAgo * minute,
    ...fields,
  })

const ids = (...tasks: Task[]) =>
  recentFailures(aService(), byId(tasks), now).map(({ id }) => id)

test('recent failures are those of the last ten minutes, newest first', () => {
  expect(ids(failed('old', 10), failed('a', 9.9), failed('b', 1, { slot: 2 }))).toEqual([
    'b',
    'a',
  ])
})

test('a task that ended badly after it was replaced is no failure: its node came back', () => {
  const replacement = aTask({ id: 'new', createdAt: now - 5 * minute })
  const second = aTask({ id: 'newer', createdAt: now - minute })
  const late = failed('late', 2)
  expect(ids(late)).toEqual(['late'])
  expect(ids(late, replacement)).toEqual([])
  expect(ids(late, replacement, second)).toEqual([])
  expect(ids(late, second)).toEqual(['late'])
  expect(ids(late, { ...replacement, slot: 2 })).toEqual(['late'])
})

test('a task of a crash loop, as an engine 28 dated it, is a failure', () => {
  const loop = failed('loop', 2)
  const replacement = aTask({ id: 'new', createdAt: loop.since + 21 })
  const tidied = { ...loop, updatedAt: loop.since + 222 }
  expect(ids(tidied, replacement)).toEqual(['loop'])
})
