import type { Asked } from '@skep/shared/contract/commands'
import { describe, expect, test } from 'vitest'
import { aClusterVolume, aNode, byId } from '../entities.fixture.ts'
import type { ClusterVolume, Node } from '../state.ts'
import { aDocument, replicas, someFacts } from './commands.fixture.ts'
import { preview } from './preview.ts'

const Mounts = [{ Type: 'cluster', Source: 'data', Target: '/data' }]
const csiDrivers = [{ name: 'csi-driver', topology: null }]
const nodes = ['n1', 'n2', 'n3'].map((id) => aNode({ id, csiDrivers }))

/**
 * What is said for a service of one task that has this cluster volume.
 * @param about ids of checks; of the room, where nothing else is asked for
 */
function said(
  asked: Asked,
  volume: ClusterVolume | null,
  {
    order: Order = 'stop-first',
    about = ['no-room', 'start-first-no-room'],
    on = nodes,
  }: {
    order?: 'stop-first' | 'start-first'
    about?: readonly string[]
    on?: readonly Node[]
  } = {},
) {
  const document = aDocument('demo/web:v2', replicas(1), {}, { Mounts })
  const before = aDocument('demo/web:v1', replicas(1), {}, { Mounts })
  const UpdateConfig = { ...document.UpdateConfig, Order }
  const clusterVolumes = [{ id: 'data', source: 'data', target: '/data', readOnly: false }]
  const facts = someFacts({
    document: { ...document, UpdateConfig },
    previous: asked.kind === 'rollback' ? before : null,
    nodes: on,
    tasks: [{ slot: 1, nodeId: 'n1', clusterVolumes }],
  })
  const state = { ...facts.state, clusterVolumes: volume && byId([volume]) }
  const { checks } = preview(asked, { ...facts, state }).preview
  return checks.flatMap(({ id, sentence }) => (about.includes(id) ? sentence : []))
}

test('a replica more of what one task alone can mount waits', () => {
  const asked = { kind: 'scale', replicas: 3 } as const
  const alone = aClusterVolume('data', { sharing: 'none' })
  expect(said(asked, alone)).toEqual([
    'There is room for 0 of 2 more tasks now (cluster volumes not to be had on 3): the rest wait.',
  ])
  expect(said(asked, aClusterVolume('data'))).toEqual([])
})

test('a task that starts beside the one that has its volume waits for ever', () => {
  const volume = aClusterVolume('data', { sharing: 'onewriter' })
  expect(said({ kind: 'restart' }, volume, { order: 'start-first' })).toEqual([
    'New tasks start before old ones stop, and no node has room for one: cluster volumes not to be had on 3. The update waits for ever.',
  ])
  expect(said({ kind: 'restart' }, volume)).toEqual([])
})

describe('where it cannot be told whether a volume can be had', () => {
  const restart = { kind: 'restart' } as const
  const scale = { kind: 'scale', replicas: 3 } as const
  const about = ['volumes-not-known']
  const none =
    'Whether its tasks get their cluster volumes on any of the 3 nodes that may take them cannot be told: whether data can be mounted there is not known here.'

  test('nothing is said of the room, but that', () => {
    expect(said(scale, null)).toEqual([])
    for (const asked of [scale, restart, { kind: 'rollback' } as const]) {
      expect(said(asked, null, { about })).toEqual([none])
    }
    expect(said({ kind: 'scale', replicas: 0 }, null, { about })).toEqual([])
  })

  test('one node of which it is sure is enough', () => {
    const found = (reporting: readonly string[], paused: readonly string[] = []) =>
      said(restart, aClusterVolume('data'), {
        about,
        on: nodes.map((node) => ({
          ...node,
          ...(!reporting.includes(node.id) && { csiDrivers: [] }),
          ...(paused.includes(node.id) && { availability: 'pause' as const }),
        })),
      })
    expect(found(['n3'])).toEqual([])
    expect(found(['n3'], ['n2', 'n3'])).toEqual([
      'Whether its tasks get their cluster volumes on the node that may take them cannot be told: the driver csi-driver of data is not reported there: the scheduler does not mind, but the task may never start.',
    ])
  })

  test('it is said beside what room there is', () => {
    const document = aDocument(
      'demo/web:v2',
      replicas(1),
      { Placement: { MaxReplicas: 1 } },
      { Mounts },
    )
    const facts = someFacts({ document, previous: null, nodes })
    const state = { ...facts.state, clusterVolumes: null }
    const { checks } = preview({ kind: 'scale', replicas: 9 }, { ...facts, state }).preview
    expect(checks.map(({ id, level }) => `${level} ${id}`)).toEqual(
      expect.arrayContaining(['warn no-room', 'info volumes-not-known']),
    )
  })
})
