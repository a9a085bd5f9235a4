import { demandOf } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import { siteOf } from '../placement/sites.ts'
import type { Node } from '../state.ts'
import { missedPlaces } from '../statefulness/if-it-moves.ts'
import { isLive } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { counted } from '../words.ts'
import type { Situation } from './facts.ts'

/**
 * What it would cost to spread tasks onto this node as well: a restart of every replicated
 * service that may run here, has two tasks or more on one node, and leaves no data behind.
 * @see moby/moby#24103: nothing is ever rebalanced
 */
export function rebalance(on: Situation, after: Node): string {
  const site = siteOf(on.state, after)
  let restarts = 0
  const names: string[] = []
  for (const service of on.state.services.values()) {
    // One that keeps data where it is would start empty somewhere: that is no spreading.
    if (service.mode.kind !== 'replicated' || missedPlaces(service).length > 0) continue
    const live = [...tasksOfService(on.state, service.id).values()].filter(isLive)
    if (
      !isCrowded(
        live.map(({ nodeId }) => nodeId),
        on.node.id,
      )
    )
      continue
    if (firstRefusal(demandOf(service, on.state), site) !== null) continue
    names.push(service.name)
    restarts += live.length
  }
  if (names.length === 0) {
    return 'Tasks do not move back by themselves. No service has tasks that would be better spread.'
  }
  const which = names.length <= 3 ? names.join(', ') : counted(names.length, 'service')
  return `Tasks do not move back by themselves. To spread ${which} again, restart ${names.length === 1 ? 'it' : 'them'}: ${counted(restarts, 'task restarts', 'tasks restart')}.`
}

/** Whether some node has two more of these tasks than this one. */
function isCrowded(placed: readonly (string | null)[], here: string): boolean {
  const counts = new Map<string, number>()
  for (const id of placed) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  return Math.max(0, ...counts.values()) - (counts.get(here) ?? 0) >= 2
}
