import type { Residency, Stay } from './residency.ts'
import { type Advance, isSame } from './residency-ledger.ts'
import type { ClusterState } from './state.ts'

/** A volume that a service had on one node, and now has on another: which is another one. */
export type Move = {
  readonly serviceId: string
  readonly service: string
  readonly from: Stay
  readonly to: Stay
  readonly sentence: string
}

/**
 * The volumes that changed their node when the residency advanced. Only of services whose
 * volume is on one node at a time: of the others no task stands for the data. A volume that
 * was not known to be anywhere before did not move. One that left a node that was lost is
 * found once more when that node is back.
 */
export function moves(before: Residency, after: Advance, state: ClusterState): Move[] {
  return after.changed.flatMap((id) => {
    const service = state.services.get(id)
    const held = before.get(id) ?? []
    if (service?.mode.kind !== 'replicated' || held.length === 0) return []
    const stays = after.residency.get(id) ?? []
    const volumes = new Set(stays.map(({ volume }) => volume))
    return [...volumes].flatMap((volume) => {
      const ofVolume = (stay: Stay) => stay.volume === volume
      const then = held.filter(ofVolume)
      const now = stays.filter(ofVolume)
      const move = moveOf(then, now, state)
      if (!move) return []
      const sentence = sentenceOf(service.name, move, now, state)
      return [{ serviceId: id, service: service.name, ...move, sentence }]
    })
  })
}

const isLost = (state: ClusterState, { nodeId }: Stay): boolean =>
  (state.nodes.get(nodeId)?.state ?? 'down') === 'down'

/**
 * Where one volume was and where it is, if that differs now: it is on one node in contact,
 * and either came there now, or was left alone there by the end of an older stay, as in an
 * update that starts the new task before it stops the old one.
 */
function moveOf(
  before: readonly Stay[],
  after: readonly Stay[],
  state: ClusterState,
): Pick<Move, 'from' | 'to'> | null {
  const lasting = after.filter((stay) => stay.to === null && !isLost(state, stay))
  const [to] = lasting
  if (!to || lasting.length > 1) return null
  const was = before.find((stay) => isSame(stay, to))
  if (was?.to !== null) {
    const from = latest(before)
    return from && from.nodeId !== to.nodeId ? { from, to } : null
  }
  const left = before.filter(
    (stay) =>
      stay.to === null &&
      stay.nodeId !== to.nodeId &&
      stay.from < to.from &&
      after.find((other) => isSame(stay, other))?.to !== null,
  )
  const from = latest(left)
  return from ? { from, to } : null
}

/** Where a volume was used last. */
function latest(stays: readonly Stay[]): Stay | undefined {
  const end = ({ to }: Stay) => to ?? Number.POSITIVE_INFINITY
  return stays.toSorted((a, b) => end(b) - end(a) || b.from - a.from)[0]
}

function sentenceOf(
  service: string,
  { from, to }: Pick<Move, 'from' | 'to'>,
  stays: readonly Stay[],
  state: ClusterState,
): string {
  const left = isLost(state, from) ? `${from.node}, which is down;` : `${from.node},`
  const wasHere = stays.some((stay) => stay.nodeId === to.nodeId && !isSame(stay, to))
  const data = wasHere ? 'an older copy may be there' : 'probably empty there'
  return `${service}: volume ${to.volume} was on ${left} its task now runs on ${to.node}: ${data}`
}
