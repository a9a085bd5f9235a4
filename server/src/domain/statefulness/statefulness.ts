import type { StateBadge, Statefulness } from '@skep/shared/contract/stateful'
import type { NodeFacts } from '../node-facts.ts'
import type { Stay } from '../residency.ts'
import type { Millis, Service, TaskMap } from '../state.ts'
import { isLive } from '../task-life.ts'
import { backupOf, drillOf } from './backup.ts'
import { history } from './history.ts'
import { ifItMoves } from './if-it-moves.ts'
import { staysOfMembers } from './old-volume.ts'
import { placement } from './placement.ts'
import { productOf } from './product.ts'
import { stateClass } from './state-class.ts'
import { placesOf, storageOf } from './storage.ts'

/** What is to be known besides the spec. */
export type StateFacts = {
  readonly nodes: NodeFacts
  readonly tasks: TaskMap
  /** Of this service, newest first. */
  readonly stays: readonly Stay[]
  readonly now: Millis
}

/** How a service holds state: each judgement with its reason, in DOMAIN.md's terms. */
export function statefulness(service: Service, facts: StateFacts): Statefulness {
  const product = productOf(service)
  const placed = placement(service, facts)
  return {
    service: service.name,
    stack: service.stack,
    ...stateClass(service, staysOfMembers(facts.stays, facts.nodes)),
    product: product && { name: product.name, kind: product.kind },
    storage: storageOf(service),
    placement: placed.verdict,
    placementWhy: placed.why,
    pinnedTo: placed.pinnedTo,
    pinnedBy: placed.pinnedBy,
    ...ifItMoves(service, facts, placed),
    copies: copies(service, facts),
    ...history(service, facts),
    backup: backupOf(service),
    drill: drillOf(service),
  }
}

/** Its short form; null for a service that holds no data, so that no page speaks of it. */
export const badge = (found: Statefulness): StateBadge | null =>
  holdsData(found)
    ? { class: found.class, placement: found.placement, ifItMoves: found.ifItMoves }
    : null

const holdsData = ({ class: found, storage }: Statefulness): boolean =>
  found !== 'stateless' ||
  storage.some(
    ({ kind, holdsData }) =>
      holdsData === true || (holdsData === null && kind !== 'container-layer'),
  )

/** The most tasks of a service that have one of its node-local volumes in common. */
function copies(service: Service, { tasks }: StateFacts): number {
  const shares = placesOf(service).some(
    ({ counts, fate, perTask }) =>
      counts && !perTask && (fate === 'local' || fate === 'host'),
  )
  const owns = placesOf(service).some(
    ({ counts, fate }) => counts && (fate === 'local' || fate === 'host'),
  )
  const byNode = new Map<string, number>()
  for (const task of tasks.values()) {
    const { nodeId } = task
    if (nodeId === null || !isLive(task)) continue
    byNode.set(nodeId, (byNode.get(nodeId) ?? 0) + 1)
  }
  const most = Math.max(0, ...byNode.values())
  return shares ? most : owns ? Math.min(most, 1) : 0
}
