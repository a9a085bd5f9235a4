import { describe, expect, test } from 'vitest'
import { aMount } from '../entities.fixture.ts'
import {
  called,
  checkIds,
  look,
  m1,
  now,
  on,
  outcomes,
  w,
} from './node-commands.fixture.ts'

const ssd = called('db', { constraints: ['node.labels.disk==ssd'] })
const nodes = [m1, w('w1', { labels: { disk: 'ssd' } }), w('w2'), w('w3')]
const labels = (set: string[], unset: string[] = []) =>
  ({ kind: 'labels', set, unset }) as const

describe('a label that goes', () => {
  test('evicts exactly the tasks that asked for it', () => {
    const { preview, write } = look({
      asked: labels([], ['disk']),
      nodes,
      services: [ssd, called('api')],
      tasks: [on('w1', 'db'), on('w1', 'api')],
    })
    expect(outcomes(preview)).toEqual({ db: ['waits'] })
    expect(preview.losesOnlyNode).toEqual(['db'])
    expect(preview.command).toBe('docker node update --label-rm disk w1')
    expect(write).toEqual({ kind: 'update', change: { labels: {} } })
  })

  test('evicts nothing from a paused node, until it is activated', () => {
    const paused = nodes.map((node) =>
      node.id === 'w1' ? { ...node, availability: 'pause' as const } : node,
    )
    const scene = { nodes: paused, services: [ssd], tasks: [on('w1', 'db')] }
    const { preview } = look({ ...scene, asked: labels([], ['disk']) })
    expect(preview.tasks).toEqual([])
    expect(checkIds(preview)).toContain('evicts-on-activation')
  })

  test('ends a global task for good', () => {
    const global = called(
      'agent',
      { constraints: ['node.labels.disk==ssd'] },
      { mode: { kind: 'global' } },
    )
    const { preview } = look({
      asked: labels([], ['disk']),
      nodes,
      services: [global],
      tasks: [on('w1', 'agent', { slot: null })],
    })
    expect(preview.tasks).toMatchObject([{ outcome: 'stops', returns: null }])
  })
})

test('a global task that waits for room here may push out one that runs', () => {
  const small = nodes.map((node) => ({
    ...node,
    resources: { nanoCpus: 2e9, memoryBytes: 1e9 },
  }))
  const reservations = { nanoCpus: 2e9, memoryBytes: 0 }
  const waits = called('wait', { reservations }, { mode: { kind: 'global' } })
  const { preview } = look({
    asked: labels(['any=thing']),
    nodes: small,
    services: [waits, called('fill', { reservations })],
    tasks: [
      on('w1', 'wait', { id: 'a', slot: null, state: 'pending', reserved: reservations }),
      on('w1', 'fill', { id: 'b', reserved: reservations }),
    ],
  })
  expect(preview.tasks).toMatchObject([{ service: 'fill', outcome: 'moves' }])
  expect(preview.gains).toMatchObject([{ service: 'wait', tasks: 1 }])
  const agent = look({
    asked: labels(['any=thing']),
    nodes: small,
    services: [waits, called('agent', { reservations }, { mode: { kind: 'global' } })],
    tasks: [
      on('w1', 'wait', { id: 'a', slot: null, state: 'pending', reserved: reservations }),
      on('w1', 'agent', { id: 'b', slot: null, reserved: reservations }),
    ],
  })
  expect(outcomes(agent.preview)).toEqual({ agent: ['may-wait'] })
  const large = { nanoCpus: 3e9, memoryBytes: 0 }
  const crowded = look({
    asked: labels(['any=thing']),
    nodes: small,
    services: [called('wait', { reservations: large }, { mode: { kind: 'global' } })],
    tasks: [on('w1', 'wait', { slot: null, state: 'pending', reserved: large })],
  })
  expect(outcomes(crowded.preview)).toEqual({ wait: ['waits'] })
})

test('a global job makes another task for the same node, which waits', () => {
  const job = called(
    'job',
    { constraints: ['node.labels.disk==ssd'] },
    { mode: { kind: 'global-job' }, jobIteration: 0 },
  )
  const { preview } = look({
    asked: labels([], ['disk']),
    nodes,
    services: [job],
    tasks: [on('w1', 'job', { slot: null, desired: 'complete', jobIteration: 0 })],
  })
  expect(outcomes(preview)).toEqual({ job: ['waits'] })
})

test('a job that had finished where the label was runs again', () => {
  const constraints = ['node.labels.disk==ssd']
  const mode = { kind: 'replicated-job', totalCompletions: 1, maxConcurrent: 1 } as const
  const done = { slot: 0, state: 'complete', desired: 'complete' } as const
  const { preview } = look({
    asked: labels([], ['disk']),
    nodes,
    services: [called('migrate', { constraints }, { mode, jobIteration: 3 })],
    tasks: [
      on('w1', 'migrate', { ...done, jobIteration: 2 }),
      on('w1', 'migrate', { ...done, id: 'this-run', jobIteration: 3 }),
    ],
  })
  expect(preview.tasks).toMatchObject([{ task: 'this-run', outcome: 'waits' }])
  expect(preview.checks.find(({ id }) => id === 'finished-jobs')).toMatchObject({
    level: 'warn',
    sentence:
      '1 task of a job had finished: the swarm takes it for rejected, and the job runs again.',
    subjects: [{ kind: 'service', name: 'migrate' }],
  })
})

test.each([
  { node: { state: 'down' }, replicas: 1, why: 'down' },
  { node: { availability: 'drain' }, replicas: 0, why: 'drained, its store set to 0' },
] as const)('a service that only this node takes is named while it is $why', (given) => {
  const mode = { kind: 'replicated', replicas: given.replicas } as const
  const db = called('db', { ...ssd.spec, mounts: [aMount()] }, { mode })
  const { preview } = look({
    asked: labels([], ['disk']),
    nodes: nodes.map((one) => (one.id === 'w1' ? { ...one, ...given.node } : one)),
    services: [db],
    tasks: [],
  })
  expect(preview.losesOnlyNode).toEqual(['db'])
})

describe('a label that comes', () => {
  test('lets what waits run, and global services start', () => {
    const global = called(
      'agent',
      { constraints: ['node.labels.disk==ssd'] },
      { mode: { kind: 'global' } },
    )
    const waiting = on('w1', 'db', {
      nodeId: null,
      state: 'pending',
      error: 'no suitable node',
    })
    const { preview } = look({
      asked: labels(['disk=ssd']),
      node: 'w2',
      nodes: nodes.map((node) => ({ ...node, labels: {} })),
      services: [ssd, global],
      tasks: [waiting],
    })
    expect(preview.gains).toMatchObject([
      { service: 'agent', tasks: 1 },
      { service: 'db', tasks: 1 },
    ])
    expect(preview.tasks).toEqual([])
  })

  test('lets what waits start beside an empty volume, and says so', () => {
    const db = called('db', { constraints: ssd.spec.constraints, mounts: [aMount()] })
    const stay = { volume: 'data', nodeId: 'w3', node: 'w3', from: 0, to: now }
    const waits = on('w3', 'db', {
      nodeId: null,
      state: 'pending',
      error: 'no suitable node',
    })
    const label = (node: string) =>
      look({
        asked: labels(['disk=ssd']),
        node,
        nodes: nodes.map((one) => ({ ...one, labels: {} })),
        services: [db],
        tasks: [waits],
        residency: new Map([['db', [stay]]]),
      }).preview
    expect(label('w2')).toMatchObject({
      typed: 'w2',
      gains: [{ service: 'db', data: 'starts-empty' }],
      checks: [{ id: 'starts-empty-here', level: 'warn' }],
    })
    expect(label('w3')).toMatchObject({
      typed: null,
      gains: [{ data: 'keeps' }],
      checks: [],
    })
  })

  test('throws off what asked for its absence', () => {
    const shy = called('shy', { constraints: ['node.labels.busy!=yes'] })
    const { preview } = look({
      asked: labels(['busy=yes']),
      nodes,
      services: [shy],
      tasks: [on('w1', 'shy')],
    })
    expect(outcomes(preview)).toEqual({ shy: ['moves'] })
  })
})

test.each([
  { set: ['=x'], unset: [], why: /needs a name/ },
  { set: ['a=1', 'a=2'], unset: [], why: /given twice/ },
  { set: ['disk=1'], unset: ['disk'], why: /both set and taken away/ },
  { set: [], unset: ['nosuch'], why: /no label nosuch/ },
  { set: ['disk=ssd'], unset: [], why: /No label changes/ },
  { set: [], unset: [], why: /No label changes/ },
])('$set and $unset are refused: $why', ({ set, unset, why }) => {
  const { preview, write } = look({
    asked: labels(set, unset),
    nodes,
    services: [],
    tasks: [],
  })
  expect(write).toBeNull()
  expect(preview.checks[0]).toMatchObject({
    level: 'block',
    sentence: expect.stringMatching(why),
  })
})

test('what a finished job reserved counts as taken, and may push a running task out', () => {
  const reserved = { nanoCpus: 2e9, memoryBytes: 0 }
  const job = called('job', {}, { mode: { kind: 'global-job' }, jobIteration: 0 })
  const { preview } = look({
    asked: labels(['any=thing']),
    nodes: nodes.map((node) => ({
      ...node,
      resources: { nanoCpus: 2e9, memoryBytes: 1e9 },
    })),
    services: [job, called('fill', { reservations: reserved })],
    tasks: [
      on('w1', 'job', {
        id: 'a',
        state: 'complete',
        desired: 'complete',
        jobIteration: 0,
        reserved,
      }),
      on('w1', 'fill', { id: 'b', reserved }),
    ],
  })
  expect(outcomes(preview)).toEqual({ fill: ['moves'] })
})

test('before engine 25.0.3 any change of a node may restart one with a generic resource', () => {
  const by = (engineVersion: string) => ({ ...m1, engineVersion })
  const scene = {
    services: [called('train', { generic: { gpu: 1 } })],
    tasks: [on('w1', 'train', { generic: { gpu: 1 } })],
    nodes: [by('20.10.24'), w('w1', { generic: { gpu: 1 } }), w('w2')],
  }
  const told = (set: string[]) => checkIds(look({ ...scene, asked: labels(set) }).preview)
  expect(told(['any=thing'])).toEqual(['generic-restarted'])
  const withManager = (version: string) => {
    const nodes = [by(version), ...scene.nodes.slice(1)]
    return checkIds(look({ ...scene, nodes, asked: labels(['any=thing']) }).preview)
  }
  for (const version of ['23.0.6', '25.0.2', '']) {
    expect(withManager(version)).toEqual(['generic-restarted'])
  }
  for (const version of ['25.0.3', '26.1.4', '28.5.2+dfsg1']) {
    expect(withManager(version)).toEqual([])
  }
  const [, , ...rest] = scene.nodes
  const paused = w('w1', { generic: { gpu: 1 }, availability: 'pause' })
  const later = look({
    ...scene,
    nodes: [by('20.10.24'), paused, ...rest],
    asked: labels(['a=b']),
  })
  expect(checkIds(later.preview)).toEqual([])
})
