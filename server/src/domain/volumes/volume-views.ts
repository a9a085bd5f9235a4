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
 * Every volume that a service or task refers to, those that the asked engine holds, those of
 * the swarm, and those that were seen while a service had them, with where the data is as far
 * as it is known. What only other nodes could tell is left open.
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
      ...leftBehind(uses, heldBy, facts.stays).flatMap((name) => {
        const view = volumeView(name, [], [], facts)
        // The node where it was has been asked, and holds it no more.
        return view.places.length > 0 ? [view] : []
      }),
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

/** Names of what services had while somebody looked, and none has now. */
function leftBehind(
  uses: ReadonlyMap<string, readonly Use[]>,
  heldBy: ReadonlyMap<string, readonly HeldVolume[]>,
  stays: StayIndex,
): string[] {
  const templates = [...uses].filter(([name]) => name.includes('{{'))
  const isToldOf = (name: string, serviceIds: ReadonlySet<string>) =>
    uses.has(name) ||
    heldBy.has(name) ||
    templates.some(
      ([source, users]) =>
        standsFor(source, name) && users.some(({ service }) => serviceIds.has(service.id)),
    )
  return [...stays].flatMap(([name, remembered]) =>
    isToldOf(name, new Set(remembered.map(({ serviceId }) => serviceId))) ? [] : name,
  )
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
  const mounts = uses.flatMap(({ mount, previous }) => mount ?? previous ?? [])
  const mount = mounts.find(isTold) ?? mounts[0] ?? null
  const found = placesOf(name, uses, { state, nodes, stays, held, askedNode })
  const isLeft = uses.length === 0 && held.length === 0
  const { scope, scopeWhy } = isLeft
    ? leftWords
    : scopeOf(mount, held[0] ?? null, found.length > 0)
  const isOnNodes = scope === 'node-local' || scope === 'unknown'
  const places = isOnNodes ? found : []
  const options = [...mounts, ...held].flatMap(({ options }) => options)
  return {
    name,
    driver: mount?.driver ?? held[0]?.driver ?? (isLeft ? 'not known' : 'local'),
    options: [...new Set(options)].sort(),
    mounted: mount && mountedWords(mount),
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

/** The ledger follows only what each node has its own of. */
const leftWords: ScopeFound = {
  scope: 'node-local',
  scopeWhy: 'No service has it any more. It was seen while one had it, each node its own.',
}

/**
 * Which file system the driver is told to mount, and from which host: no path, no option, and
 * nothing where it is neither.
 */
function mountedWords({ filesystem, device }: Mount): string | null {
  const host = hostOf(device ?? '')
  if (filesystem === null) return host && `from ${host}`
  if (!/^[\w.-]{1,32}$/.test(filesystem)) return null
  return host === null ? filesystem : `${filesystem} from ${host}`
}

/** Of `//host/share`, `nfs://host/path` and `host:/path`; a user before it is left out. */
function hostOf(device: string): string | null {
  const found =
    /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/@\s]*@)?([\w.-]+)(?::\d+)?(?:\/|$)/i.exec(device) ??
    /^([\w.-]+|\[[\da-f:.]+\]):\//i.exec(device)
  return found?.[1] ?? null
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
  { service, source, mount, previous, tasks }: Use,
  nodes: NodeFacts,
): VolumeConsumer[] {
  const running = tasks.filter(
    (task) => task.state === 'running' && !isLost(nodes, task.nodeId),
  ).length
  const of = { service: service.name, stack: service.stack, running }
  const told = mount ?? previous
  if (told) {
    const { target, readOnly } = told
    return [{ ...of, target, readOnly, rollbackOnly: mount === null }]
  }
  const target = `${source}, by an older spec`
  return tasks.length === 0 ? [] : [{ ...of, target, readOnly: false, rollbackOnly: false }]
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
