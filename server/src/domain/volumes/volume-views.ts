import type { Volume, VolumeConsumer, VolumeList } from '@skep/shared/contract/volume'
import { nodeNames, shortId } from '../names.ts'
import { isLost, type NodeFacts, nodeFacts } from '../node-facts.ts'
import type { Residency } from '../residency.ts'
import { stackLabel } from '../stack-label.ts'
import type { ClusterState, Mount } from '../state.ts'
import { standsFor } from '../statefulness/naming.ts'
import { clusterViews } from './cluster-views.ts'
import { type HeldVolume, isAnonymous } from './held-volume.ts'
import { placesOf, type StayIndex, stayIndex } from './volume-places.ts'
import { isUsed, volumeRisks } from './volume-risks.ts'
import {
  hasOwnOptions,
  type ScopeFound,
  scopeOfHeld,
  scopeOfMount,
} from './volume-scope.ts'
import { type Use, volumeUses } from './volume-uses.ts'

/**
 * Every volume that a service or task refers to, those that the asked engine holds, and those
 * of the swarm, with where the data is as far as it is known. What only other nodes could tell
 * is left open.
 * @param held what the engine that answers holds itself; empty where it was not asked
 * @param askedNode id of its node; null where it was not asked
 */
export function volumeViews(
  state: ClusterState,
  residency: Residency,
  held: readonly HeldVolume[],
  askedNode: string | null,
): Omit<VolumeList, 'asOf'> {
  const uses = volumeUses(state)
  const heldBy = heldByName(held, uses)
  const names = nodeNames(state.nodes)
  const others = [...state.nodes.keys()].filter((id) => id !== askedNode)
  const facts: Facts = {
    state,
    askedNode,
    nodes: nodeFacts(state.nodes),
    stays: stayIndex(residency),
  }
  return {
    asked: askedNode === null ? [] : [names.get(askedNode) ?? shortId(askedNode)],
    notAsked: others.map((id) => names.get(id) ?? shortId(id)).sort(),
    items: [
      ...[...new Set([...uses.keys(), ...heldBy.keys()])].map((name) =>
        volumeView(name, uses.get(name) ?? [], heldBy.get(name) ?? [], facts),
      ),
      ...clusterViews(state),
    ].sort((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

type Facts = {
  readonly state: ClusterState
  readonly nodes: NodeFacts
  readonly stays: StayIndex
  readonly askedNode: string | null
}

/** A volume of the engine goes by its own name, or by the template that made it. */
function heldByName(
  held: readonly HeldVolume[],
  uses: ReadonlyMap<string, readonly Use[]>,
): ReadonlyMap<string, readonly HeldVolume[]> {
  const templates = [...uses.keys()].filter((name) => name.includes('{{'))
  return Map.groupBy(
    held.filter((volume) => uses.has(volume.name) || !isAnonymous(volume)),
    ({ name }) =>
      uses.has(name) ? name : (templates.find((source) => standsFor(source, name)) ?? name),
  )
}

function volumeView(
  name: string,
  uses: readonly Use[],
  held: readonly HeldVolume[],
  { state, nodes, stays, askedNode }: Facts,
): Volume {
  const mounts = uses.flatMap(({ mount }) => mount ?? [])
  const mount = mounts.find(isTold) ?? mounts[0] ?? null
  const found = placesOf(name, uses, { state, nodes, stays, held, askedNode })
  const { scope, scopeWhy } = scopeOf(mount, held[0] ?? null, found.length > 0)
  const isOnNodes = scope === 'node-local' || scope === 'unknown'
  const places = isOnNodes ? found : []
  const options = [...mounts, ...held].flatMap(({ options }) => options)
  return {
    name,
    driver: mount?.driver ?? held[0]?.driver ?? 'local',
    options: [...new Set(options)].sort(),
    scope,
    scopeWhy,
    stack: stackOf(name, uses, held),
    consumers: uses.flatMap((use) => consumerOf(use, nodes)).sort(byService),
    places: places.map(({ nodeId: _, last: __, ...place }) => place),
    risks: volumeRisks({ scope, uses, places, nodes: state.nodes }),
    inUse: isUsed(uses),
    cluster: null,
  }
}

/** Whether a spec says more of it than its name. */
const isTold = ({ driver, filesystem, device }: Mount): boolean =>
  driver !== null || filesystem !== null || device !== null

/**
 * A spec that says only the name takes the volume as it is, where somebody made it before:
 * then the engine that holds it knows better.
 */
function scopeOf(
  mount: Mount | null,
  held: HeldVolume | null,
  wasFollowed: boolean,
): ScopeFound {
  if (mount && isTold(mount)) return scopeOfMount(mount)
  if (held && (!mount || held.driver !== 'local' || hasOwnOptions(held.options))) {
    return scopeOfHeld(held)
  }
  if (mount) return scopeOfMount(mount)
  return wasFollowed
    ? {
        scope: 'node-local',
        scopeWhy: 'Only older tasks had it, each on its own node, as far as was seen.',
      }
    : {
        scope: 'unknown',
        scopeWhy: 'Only older tasks had it: how it was made is not known any more.',
      }
}

/** Older tasks do not tell where they have it mounted. */
function consumerOf(
  { service, source, mount, tasks }: Use,
  nodes: NodeFacts,
): VolumeConsumer[] {
  const running = tasks.filter(
    (task) => task.state === 'running' && !isLost(nodes, task.nodeId),
  ).length
  const of = { service: service.name, stack: service.stack, running }
  if (mount) return [{ ...of, target: mount.target, readOnly: mount.readOnly }]
  return tasks.length === 0
    ? []
    : [{ ...of, target: `${source}, by an older spec`, readOnly: false }]
}

const byService = (a: VolumeConsumer, b: VolumeConsumer): number =>
  a.service < b.service || (a.service === b.service && a.target < b.target) ? -1 : 1

/** By the label that a deployment gives it, or by the name that it gives it. */
function stackOf(
  name: string,
  uses: readonly Use[],
  held: readonly HeldVolume[],
): string | null {
  for (const { labels } of held) {
    const stack = Object.hasOwn(labels, stackLabel) ? labels[stackLabel] : undefined
    if (stack) return stack
  }
  const stacks = uses.flatMap(({ service: { stack } }) => stack ?? [])
  return stacks.find((stack) => name.startsWith(`${stack}_`)) ?? null
}
