import type { FoundThere, Statefulness } from '@skep/shared/contract/stateful'
import { instant, instantOrNull } from '../instant.ts'
import { isLost } from '../node-facts.ts'
import type { Stay } from '../residency.ts'
import type { Service } from '../state.ts'
import { isSaidHome } from './home-label.ts'
import { standsFor } from './naming.ts'
import type { StateFacts } from './statefulness.ts'
import { placesOf } from './storage.ts'

type Whereabouts = Pick<StateFacts, 'nodes' | 'stays'>

type At = { readonly nodeId: string; readonly name: string; readonly stay: Stay }

/** A volume that is on one node now, and was last written on another. */
export type Displaced = {
  readonly volume: string
  readonly now: At
  readonly before: At
  /** An older copy where it was on the node of now before that. */
  readonly found: FoundThere
}

/**
 * The volumes that left their data behind. Only those that one task at a time has, so that
 * where it runs says where the data is; and none whose data the operator says is there.
 */
export function displaced(service: Service, facts: Whereabouts): Displaced[] {
  const found: Displaced[] = []
  for (const [volume, stays] of homesOf(service, facts)) {
    const current = stays.find((stay) => lasts(stay, facts))
    if (!current || isHome(service, current, facts)) continue
    const elsewhere = stays
      .filter((stay) => stay.nodeId !== current.nodeId && stay.from < current.from)
      .filter((stay) => !lasts(stay, facts))
    const last = elsewhere.toSorted((a, b) => endOf(b) - endOf(a) || b.from - a.from)[0]
    if (!last) continue
    const wasHere = stays.some(
      (stay) => stay.nodeId === current.nodeId && stay.from < last.from,
    )
    found.push({
      volume,
      now: at(current, facts),
      before: at(last, facts),
      found: wasHere ? 'older-copy' : 'probably-empty',
    })
  }
  return found
}

const isHome = (service: Service, stay: Stay, { nodes }: Whereabouts): boolean =>
  isSaidHome(service, { id: stay.nodeId, name: nameOf(stay, nodes) }) === true

/** On a node that is lost a stay has no end, and whatever ran there may have ended. */
const lasts = ({ to, nodeId }: Stay, { nodes }: Whereabouts): boolean =>
  to === null && !isLost(nodes, nodeId)

const endOf = ({ to }: Stay): number => to ?? Number.POSITIVE_INFINITY

const at = (stay: Stay, { nodes }: Whereabouts): At => ({
  nodeId: stay.nodeId,
  name: nameOf(stay, nodes),
  stay,
})

const nameOf = ({ nodeId, node }: Stay, { names }: StateFacts['nodes']): string =>
  names.get(nodeId) ?? node

/** The stays of each volume that one task at a time has, newest first. */
function homesOf(
  service: Service,
  { stays }: Whereabouts,
): ReadonlyMap<string, readonly Stay[]> {
  const { mode } = service
  if (mode.kind !== 'replicated' || stays.length === 0) return new Map()
  const single = placesOf(service).filter(
    ({ fate, naming, counts }) =>
      counts &&
      fate === 'local' &&
      (naming === 'slot' || (naming === 'same' && mode.replicas <= 1)),
  )
  if (single.length === 0) return new Map()
  const own = stays.filter(({ volume }) =>
    single.some(({ source }) => source !== null && standsFor(source, volume)),
  )
  return Map.groupBy(own, ({ volume }) => volume)
}

type History = Pick<Statefulness, 'residency' | 'moved' | 'lastMoved'>

/** Where the volumes were, and which of them left their data there. */
export function history(service: Service, facts: StateFacts): History {
  const residency = facts.stays.map((stay) => ({
    volume: stay.volume,
    node: nameOf(stay, facts.nodes),
    from: instant(stay.from),
    to: instantOrNull(stay.to),
  }))
  const gone = displaced(service, facts)
  const times = [...homesOf(service, facts).values()].flatMap((stays) => movedAt(stays))
  return {
    residency,
    moved: gone.map(({ volume, now, before, found }) => ({
      volume,
      from: before.name,
      until: instantOrNull(before.stay.to),
      to: now.name,
      found,
    })),
    lastMoved: times.length > 0 ? instant(Math.max(...times)) : null,
  }
}

/** When a volume came to the node where it was last: if it was on another before. */
function movedAt(stays: readonly Stay[]): readonly number[] {
  const newest = stays.reduce((a, b) => (b.from > a.from ? b : a))
  const was = stays.some((stay) => stay.nodeId !== newest.nodeId)
  return was ? [newest.from] : []
}
