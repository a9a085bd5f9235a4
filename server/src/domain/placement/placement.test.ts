import { Placement } from '@skep/shared/contract/placement'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  aMount,
  aNetwork,
  aNode,
  aService,
  aSpec,
  aState,
  aTask,
} from '../entities.fixture.ts'
import type { Node, Service, Task } from '../state.ts'
import { demandOf } from './demand.ts'
import { parseExplanation } from './explanation.ts'
import { placement } from './placement.ts'

const five = ['n1', 'n2', 'n3', 'n4', 'n5'].map((id) => aNode({ id }))

function look(
  service: Partial<Service>,
  { nodes = five, tasks = [] }: { nodes?: readonly Node[]; tasks?: readonly Task[] } = {},
) {
  const whole = aService(service)
  const state = aState({ services: [whole], nodes, tasks, clusterVolumes: null })
  return Placement.parse(placement(whole, state, 0))
}

const waiting = (error: string | null, fields: Partial<Task> = {}) =>
  aTask({ id: 'p1', state: 'pending', nodeId: null, slot: 4, error, ...fields })

describe('demandOf', () => {
  test('the plugins are those that the mounts, the networks and the log need', () => {
    const service = aService({
      networkIds: ['net1', 'gone'],
      spec: aSpec({
        logDriver: 'loki',
        mounts: [
          aMount({ driver: 'rexray' }),
          aMount({ driver: 'local' }),
          aMount({ driver: null }),
          aMount({ type: 'cluster', source: 'group:fast' }),
        ],
      }),
    })
    const demand = demandOf(service, aState({ networks: [aNetwork({ driver: 'weave' })] }))
    expect(demand.plugins).toEqual([
      { kind: 'Volume', name: 'rexray' },
      { kind: 'Network', name: 'weave' },
      { kind: 'Log', name: 'loki' },
    ])
    expect(demand.clusterMounts).toEqual([{ source: 'group:fast', readOnly: false }])
  })

  test('a log driver of none needs no plugin', () => {
    const service = aService({ spec: aSpec({ logDriver: 'none' }) })
    expect(demandOf(service, aState({})).plugins).toEqual([])
  })
})

describe('placement', () => {
  test('a service that fits says where', () => {
    const spec = aSpec({ constraints: ['node.hostname!=n2'] })
    const seen = look({ spec }, { tasks: [aTask({ nodeId: 'n3' })] })
    expect(seen).toMatchObject({
      service: 'web',
      mode: 'anywhere',
      sentence: 'Fits on 4 of 5 nodes.',
      explanation: null,
      pending: [],
    })
    expect(seen.nodes.map(({ fits }) => fits)).toEqual([true, false, true, true, true])
    expect(seen.nodes.map(({ running }) => running)).toEqual([0, 0, 1, 0, 0])
    expect(seen.nodes[1]?.first).toBe('constraints')
  })

  test.each([
    [[], 'No node is known.'],
    [[aNode()], 'Fits on 1 of 1 node.'],
    [[aNode({ state: 'down' })], 'Fits on none of 1 node.'],
    [five.map((node) => ({ ...node, state: 'down' }) as const), 'Fits on none of 5 nodes.'],
  ])('in one sentence (%#)', (nodes, sentence) => {
    expect(look({}, { nodes }).sentence).toBe(sentence)
  })

  /** As in the recordings of five nodes, the last of them drained. */
  test('a pending task is explained in the words of the engine', () => {
    const nodes = five.map((node, i) =>
      i === 4 ? aNode({ id: node.id, availability: 'drain' }) : node,
    )
    const error =
      'no suitable node (scheduling constraints not satisfied on 4 nodes; 1 node not available for new tasks)'
    const spec = aSpec({ constraints: ['node.labels.none==x'] })
    const seen = look({ spec }, { nodes, tasks: [waiting(error)] })
    expect(seen.explanation).toBe(error)
    expect(seen.sentence).toBe('Fits on none of 5 nodes.')
    expect(seen.pending).toEqual([
      {
        task: 'p1',
        slot: '4',
        since: '1970-01-01T00:00:00.000Z',
        engine: error,
        agrees: true,
      },
    ])
  })

  const runningOnAll = five.map(({ id }) => aTask({ id: `t-${id}`, nodeId: id }))
  const port = { published: 80, target: 80, protocol: 'tcp', mode: 'host' } as const

  /** As recorded from engines 20.10.24 and 28.5.2, on five nodes. */
  test.each<[string, Partial<Service>]>([
    [
      'no suitable node (scheduling constraints not satisfied on 5 nodes)',
      { spec: aSpec({ constraints: ['node.role==worker', 'node.labels.zone==moon'] }) },
    ],
    [
      'no suitable node (insufficient resources on 5 nodes)',
      { spec: aSpec({ reservations: { nanoCpus: 0, memoryBytes: 9e9 } }) },
    ],
    [
      'no suitable node (insufficient resources on 5 nodes)',
      {
        spec: aSpec({
          reservations: { nanoCpus: 5e9, memoryBytes: 0 },
          constraints: ['node.hostname==n1'],
        }),
      },
    ],
    [
      'no suitable node (insufficient resources on 5 nodes)',
      { spec: aSpec({ generic: { gpu: 1 } }) },
    ],
    ['no suitable node (host-mode port already in use on 5 nodes)', { ports: [port] }],
    [
      'no suitable node (max replicas per node limit exceed)',
      { spec: aSpec({ maxReplicasPerNode: 1 }) },
    ],
    [
      'no suitable node (missing plugin on 5 nodes)',
      { spec: aSpec({ mounts: [aMount({ driver: 'nosuchdriver' })] }) },
    ],
  ])('as recorded: %s (%#)', (error, service) => {
    const nodes = five.map((node) => ({
      ...node,
      plugins: [{ kind: 'Volume', name: 'local' }],
    }))
    const seen = look(service, { nodes, tasks: [...runningOnAll, waiting(error)] })
    expect(seen.explanation).toBe(error)
    expect(seen.pending[0]?.agrees).toBe(true)
  })

  test.each([
    ['no suitable node (scheduling constraints not satisfied on 4 nodes)', {}, false],
    ['something new', {}, false],
    [null, {}, null],
    ['no suitable node (missing plugin on 5 nodes)', { upToDate: false }, null],
  ])('%s agrees: %#', (error, task, agrees) => {
    const spec = aSpec({ constraints: ['node.labels.none==x'] })
    const seen = look({ spec }, { tasks: [waiting(error, task)] })
    expect(seen.pending[0]?.agrees).toBe(agrees)
  })

  test('whoever waits although a node passes is not agreed with', () => {
    const seen = look({}, { tasks: [waiting('no suitable node')] })
    expect(seen.pending[0]?.agrees).toBe(false)
  })

  test('with cluster volumes, what passes all else cannot be told', () => {
    const spec = aSpec({
      mounts: [aMount({ type: 'cluster', source: 'data' })],
      constraints: ['node.hostname!=n1'],
    })
    const error =
      'no suitable node (cannot fulfill requested CSI volume mounts on 4 nodes; scheduling constraints not satisfied on 1 node)'
    const seen = look({ spec }, { tasks: [waiting(error)] })
    expect(seen.nodes.map(({ fits }) => fits)).toEqual([false, null, null, null, null])
    expect(seen.sentence).toBe(
      'May fit on 4 of 5 nodes: its cluster volumes are not known here.',
    )
    expect(seen.pending[0]?.agrees).toBeNull()
  })

  test('a global task that waits speaks for its own node alone', () => {
    const nodes = five.map((node, i) =>
      i < 2 ? { ...node, resources: { nanoCpus: 0, memoryBytes: 1 } } : node,
    )
    const spec = aSpec({ reservations: { nanoCpus: 0, memoryBytes: 2 } })
    const error = 'insufficient resources on 1 node'
    const tasks = [waiting(error, { slot: null, nodeId: 'n2' })]
    const seen = look({ mode: { kind: 'global' }, spec }, { nodes, tasks })
    expect(seen.mode).toBe('per-node')
    expect(seen.explanation).toBeNull()
    expect(seen.pending[0]).toMatchObject({ slot: 'n2', engine: error, agrees: true })
  })

  test('the task of a global service makes place for the next one', () => {
    const tasks = five.map(({ id }) => aTask({ id: `t-${id}`, nodeId: id, slot: null }))
    const global = look({ mode: { kind: 'global' }, ports: [port] }, { tasks })
    expect(global.sentence).toBe('Fits on 5 of 5 nodes.')
    expect(global.nodes[0]?.running).toBe(1)
    expect(look({ ports: [port] }, { tasks }).explanation).toBe(
      'no suitable node (host-mode port already in use on 5 nodes)',
    )
  })

  test('the task that waits beside it does not find that place', () => {
    const error = 'host-mode port already in use on 1 node'
    const tasks = [aTask(), waiting(error, { slot: null, nodeId: 'n1' })]
    const seen = look({ mode: { kind: 'global' }, ports: [port] }, { tasks })
    expect(seen.nodes[0]?.first).toBe('host-port')
    expect(seen.pending[0]?.agrees).toBe(true)
  })

  test('when no node passes, the counts sum to the number of nodes', () => {
    const nodes = fc.array(
      fc.record({
        availability: fc.constantFrom('active' as const, 'drain' as const),
        resources: fc.record({ nanoCpus: fc.constant(0), memoryBytes: fc.nat(4) }),
        labels: fc.constantFrom<Record<string, string>>({}, { zone: 'east' }),
      }),
      { minLength: 1, maxLength: 9 },
    )
    fc.assert(
      fc.property(nodes, fc.nat(5), (all, memoryBytes) => {
        const spec = aSpec({
          constraints: ['node.labels.zone==east'],
          reservations: { nanoCpus: 0, memoryBytes },
        })
        const named = all.map((fields, i) => aNode({ id: `n${i}`, ...fields }))
        const seen = look({ spec }, { nodes: named })
        const fitting = seen.nodes.filter(({ fits }) => fits).length
        const counts = [...(parseExplanation(seen.explanation ?? '') ?? new Map()).values()]
        const told = counts.reduce((sum, count) => sum + count, 0)
        expect(fitting > 0 ? fitting : told).toBeGreaterThan(0)
        expect(told).toBe(fitting > 0 ? 0 : all.length)
      }),
    )
  })
})
