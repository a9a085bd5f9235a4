import type { NodeAsked } from '@skep/shared/contract/node-commands'
import { describe, expect, test } from 'vitest'
import { aClusterVolume, aMount } from '../entities.fixture.ts'
import type { ClusterVolume, Node, Task } from '../state.ts'
import { called, look, m1, on, outcomes, w } from './node-commands.fixture.ts'

const csi = { csiDrivers: [{ name: 'csi-driver', topology: null }] }
const nodes = [m1, w('w1', csi), w('w2', csi), w('w3', csi)]
const mounting = (name: string, source = 'data') =>
  called(name, { mounts: [aMount({ type: 'cluster', source })] })
const having = (nodeId: string, service: string, fields: Partial<Task> = {}) =>
  on(nodeId, service, {
    clusterVolumes: [{ id: 'data', source: 'data', target: '/data', readOnly: false }],
    ...fields,
  })

const single = aClusterVolume('data', { scope: 'single', sharing: 'none' })

type Scene = {
  volume?: ClusterVolume
  nodes?: readonly Node[]
  services?: ReturnType<typeof mounting>[]
  tasks: readonly Task[]
  asked?: NodeAsked
}

const drain = ({ volume = single, services = [mounting('db')], ...scene }: Scene) =>
  look({ nodes, services, clusterVolumes: [volume], ...scene }).preview

describe('a drain takes a cluster volume along', () => {
  test('that the task lets go as it ends: nothing else wants it', () => {
    const { tasks } = drain({ tasks: [having('w1', 'db')] })
    expect(tasks).toMatchObject([
      { outcome: 'moves', candidates: ['w2', 'w3'], blockedBy: expect.anything() },
    ])
  })

  test('but a node that is lost does not let it go', () => {
    const lost = nodes.map((node) =>
      node.id === 'w1' ? { ...node, state: 'down' as const } : node,
    )
    const { tasks } = drain({ nodes: lost, tasks: [having('w1', 'db')] })
    expect(tasks).toMatchObject([
      {
        outcome: 'waits',
        blockedBy: expect.stringContaining('its cluster volume is out of reach on 2 nodes'),
      },
    ])
    const { tasks: removed } = drain({
      nodes: lost,
      tasks: [having('w1', 'db')],
      asked: { kind: 'remove', force: false },
    })
    expect(removed).toMatchObject([{ outcome: 'moves' }])
  })

  test('nor does a job, which a drain lets run on', () => {
    const mode = { kind: 'replicated-job', totalCompletions: 1, maxConcurrent: 1 } as const
    const preview = drain({
      services: [mounting('db'), { ...mounting('job'), mode }],
      tasks: [on('w1', 'db'), having('w1', 'job', { jobIteration: 0 })],
    })
    expect(outcomes(preview)).toEqual({ db: ['waits'], job: ['stays'] })
  })

  test('one that a task elsewhere has stays out of reach', () => {
    const preview = drain({ tasks: [on('w1', 'db'), having('w2', 'db')] })
    expect(outcomes(preview)).toEqual({ db: ['waits'] })
  })

  test('one that is shared is no reason to wait', () => {
    const preview = drain({
      volume: aClusterVolume('data'),
      tasks: [having('w1', 'db'), having('w1', 'db')],
    })
    expect(outcomes(preview)).toEqual({ db: ['moves', 'moves'] })
  })

  test('of a driver that another node does not report, it cannot be told', () => {
    const some = nodes.map((node) =>
      node.id === 'w3' ? { ...node, csiDrivers: [] } : node,
    )
    const { tasks } = drain({ nodes: some, tasks: [having('w1', 'db')] })
    expect(tasks).toMatchObject([
      {
        outcome: 'may-wait',
        why: 'It cannot be told: the driver csi-driver of data is not reported there: the scheduler does not mind, but the task may never start.',
      },
    ])
  })
})

describe('a volume is one for the whole swarm', () => {
  test('for two tasks on one node, one is sure of it', () => {
    const volume = aClusterVolume('data', { scope: 'single' })
    const { tasks } = drain({ volume, tasks: [having('w1', 'db'), having('w1', 'db')] })
    expect(tasks.map(({ outcome, why }) => [outcome, why])).toEqual([
      ['may-wait', 'Of 2 tasks one is sure to have data.'],
      ['may-wait', 'Of 2 tasks one is sure to have data.'],
    ])
  })

  test.each<[string, Partial<Scene>]>([
    [
      'another service that leaves with it',
      {
        services: [mounting('db'), mounting('copy', 'group:')],
        tasks: [having('w1', 'db'), on('w1', 'copy')],
      },
    ],
    [
      'a task that waits for it on another node',
      {
        services: [mounting('db'), mounting('late')],
        tasks: [having('w1', 'db'), on('w2', 'late', { state: 'pending', nodeId: null })],
      },
    ],
  ])('%s may have it first', (_, scene) => {
    const { tasks } = drain({ tasks: [], ...scene })
    expect(tasks.find(({ service }) => service === 'db')).toMatchObject({
      outcome: 'may-wait',
      why: 'Others want data as well: who comes first is not known.',
    })
  })

  test('whoever has it from a group of enough is sure of one', () => {
    const tasks = [having('w1', 'db'), on('w1', 'db')]
    const more = aClusterVolume('more', { sharing: 'none', group: 'g' })
    const found = look({
      nodes,
      services: [mounting('db', 'group:g')],
      clusterVolumes: [{ ...single, group: 'g' }, more],
      tasks,
    })
    expect(outcomes(found.preview)).toEqual({ db: ['moves', 'moves'] })
  })
})

describe('a node that comes back', () => {
  const full = { resources: { nanoCpus: 0, memoryBytes: 0 } }
  const away = nodes.map((node) => ({
    ...node,
    ...(node.id === 'w1' ? { availability: 'drain' as const } : full),
  }))
  const reserving = (name: string) =>
    called(name, {
      mounts: [aMount({ type: 'cluster', source: 'data' })],
      reservations: { nanoCpus: 1e9, memoryBytes: 0 },
    })
  const gains = (volume: ClusterVolume | null, ...names: string[]) =>
    look({
      asked: { kind: 'activate' },
      nodes: away,
      services: names.map(reserving),
      tasks: names.map((name) => on('', name, { state: 'pending', nodeId: null })),
      clusterVolumes: volume && [volume],
    }).preview.gains

  test('is sure of a task whose volume is free', () => {
    expect(gains(single, 'db')).toMatchObject([{ service: 'db', tasks: 1, sure: 1 }])
  })

  test('and of none where others want it, or nothing is known of it', () => {
    expect(gains(single, 'db', 'copy')).toMatchObject([
      { service: 'copy', sure: 0 },
      {
        service: 'db',
        sure: 0,
        sentence: expect.stringContaining('Others want data as well'),
      },
    ])
    expect(gains(null, 'db')).toMatchObject([
      {
        sure: 0,
        sentence: expect.stringContaining(
          'It cannot be told: whether data can be mounted there is not known here.',
        ),
      },
    ])
  })
})
