import { describe, expect, test } from 'vitest'
import type { Service, Task } from '../state.ts'
import { called, checkIds, look, now, on, outcomes } from './node-commands.fixture.ts'

const updating = {
  update: { state: 'updating', message: '', startedAt: now - 60_000, completedAt: null },
} as const satisfies Partial<Service>
const old = { upToDate: false }

const drain = (tasks: readonly Task[], fields: Partial<Service> = updating) =>
  look({ services: [called('api', {}, fields)], tasks }).preview

describe('the spec of an update under way', () => {
  test('may not run, while no task of it has', () => {
    const preview = drain([
      on('w1', 'api', old),
      on('w3', 'api', { state: 'preparing', since: now - 60_000 }),
    ])
    expect(preview.tasks).toMatchObject([
      { outcome: 'may-wait', why: expect.stringContaining('a spec that has not run yet') },
    ])
    expect(preview.services).toMatchObject([{ settles: 0 }])
    expect(checkIds(preview)).toContain('may-wait')
  })

  test('fails, where a task of it failed and none holds', () => {
    for (const state of ['rejected', 'failed', 'complete'] as const) {
      const preview = drain([
        on('w1', 'api', old),
        on('w2', 'api', { state, desired: 'shutdown' }),
        // In a crash loop each of them runs for a moment.
        on('w3', 'api', { since: now - 1_000 }),
      ])
      expect(outcomes(preview)).toEqual({ api: ['fails'] })
    }
  })

  test('runs, once one task of it has held for the monitor window', () => {
    const tasks = [
      on('w1', 'api', old),
      on('w2', 'api', { state: 'failed', desired: 'shutdown' }),
      on('w3', 'api', { since: now - 6_000 }),
    ]
    expect(outcomes(drain(tasks))).toEqual({ api: ['moves'] })
  })

  test('is in doubt too where nobody says that an update is under way', () => {
    expect(outcomes(drain([on('w1', 'api', old)], { update: null }))).toEqual({
      api: ['may-wait'],
    })
  })

  test('is not asked about where what leaves was made from it', () => {
    const tasks = [on('w1', 'api', { since: now - 1_000 }), on('w2', 'api', old)]
    expect(outcomes(drain(tasks))).toEqual({ api: ['moves'] })
  })

  test('a task that finds no other node waits all the same', () => {
    const pinned = called('api', { constraints: ['node.hostname==w1'] }, updating)
    const { preview } = look({ services: [pinned], tasks: [on('w1', 'api', old)] })
    expect(outcomes(preview)).toEqual({ api: ['waits'] })
  })

  test('fails where only other attempts at it have the room, each until it fails', () => {
    const paused = { ...updating, update: { ...updating.update, state: 'paused' } } as const
    const tasks = [
      on('w1', 'api', old),
      on('w2', 'api', { state: 'starting', since: now - 100 }),
    ]
    const onWorkers = { constraints: ['node.hostname!=m1', 'node.hostname!=w3'] }
    const ports = [{ published: 80, target: 80, protocol: 'tcp', mode: 'host' }] as const
    const service = called('api', onWorkers, { ...paused, ports })
    const { preview } = look({ services: [service], tasks })
    expect(preview.tasks).toMatchObject([
      { outcome: 'fails', why: expect.stringContaining('Other attempts at it') },
    ])
    const held = [tasks[0], on('w2', 'api', { ...old, hostPorts: ['80/tcp'] })] as Task[]
    expect(outcomes(look({ services: [service], tasks: held }).preview)).toEqual({
      api: ['waits'],
    })
  })
})

describe('a task of a global service that is not of the spec of today', () => {
  const restart = { condition: 'none', delayNs: 0, maxAttempts: 0, windowNs: 0 } as const
  const global = { mode: { kind: 'global' } } as const
  const mine = on('w1', 'agent', { slot: null, ...old })
  const stopped = (tasks: readonly Task[], spec = {}) =>
    look({ services: [called('agent', spec, global)], tasks }).preview.tasks

  test('comes back though its policy is none: it is made anew', () => {
    const other = on('w2', 'agent', { slot: null })
    expect(stopped([mine, other], { restart })).toMatchObject([
      { outcome: 'stops', returns: true },
    ])
    const current = { ...mine, upToDate: true }
    expect(stopped([current, other], { restart })).toMatchObject([{ returns: false }])
  })

  test('may not come back while that spec has not run', () => {
    expect(stopped([mine])).toMatchObject([{ outcome: 'stops', returns: null }])
    expect(stopped([mine], { restart })).toMatchObject([{ returns: null }])
  })
})
