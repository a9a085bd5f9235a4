import { describe, expect, test } from 'vitest'
import type { EngineService, EngineTask } from '../docker/engine.ts'
import { toNetwork, toNode, toService, toStored, toTask } from './translate.ts'

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

  test.each([
    { state: 'starting', Ports: undefined, hostPorts: null, why: 'it does not run yet' },
    { state: 'running', Ports: undefined, hostPorts: [], why: 'it has none' },
    {
      state: 'starting',
      Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: 'host' }] as const,
      hostPorts: ['8080/tcp'],
      why: 'it is not healthy yet',
    },
    {
      state: 'running',
      Ports: [
        { Protocol: 'udp', TargetPort: 53, PublishedPort: 5300, PublishMode: 'host' },
      ] as const,
      hostPorts: ['5300/udp'],
      why: 'its container has one',
    },
    { state: 'shutdown', Ports: undefined, hostPorts: null, why: 'it has ended' },
  ])('$state has host ports $hostPorts: $why', ({ state, Ports, hostPorts }) => {
    const PortStatus = Ports ? { Ports: [...Ports] } : {}
    expect(toTask(task({ Status: { State: state, PortStatus } }), true).hostPorts).toEqual(
      hostPorts,
    )
  })

  test('tells the paths of its node that it was made with', () => {
    const Mounts = [
      { Type: 'bind', Source: '/srv/{{.Task.Slot}}', Target: '/a' },
      {
        Type: 'bind',
        Source: '/srv/made',
        Target: '/b',
        BindOptions: { CreateMountpoint: true },
      },
      { Type: 'volume', Source: 'named', Target: '/c' },
      { Type: 'volume', Source: 'db', Target: '/d', VolumeOptions: { Subpath: 'data' } },
    ]
    const Spec = { ContainerSpec: { Mounts } }
    expect(toTask(task({ Spec }), true).paths).toEqual(['/srv/{{.Task.Slot}}', 'db:data'])
  })

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

  test('tells what a rollback would mount', () => {
    const Mounts = [{ Type: 'volume', Source: 'pg16', Target: '/data' }]
    const PreviousSpec = {
      ...service({}).Spec,
      TaskTemplate: { ContainerSpec: { Image: 'postgres:16', Mounts } },
    }
    expect(toService({ ...service({}), PreviousSpec }).previous).toMatchObject({
      image: 'postgres:16',
      mounts: [{ type: 'volume', source: 'pg16', target: '/data' }],
    })
  })

  test('tells of values which mount they are in, and of a driver whom its options name', () => {
    const Options = {
      type: 'nfs',
      o: 'addr=127.0.0.1,username={{.Node.Hostname}}x,password=hunter2',
      device: ':/e',
    }
    const Mounts = [
      {
        Type: 'volume',
        Source: 'pg',
        Target: '/srv/pg',
        VolumeOptions: { DriverConfig: { Options } },
      },
    ]
    const Env = ['PGDATA=/srv/pg/hunter2']
    const raw = service({ TaskTemplate: { ContainerSpec: { Env, Mounts } } })
    const { spec } = toService(raw)
    expect(spec.environmentIn).toEqual({ PGDATA: '/srv/pg' })
    expect(spec.mounts).toMatchObject([
      { servedByNode: true, optionFields: ['{{.Node.Hostname}}'] },
    ])
    expect(JSON.stringify(toService(raw))).not.toContain('hunter2')
  })

  test.each(['addr=10.0.0.1,rw', 'rw', 'clientaddr=127.0.0.1'])(
    'is not served by its own node with %s',
    (o) => {
      const VolumeOptions = { DriverConfig: { Options: { type: 'nfs', o, device: ':/e' } } }
      const Mounts = [{ Type: 'volume', Source: 'd', Target: '/d', VolumeOptions }]
      const raw = service({ TaskTemplate: { ContainerSpec: { Mounts } } })
      expect(toService(raw).spec.mounts).toMatchObject([{ servedByNode: false }])
    },
  )

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

test('a network has its own configuration, or names one that each node has', () => {
  const raw = { Id: 'n', Name: 'lan', Created: '', Scope: 'swarm', Driver: 'macvlan' }
  const from = (Network: string) => toNetwork({ ...raw, ConfigFrom: { Network } })
  expect(from('lan-config').configFrom).toBe('lan-config')
  expect(from('').configFrom).toBeNull()
  expect(toNetwork(raw).configFrom).toBeNull()
})

test('a config is looked through for credentials to its end, and left behind', () => {
  const long = '# a comment\n'.repeat(80_000)
  const stored = (text: string) =>
    toStored({ ...meta, Spec: { Name: 'app', Data: Buffer.from(text).toString('base64') } })
  const facts = stored(`${long}password: hunter2\n`)
  expect(facts.credentialLike).toBe(true)
  expect(JSON.stringify(facts)).not.toContain('hunter2')
  expect(stored(long).credentialLike).toBe(false)
})
