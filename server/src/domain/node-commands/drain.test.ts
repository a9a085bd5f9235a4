import { NodePreview } from '@skep/shared/contract/node-preview'
import { describe, expect, test } from 'vitest'
import { aMount } from '../entities.fixture.ts'
import type { RestartPolicy } from '../state.ts'
import {
  called,
  checkIds,
  fourNodes,
  look,
  m1,
  now,
  on,
  outcomes,
  w,
} from './node-commands.fixture.ts'

const policy = (fields: Partial<RestartPolicy>): RestartPolicy => ({
  condition: 'any',
  delayNs: 5e9,
  maxAttempts: 0,
  windowNs: 0,
  ...fields,
})

describe('what becomes of a task', () => {
  test('it moves where another node takes it, and the nodes are named', () => {
    const { preview } = look({ services: [called('api')], tasks: [on('w1', 'api')] })
    expect(preview.tasks).toMatchObject([
      {
        outcome: 'moves',
        candidates: ['w2', 'w3'],
        data: 'none',
        slot: expect.any(String),
      },
    ])
    expect(preview.button).toBe('Drain w1 (moves 1)')
    expect(NodePreview.parse(preview)).toEqual(preview)
  })

  test('it waits where none does, and the filter is named', () => {
    const pinned = called('db', { constraints: ['node.hostname==w1'] })
    const { preview } = look({ services: [pinned], tasks: [on('w1', 'db')] })
    expect(preview.tasks).toMatchObject([
      {
        outcome: 'waits',
        candidates: [],
        blockedBy:
          'its constraints are not met on 2 nodes; not available for new tasks on 1 node',
      },
    ])
    expect(checkIds(preview)).toContain('goes-down')
    expect(preview.typed).toBe('w1')
  })

  test('more than there is room for may wait, all of them alike', () => {
    const few = called('few', { maxReplicasPerNode: 1 })
    const tasks = [on('w1', 'few'), on('w2', 'few')]
    const both = [on('w1', 'two', { slot: 1 }), on('w1', 'two', { slot: 2 })]
    const two = called('two', { maxReplicasPerNode: 2, constraints: ['node.hostname!=w3'] })
    const { preview } = look({
      services: [few, two],
      tasks: [...tasks, ...both, on('w2', 'two', { slot: 3 })],
    })
    expect(outcomes(preview)).toEqual({ few: ['moves'], two: ['may-wait', 'may-wait'] })
  })

  test('two services that compete for the last room may both wait', () => {
    const reservations = { nanoCpus: 3e9, memoryBytes: 0 }
    const nodes = [m1, w('w1', { resources: { nanoCpus: 8e9, memoryBytes: 8e9 } }), w('w2')]
    const { preview } = look({
      nodes,
      services: [called('a', { reservations }), called('b', { reservations }), called('c')],
      tasks: [on('w1', 'a'), on('w1', 'b'), on('w1', 'c')],
    })
    expect(outcomes(preview)).toEqual({ a: ['may-wait'], b: ['may-wait'], c: ['moves'] })
  })

  test('where all find room together, all move', () => {
    const reservations = { nanoCpus: 2e9, memoryBytes: 0 }
    const { preview } = look({
      services: [called('a', { reservations }), called('b', { reservations })],
      tasks: [on('w1', 'a'), on('w1', 'b')],
    })
    expect(outcomes(preview)).toEqual({ a: ['moves'], b: ['moves'] })
  })

  test('one of a global service stops, and comes back unless its policy forbids it', () => {
    const global = { mode: { kind: 'global' } } as const
    const { preview } = look({
      services: [
        called('agent', {}, global),
        called('once', { restart: policy({ condition: 'none' }) }, global),
      ],
      tasks: [on('w1', 'agent', { slot: null }), on('w1', 'once', { slot: null })],
    })
    expect(preview.tasks).toMatchObject([
      { service: 'agent', outcome: 'stops', returns: true, slot: 'w1' },
      { service: 'once', outcome: 'stops', returns: false },
    ])
    expect(checkIds(preview)).toContain('stays-away')
  })

  test.each([
    { restart: policy({ condition: 'none' }), outcome: 'not-replaced' },
    { restart: policy({ condition: 'on-failure' }), outcome: 'moves' },
    { restart: policy({ maxAttempts: 2 }), outcome: 'moves' },
    { restart: policy({ maxAttempts: 1 }), outcome: 'not-replaced' },
    // One crash an hour ago, in the window before the task that runs began.
    { restart: policy({ maxAttempts: 1, windowNs: 3e9 }), outcome: 'not-replaced' },
    { restart: policy({ maxAttempts: 1, windowNs: 0.5e9 }), outcome: 'moves' },
  ] as const)(
    'after one restart, $restart.condition with $restart.maxAttempts attempts in $restart.windowNs ns: $outcome',
    ({ restart, outcome }) => {
      const began = now - 3_600_000
      const first = on('w1', 'api', {
        slot: 1,
        state: 'failed',
        desired: 'shutdown',
        createdAt: began - 60_000,
      })
      const second = on('w1', 'api', { slot: 1, createdAt: began - 1_000, since: began })
      const { preview } = look({
        services: [called('api', { restart })],
        tasks: [first, second],
      })
      expect(outcomes(preview)).toEqual({ api: [outcome] })
    },
  )

  test('one of a global service that came back with its node has used no attempt', () => {
    const restart = policy({ maxAttempts: 1 })
    const old = on('w1', 'agent', {
      slot: null,
      state: 'shutdown',
      desired: 'shutdown',
      createdAt: 1,
    })
    const task = on('w1', 'agent', { slot: null, createdAt: 2 })
    const services = [called('agent', { restart }, { mode: { kind: 'global' } })]
    expect(look({ services, tasks: [old, task] }).preview.tasks).toMatchObject([
      { returns: true },
    ])
    const failed = { ...old, state: 'failed' as const }
    expect(look({ services, tasks: [failed, task] }).preview.tasks).toMatchObject([
      { returns: false },
    ])
    const starting = { ...task, state: 'preparing' as const }
    expect(look({ services, tasks: [old, starting] }).preview.tasks).toMatchObject([
      { returns: null },
    ])
  })

  test('a job runs on', () => {
    const job = called(
      'job',
      {},
      {
        mode: { kind: 'replicated-job', totalCompletions: 1, maxConcurrent: 1 },
        jobIteration: 1,
      },
    )
    const task = on('w1', 'job', { desired: 'complete', jobIteration: 1, slot: 0 })
    const { preview, write } = look({ services: [job], tasks: [task] })
    expect(outcomes(preview)).toEqual({ job: ['stays'] })
    expect(preview.services).toEqual([])
    expect(write).toEqual({ kind: 'update', change: { availability: 'drain' } })
  })

  test('the spec of a paused update would fail, unless some task proves that it runs', () => {
    const paused = {
      update: { state: 'paused', message: '', startedAt: null, completedAt: null },
    } as const
    const old = { upToDate: false }
    const tasks = [on('w1', 'bad', old), on('w1', 'half', old), on('w2', 'half')]
    const { preview } = look({
      services: [called('bad', {}, paused), called('half', {}, paused)],
      tasks,
    })
    expect(outcomes(preview)).toEqual({ bad: ['fails'], half: ['moves'] })
  })

  test('a path of the node is known to exist where tasks that mount it ran', () => {
    const mounts = [aMount({ type: 'bind', source: '/srv/data' })]
    const paths = ['/srv/data']
    const elsewhere = on('w2', 'other', { containerId: 'c1', paths })
    const services = [
      called('known', { mounts, constraints: ['node.hostname!=w3'] }),
      called('other', { mounts }),
    ]
    const task = on('w1', 'known')
    expect(outcomes(look({ services, tasks: [task, elsewhere] }).preview)).toEqual({
      known: ['moves'],
    })
    expect(outcomes(look({ services, tasks: [task] }).preview)).toEqual({
      known: ['fails'],
    })
    const socket = called('known', {
      mounts: [aMount({ type: 'bind', source: '/var/run/docker.sock' })],
    })
    expect(outcomes(look({ services: [socket], tasks: [task] }).preview)).toEqual({
      known: ['moves'],
    })
  })

  test('whether a cluster volume can be mounted elsewhere is not known', () => {
    const mounts = [aMount({ type: 'cluster', source: 'vol1' })]
    const { preview } = look({
      services: [called('db', { mounts })],
      tasks: [on('w1', 'db')],
    })
    expect(preview.tasks).toMatchObject([{ outcome: 'may-wait', data: 'unknown' }])
  })

  test('of a few nodes the likeliest is named', () => {
    const { preview } = look({
      services: [called('api')],
      tasks: [on('w1', 'api'), on('w2', 'api')],
    })
    expect(preview.tasks[0]?.why).toBe('The swarm picks one of 2 nodes, most likely w3.')
  })

  test('zones are weighed with the nodes that refuse it, and with this one as it will be', () => {
    const zone = (id: string, zone: string) => w(id, { labels: { zone } })
    const nodes = [m1, zone('w1', 'c'), zone('w2', 'a'), zone('w3', 'a'), zone('w4', 'b')]
    const spread = { preferences: ['node.labels.zone'], maxReplicasPerNode: 2 }
    const { preview } = look({
      nodes,
      services: [called('api', spread)],
      tasks: [on('w1', 'api'), on('w2', 'api'), on('w2', 'api'), on('w4', 'api')],
    })
    expect(preview.tasks).toMatchObject([
      {
        candidates: ['w3', 'w4'],
        why: 'The swarm picks one of 2 nodes, most likely w4.',
      },
    ])
  })

  test('tasks that leave this node weigh in its zone no more', () => {
    const zone = (id: string, zone: string) => w(id, { labels: { zone } })
    const nodes = [m1, zone('w1', 'a'), zone('w2', 'a'), zone('w3', 'b')]
    const { preview } = look({
      nodes,
      services: [called('api', { preferences: ['node.labels.zone'] })],
      tasks: [on('w1', 'api'), on('w1', 'api'), on('w3', 'api')],
    })
    expect(preview.tasks[0]?.why).toBe('The swarm picks one of 2 nodes, most likely w2.')
  })

  test('a device of the node is a path like any other, but for those that all have', () => {
    const drain = (source: string) =>
      look({
        services: [called('stick', { mounts: [aMount({ type: 'bind', source })] })],
        tasks: [on('w1', 'stick')],
      }).preview
    expect(outcomes(drain('/dev/ttyUSB0'))).toEqual({ stick: ['fails'] })
    expect(outcomes(drain('/dev/shm'))).toEqual({ stick: ['moves'] })
  })

  test('what a global task keeps in its container goes with it, though it comes back', () => {
    const mode = { kind: 'global' } as const
    const { preview } = look({
      services: [
        called('layer', {}, { mode, image: 'postgres:17' }),
        called('named', { mounts: [aMount()] }, { mode }),
      ],
      tasks: [on('w1', 'layer', { slot: null }), on('w1', 'named', { slot: null })],
    })
    expect(preview.tasks).toMatchObject([
      { service: 'layer', outcome: 'stops', returns: true, data: 'starts-empty' },
      { service: 'named', outcome: 'stops', returns: true, data: 'keeps' },
    ])
    expect(checkIds(preview)).toContain('data-lost')
    expect(preview.typed).toBe('w1')
  })

  test('the restart policy that counts is the one the task was made with', () => {
    const restart = { condition: 'none', delayNs: 0, maxAttempts: 0, windowNs: 0 } as const
    const { preview } = look({
      services: [called('web')],
      tasks: [on('w1', 'web', { restart }), on('w1', 'web')],
    })
    expect(outcomes(preview)).toEqual({ web: ['not-replaced', 'moves'] })
  })

  test('a path that is known on one other node alone needs room there for all', () => {
    const mounts = [aMount({ type: 'bind', source: '/srv/data' })]
    const there = on('w2', 'db', { containerId: 'c1', paths: ['/srv/data'] })
    const tasks = [on('w1', 'db'), on('w1', 'db'), there]
    const drain = (maxReplicasPerNode: number) =>
      look({ services: [called('db', { mounts, maxReplicasPerNode })], tasks }).preview
    expect(outcomes(drain(3))).toEqual({ db: ['moves', 'moves'] })
    expect(drain(2).tasks[0]).toMatchObject({
      outcome: 'fails',
      why: 'It mounts /srv/data of its node. Of the others only w2 is known to have it, with room for 1 of 2 tasks.',
    })
  })

  test('a local volume that binds a path runs nowhere that path is not known either', () => {
    const bound = { filesystem: 'none', device: '/srv/data', options: ['bind'] }
    const services = [called('db', { mounts: [aMount(bound)] })]
    const tasks = [on('w1', 'db')]
    expect(look({ services, tasks }).preview.tasks).toMatchObject([
      { outcome: 'fails', data: 'unknown' },
    ])
  })

  test('a folder within a volume is known to exist where tasks that mount it ran', () => {
    const mounts = [aMount({ source: 'pgdata', subpath: 'data' })]
    const { preview } = look({
      services: [called('db', { mounts })],
      tasks: [on('w1', 'db')],
    })
    expect(preview.tasks).toMatchObject([
      {
        outcome: 'fails',
        why: 'It mounts pgdata:data of its node, which is not known to exist on any other node.',
      },
    ])
    const ran = on('w2', 'db', {
      containerId: 'c1',
      paths: ['pgdata:data'],
      state: 'shutdown',
      desired: 'shutdown',
    })
    const again = look({
      services: [called('db', { mounts, constraints: ['node.hostname!=w3'] })],
      tasks: [on('w1', 'db'), ran],
    })
    expect(outcomes(again.preview)).toEqual({ db: ['moves'] })
    const tried = { ...ran, state: 'failed', message: 'starting', exitCode: 128 } as const
    const failing = look({
      services: [called('db', { mounts, constraints: ['node.hostname!=w3'] })],
      tasks: [on('w1', 'db'), tried],
    })
    expect(outcomes(failing.preview)).toEqual({ db: ['fails'] })
  })

  test('one that waits keeps its data only where no other node may take it first', () => {
    const nodes = [m1, w('w1'), w('w2', { state: 'down' })]
    const tasks = [on('w1', 'db')]
    const data = (constraints: string[]) => {
      const services = [called('db', { constraints, mounts: [aMount()] })]
      const { preview } = look({ nodes, services, tasks })
      expect(outcomes(preview)).toEqual({ db: ['waits'] })
      return [preview.tasks[0]?.data, checkIds(preview).includes('data-unknown')]
    }
    expect(data(['node.hostname==w1'])).toEqual(['keeps', false])
    expect(data(['node.role==worker'])).toEqual(['unknown', true])
  })

  test('one that waits out its restart delay is listed, and one that stops is not', () => {
    const { preview } = look({
      services: [called('api')],
      tasks: [
        on('w1', 'api', { desired: 'ready', state: 'ready' }),
        on('w1', 'api', { desired: 'shutdown' }),
      ],
    })
    expect(preview.tasks).toMatchObject([{ state: 'restart delay', outcome: 'moves' }])
  })
})

describe('how low services go', () => {
  test('all that run here are missing until the others run', () => {
    const { preview } = look({
      services: [
        called('api'),
        called('lone', {}, { mode: { kind: 'replicated', replicas: 1 } }),
      ],
      tasks: [on('w1', 'api'), on('w2', 'api'), on('w3', 'api'), on('w1', 'lone')],
    })
    expect(preview.services).toMatchObject([
      {
        service: 'lone',
        running: 1,
        lowest: 0,
        settles: 1,
        sentence: 'lone runs 1 of 1: it will be down until its new task is running.',
      },
      { service: 'api', running: 3, desired: 3, lowest: 2, settles: 3 },
    ])
    expect(checkIds(preview)).toContain('interrupted')
  })
})

describe('what stands against it', () => {
  test('it is drained already, it only looks, the swarm is not live', () => {
    const nodes = [m1, w('w1', { availability: 'drain' })]
    const { preview, write } = look({
      nodes,
      services: [],
      tasks: [],
      readOnly: true,
      swarm: { state: 'no-quorum' },
    })
    expect(
      preview.checks.filter(({ level }) => level === 'block').map(({ id }) => id),
    ).toEqual(['read-only', 'swarm-not-live', 'already-so'])
    expect(write).toBeNull()
  })

  test('the last node that takes tasks, and the console itself', () => {
    const task = on('w1', 'skep', { containerId: 'abcdef012345deadbeef' })
    const { preview } = look({
      nodes: [m1, w('w1')],
      services: [called('skep')],
      tasks: [task],
      self: 'abcdef012345',
    })
    expect(checkIds(preview)).toEqual(
      expect.arrayContaining(['last-active-node', 'console-here']),
    )
  })

  test('that a drained manager still votes is said', () => {
    const nodes = [aLeader, ...fourNodes.slice(1)]
    const { preview } = look({ node: 'm1', nodes, services: [], tasks: [] })
    expect(checkIds(preview)).toContain('still-votes')
    expect(preview.quorum).toMatchObject({ managers: 1, managersThen: 1, tolerates: 0 })
  })
})

const aLeader = { ...m1, availability: 'active' } as const

test('the basis moves with what is shown, and not with what drifts', () => {
  const services = [called('api')]
  const task = on('w1', 'api')
  const basis = (tasks: readonly (typeof task)[]) => look({ services, tasks }).preview.basis
  expect(basis([task])).toBe(basis([{ ...task, version: 9, message: 'still running' }]))
  expect(basis([task])).not.toBe(basis([task, on('w1', 'api')]))
})
