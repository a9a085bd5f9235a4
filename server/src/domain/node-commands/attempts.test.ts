import { expect, test } from 'vitest'
import type { Task } from '../state.ts'
import { called, look, m1, now, on, outcomes, w } from './node-commands.fixture.ts'

const hour = 3_600_000
const restart = { condition: 'any', delayNs: 5e9, maxAttempts: 1, windowNs: 60e9 } as const

/** One crash an hour ago: within the window before the task that runs began, not before now. */
const crashedOnce = (service: string, slot: number | null): Task[] => [
  on('w1', service, {
    slot,
    restart,
    state: 'failed',
    desired: 'shutdown',
    createdAt: now - 2 * hour,
    since: now - hour - 6_000,
  }),
  on('w1', service, { slot, restart, createdAt: now - hour - 6_000, since: now - hour }),
]

const agent = called('agent', { restart }, { mode: { kind: 'global' } })

test('a task that comes back with its node is asked of when the drain has ended it', () => {
  const { preview } = look({ services: [agent], tasks: crashedOnce('agent', null) })
  expect(preview.tasks).toMatchObject([{ outcome: 'stops', returns: true }])
})

test('and so says the preview of the activation', () => {
  const ended = { state: 'shutdown', desired: 'shutdown', since: now } as const
  const { preview } = look({
    asked: { kind: 'activate' },
    nodes: [m1, w('w1', { availability: 'drain' }), w('w2')],
    services: [agent],
    tasks: crashedOnce('agent', null).map((task, i) =>
      i === 1 ? { ...task, ...ended } : task,
    ),
  })
  expect(preview.gains).toMatchObject([{ service: 'agent', tasks: 1, sure: 1 }])
})

test('a crash just before the drain uses the attempt up', () => {
  const ago = (task: Task): Task => ({
    ...task,
    createdAt: task.createdAt + hour - 10_000,
    since: task.since + hour - 10_000,
  })
  const tasks = crashedOnce('agent', null).map(ago)
  expect(look({ services: [agent], tasks }).preview.tasks).toMatchObject([
    { returns: false },
  ])
})

test('a drain asks of the task that runs, a removal of one whose status is written anew', () => {
  const services = [called('web', { restart })]
  const tasks = crashedOnce('web', 1)
  expect(outcomes(look({ services, tasks }).preview)).toEqual({ web: ['not-replaced'] })
  const removed = look({ asked: { kind: 'remove', force: true }, services, tasks })
  expect(outcomes(removed.preview)).toEqual({ web: ['moves'] })
})
