import { demandOf } from '../placement/demand.ts'
import type { Site } from '../placement/sites.ts'
import type { Service } from '../state.ts'
import { isLive, isPerNode } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { type Group, groupOn } from './competition.ts'
import type { Situation } from './facts.ts'

/**
 * How many tasks of a service wait for a node, or for room on this very one.
 * @param without ids of tasks to leave out
 */
export function waitingHere(
  on: Situation,
  service: Service,
  without?: ReadonlySet<string>,
): number {
  const place = isPerNode(service.mode) ? on.node.id : null
  return [...tasksOfService(on.state, service.id).values()].filter(
    (task) =>
      isLive(task) &&
      task.state === 'pending' &&
      task.nodeId === place &&
      !without?.has(task.id),
  ).length
}

/**
 * All that waits now and that this node would take, if it looked like `site`.
 * @param besides services whose tasks are told of in another way
 */
export const waitingFor = (
  on: Situation,
  site: Site,
  besides: ReadonlySet<Service>,
): readonly Group[] =>
  [...on.state.services.values()].flatMap((service) => {
    const count = besides.has(service) ? 0 : waitingHere(on, service)
    return count === 0 ? [] : (groupOn(site, demandOf(service, on.state), count) ?? [])
  })
