import type { ClusterVolume, Volume, VolumeConsumer } from '@skep/shared/contract/volume'
import { type Names, nodeNames, shortId } from '../names.ts'
import { isLost, type NodeFacts, nodeFacts } from '../node-facts.ts'
import { reachWords } from '../placement/volume-rules.ts'
import type { ClusterState, ClusterVolume as Kept } from '../state.ts'
import { clusterRisks } from './cluster-risks.ts'
import { type ClusterUse, type ClusterUses, clusterUses } from './cluster-uses.ts'
import { isUsed } from './volume-risks.ts'

/**
 * Every cluster volume of the swarm, mounted or not, and every one that a spec asks for and
 * the swarm does not have, or tells nothing of.
 */
export function clusterViews(state: ClusterState): Volume[] {
  const nodes = nodeFacts(state.nodes)
  const names = nodeNames(state.nodes)
  return clusterUses(state).map((found) => clusterView(found, state, nodes, names))
}

function clusterView(
  { name, volume, uses }: ClusterUses,
  state: ClusterState,
  nodes: NodeFacts,
  names: Names,
): Volume {
  return {
    name,
    driver: volume?.driver ?? 'csi',
    mounted: null,
    options: [...(volume?.options ?? [])].sort(),
    scope: 'cluster',
    scopeWhy: scopeWords(volume, state),
    stack: volume?.stack ?? null,
    consumers: uses.map((use) => consumerOf(use, nodes)).sort(byService),
    places: [],
    risks: clusterRisks(name, volume, uses, state),
    inUse: isUsed(uses),
    cluster: volume && keptOf(volume, state, names),
  }
}

function scopeWords(volume: Kept | null, { clusterVolumes }: ClusterState): string {
  if (volume) {
    return `Its CSI driver ${volume.driver} keeps the data, and decides which nodes reach it.`
  }
  return clusterVolumes === null
    ? 'A cluster volume: its CSI driver keeps the data. This engine tells nothing more of it.'
    : 'A cluster volume, which the swarm does not have.'
}

const keptOf = (volume: Kept, state: ClusterState, names: Names): ClusterVolume => ({
  group: volume.group || null,
  availability: volume.availability,
  access: accessWords(volume),
  reach: volume.topology.length > 0 ? reachWords(volume.topology) : null,
  published: volume.published
    .map(({ nodeId, state }) => ({ node: names.get(nodeId) ?? shortId(nodeId), state }))
    .sort((a, b) => (a.node < b.node ? -1 : 1)),
  capacityBytes: volume.capacity,
  secrets: [
    ...new Set(
      volume.secrets.map(({ secret }) => state.secrets.get(secret)?.name ?? secret),
    ),
  ].sort(),
})

const scopeOf: Readonly<Record<Kept['scope'], string>> = {
  single: 'one node at a time',
  multi: 'any number of nodes',
  unknown: 'for how many nodes is not told',
}

const sharingOf: Readonly<Record<Kept['sharing'], string>> = {
  none: 'one task at a time',
  readonly: 'tasks that only read',
  onewriter: 'one task that writes, any number that read',
  all: 'any number of tasks',
  unknown: 'for which tasks is not told',
}

/** Who may have it at the same time, and as what. */
function accessWords({ scope, sharing, access, filesystem }: Kept): string {
  const as = access === 'block' ? ', as a block device' : filesystem && `, ${filesystem}`
  return `${scopeOf[scope]}, ${sharingOf[sharing]}${as || ''}`
}

function consumerOf(
  { service, mount, previous, target, tasks }: ClusterUse,
  nodes: NodeFacts,
): VolumeConsumer {
  return {
    service: service.name,
    stack: service.stack,
    target: mount || previous ? target : `${target}, by an older spec`,
    readOnly: (mount ?? previous)?.readOnly ?? false,
    rollbackOnly: previous !== null,
    running: tasks.filter((task) => task.state === 'running' && !isLost(nodes, task.nodeId))
      .length,
  }
}

const byService = (a: VolumeConsumer, b: VolumeConsumer): number =>
  a.service < b.service || (a.service === b.service && a.target < b.target) ? -1 : 1
