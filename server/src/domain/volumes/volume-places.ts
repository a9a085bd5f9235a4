import type { FoundThere } from '@skep/shared/contract/stateful'
import type { VolumePlace } from '@skep/shared/contract/volume'
import { instant } from '../instant.ts'
import { shortId } from '../names.ts'
import type { NodeFacts } from '../node-facts.ts'
import type { Residency, Stay } from '../residency.ts'
import type { ClusterState, Millis } from '../state.ts'
import { displaced } from '../statefulness/history.ts'
import { standsFor } from '../statefulness/naming.ts'
import type { HeldVolume } from './held-volume.ts'
import type { Use } from './volume-uses.ts'

/** A place, the node that it is on, and when it was last written there; Infinity: now. */
export type Place = VolumePlace & { readonly nodeId: string; readonly last: Millis }

/** On a node that is lost nobody knows: later than all that ended, earlier than now. */
const perhapsNow = Number.MAX_SAFE_INTEGER

export type PlaceFacts = {
  readonly state: ClusterState
  readonly nodes: NodeFacts
  readonly stays: StayIndex
  /** Those of the asked engine that have the volume's name, or one that it stands for. */
  readonly held: readonly HeldVolume[]
  /** Id of the node whose engine was asked; null for none. */
  readonly askedNode: string | null
}

/**
 * The nodes where a volume's data was: by the ledger, by the tasks that run now, and on the
 * asked node by what its engine holds. What that engine does not hold is not there any more,
 * whatever the ledger remembers. By name of the node.
 */
export function placesOf(
  name: string,
  uses: readonly Use[],
  { state, nodes, stays: index, held, askedNode }: PlaceFacts,
): Place[] {
  const remembered = rememberedOf(name, uses, index)
  const stays = remembered.map(({ stay }) => stay)
  const running = uses.flatMap(({ tasks }) =>
    tasks.filter(({ state }) => state === 'running'),
  )
  const ids = new Set([
    ...stays.map(({ nodeId }) => nodeId),
    ...running.flatMap(({ nodeId }) => nodeId ?? []),
    ...(held.length > 0 && askedNode !== null ? [askedNode] : []),
  ])
  const found = foundOn(uses, remembered, nodes)
  const places = [...ids].flatMap((nodeId): Place[] => {
    const here = stays.filter((stay) => stay.nodeId === nodeId)
    const runs = running.filter((task) => task.nodeId === nodeId)
    const lasts = runs.length > 0 || here.some(({ to }) => to === null)
    const asked = nodeId === askedNode
    if (asked && held.length === 0 && runs.length === 0) return []
    const begins = [...here.map(({ from }) => from), ...runs.map(({ since }) => since)]
    const ends = here.flatMap(({ to }) => to ?? [])
    const isAway = (state.nodes.get(nodeId)?.state ?? 'down') === 'down'
    const ended = Math.max(...ends, 0)
    const last = !lasts ? ended : isAway ? perhapsNow : Number.POSITIVE_INFINITY
    return [
      {
        nodeId,
        node: nodes.names.get(nodeId) ?? here[0]?.node ?? shortId(nodeId),
        seenFrom: begins.length > 0 ? instant(Math.min(...begins)) : null,
        seenTo: lasts || ends.length === 0 ? null : instant(ended),
        found: found.get(nodeId) ?? null,
        asked,
        bytes: asked ? bytesOf(held) : null,
        last,
      },
    ]
  })
  return places.sort((a, b) => (a.node < b.node ? -1 : 1))
}

/** What it began with on the nodes that it came to, while its data stayed on another. */
function foundOn(
  uses: readonly Use[],
  remembered: readonly Remembered[],
  nodes: NodeFacts,
): ReadonlyMap<string, FoundThere> {
  const byService = Map.groupBy(remembered, ({ serviceId }) => serviceId)
  const found = uses.flatMap(({ service }) => {
    const stays = (byService.get(service.id) ?? []).map(({ stay }) => stay)
    return displaced(service, { nodes, stays })
  })
  return new Map(found.map(({ now, found }) => [now.nodeId, found]))
}

/** What the ledger remembers, by the name of the volume on its node. */
export type StayIndex = ReadonlyMap<string, readonly Remembered[]>

type Remembered = { readonly serviceId: string; readonly stay: Stay }

export const stayIndex = (residency: Residency): StayIndex =>
  Map.groupBy(
    [...residency].flatMap(([serviceId, stays]) =>
      stays.map((stay) => ({ serviceId, stay })),
    ),
    ({ stay }) => stay.volume,
  )

/**
 * Of a volume whose name is the same everywhere, all that used it, services that are gone
 * too; of a template, what its own services had under a name that it stands for.
 */
function rememberedOf(
  name: string,
  uses: readonly Use[],
  index: StayIndex,
): readonly Remembered[] {
  if (!name.includes('{{')) return index.get(name) ?? []
  const ids = new Set(uses.map(({ service }) => service.id))
  return [...index]
    .filter(([volume]) => standsFor(name, volume))
    .flatMap(([, remembered]) => remembered)
    .filter(({ serviceId }) => ids.has(serviceId))
}

/** The sizes of all that the name stands for there; null unless every one is known. */
function bytesOf(held: readonly HeldVolume[]): number | null {
  if (held.length === 0) return null
  let sum = 0
  for (const { bytes } of held) {
    if (bytes === null) return null
    sum += bytes
  }
  return sum
}
