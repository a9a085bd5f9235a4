import { describe, expect, test } from 'vitest'
import type { EngineService, EngineTask } from '../docker/engine.ts'
import { toNode, toService, toTask } from './translate.ts'

const meta = {
  ID: 'id',
  Version: { Index: 7 },
  CreatedAt: '2026-11-21T14:00:00Z',
  UpdatedAt: '2026-11-21T14:01:00.123456789Z',
}
const task = (fields: Partial<EngineTask>): EngineTask => ({
  ...meta,
  Spec: {},
  ServiceID: 'web',
  Status: { State: 'running', Timestamp: '2026-11-21T14:00:30Z' },
  DesiredState: 'running',
  ...fields,
})
const service = (spec: Partial<EngineService['Spec']>): EngineService => ({
  ...meta,
  Spec: { Name: 'web', TaskTemplate: {}, Mode: { Replicated: { Replicas: 2 } }, ...spec },
})

describe('a task', () => {
  test.each([
    { fields: { Slot: 3 }, slot: 3, why: 'replicated' },
    { fields: { NodeID: 'n1' }, slot: null, why: 'global: it has a node instead' },
    { fields: { JobIteration: { Index: 1 } }, slot: 0, why: 'a job counts from 0, unsaid' },
  ])('has slot $slot: $why', ({ fields, slot }) => {
    expect(toTask(task(fields), true).slot).toBe(slot)
  })

  test('that is pending waits since it was made, whenever its explanation changed', () => {
    const pending = task({
      Status: { State: 'pending', Timestamp: '2026-11-21T14:59:00Z' },
    })
    expect(toTask(pending, true).since).toBe(Date.parse(meta.CreatedAt))
  })

  test.each([
    { state: 'running', code: 0, exitCode: null, why: 'it has not ended' },
    { state: 'shutdown', code: -1, exitCode: null, why: 'it is being stopped' },
    { state: 'failed', code: 137, exitCode: 137, why: 'it ended' },
    { state: 'complete', code: undefined, exitCode: 0, why: 'zero is left out' },
  ])(
    '$state with code $code has exit code $exitCode: $why',
    ({ state, code, exitCode }) => {
      const ContainerStatus = code === undefined ? {} : { ExitCode: code }
      expect(
        toTask(task({ Status: { State: state, ContainerStatus } }), true).exitCode,
      ).toBe(exitCode)
    },
  )

  test('in a state that we do not know claims nothing', () => {
    expect(toTask(task({ Status: { State: 'hibernating' } }), true).state).toBe('new')
  })
})

describe('a service', () => {
  test.each([
    { config: undefined, parallelism: 1, why: 'nothing said: one at a time' },
    { config: {}, parallelism: 0, why: 'a config without it: all at once' },
    { config: { Parallelism: 2 }, parallelism: 2, why: 'as said' },
  ])('updates $parallelism at a time: $why', ({ config, parallelism }) => {
    const raw = service(config ? { UpdateConfig: config } : {})
    expect(toService(raw).spec.update).toMatchObject({ parallelism, monitorNs: 5e9 })
  })

  test('tells the names of its environment and never a value', () => {
    const Env = ['PASSWORD=hunter2', 'EMPTY=', 'BARE', 'ODD=a=b']
    const raw = service({ TaskTemplate: { ContainerSpec: { Env } } })
    expect(toService(raw).spec.environment).toEqual(['PASSWORD', 'EMPTY', 'BARE', 'ODD'])
    expect(JSON.stringify(toService(raw))).not.toContain('hunter2')
  })

  test.each([
    { test: undefined, healthCheck: null, why: 'none in the spec' },
    { test: ['NONE'], healthCheck: null, why: 'switched off' },
    {
      test: ['CMD-SHELL', 'curl localhost'],
      healthCheck: 'curl localhost',
      why: 'a command',
    },
  ])('has health check $healthCheck: $why', ({ test: command, healthCheck }) => {
    const Healthcheck = command ? { Test: command } : {}
    const raw = service({ TaskTemplate: { ContainerSpec: { Healthcheck } } })
    expect(toService(raw).spec.healthCheck).toBe(healthCheck)
  })

  test("has no update where the engine's state is empty or unheard of", () => {
    expect(toService({ ...service({}), UpdateStatus: {} }).update).toBeNull()
    expect(toService({ ...service({}), UpdateStatus: { State: 'odd' } }).update).toBeNull()
  })
})

test("the leader's address is its raft address: it knows itself as 0.0.0.0", () => {
  const node = toNode({
    ...meta,
    Spec: {},
    Description: {},
    Status: { State: 'ready', Addr: '0.0.0.0' },
    ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: '10.0.0.1:2377' },
  })
  expect(node.address).toBe('10.0.0.1')
})
