import type { Asked } from '@skep/shared/contract/commands'
import { expect, test } from 'vitest'
import { aClusterVolume, aNode, byId } from '../entities.fixture.ts'
import type { ClusterVolume } from '../state.ts'
import { aDocument, replicas, someFacts } from './commands.fixture.ts'
import { preview } from './preview.ts'

const Mounts = [{ Type: 'cluster', Source: 'data', Target: '/data' }]
const csiDrivers = [{ name: 'csi-driver', topology: null }]
const nodes = ['n1', 'n2', 'n3'].map((id) => aNode({ id, csiDrivers }))

/** What is said of the room for a service of one task that has this cluster volume. */
function said(
  asked: Asked,
  volume: ClusterVolume | null,
  Order: 'stop-first' | 'start-first' = 'stop-first',
) {
  const document = aDocument('demo/web:v2', replicas(1), {}, { Mounts })
  const UpdateConfig = { ...document.UpdateConfig, Order }
  const clusterVolumes = [{ id: 'data', source: 'data', target: '/data', readOnly: false }]
  const facts = someFacts({
    document: { ...document, UpdateConfig },
    previous: null,
    nodes,
    tasks: [{ slot: 1, nodeId: 'n1', clusterVolumes }],
  })
  const state = { ...facts.state, clusterVolumes: volume && byId([volume]) }
  const { checks } = preview(asked, { ...facts, state }).preview
  return checks.flatMap(({ id, sentence }) =>
    id === 'no-room' || id === 'start-first-no-room' ? sentence : [],
  )
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
  expect(said({ kind: 'restart' }, volume, 'start-first')).toEqual([
    'New tasks start before old ones stop, and no node has room for one: cluster volumes not to be had on 3. The update waits for ever.',
  ])
  expect(said({ kind: 'restart' }, volume)).toEqual([])
})

test('nothing is said of the room where a volume is not known', () => {
  expect(said({ kind: 'scale', replicas: 3 }, null)).toEqual([])
})
