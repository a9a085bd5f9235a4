import { isSettling, type NodeFacts } from './node-facts.ts'
import type { Hold } from './occupancy.ts'
import type { Millis, Service, Task } from './state.ts'
import { isLive, isOver, isTaskLost, rank } from './task-life.ts'

/**
 * Why a slot holds no healthy task. `coming`: one is on its way and nothing has gone wrong.
 * `unplaced`: no node takes it. `failing`: it is tried again and again. `gone`: it ended
 * and nothing replaces it. `lost`: its node is lost and nothing replaces it. `finished`: it
 * ended well, and its restart policy asks for no more.
 */
export type WhyMissing = 'coming' | 'unplaced' | 'failing' | 'gone' | 'lost' | 'finished'

/** A task that found no node this long ago, in milliseconds, will not find one by itself. */
export const unplacedAfter = 10_000

/** @param failed whether a task of this slot failed lately on the current spec */
export function whyMissing(
  { tasks: [task] }: Hold,
  { service, nodes, now }: { service: Service; nodes: NodeFacts; now: Millis },
  failed: boolean,
): WhyMissing {
  if (!task) return 'coming'
  if (isTaskLost(task, nodes)) return 'lost'
  if (isOver(task)) {
    const { condition } = service.spec.restart
    if (task.state === 'complete' && condition !== 'any') return 'finished'
    return isAboutToBeReplaced(task) ? 'failing' : 'gone'
  }
  if (!isLive(task)) return 'gone'
  // While nodes report to a new leader, nothing is placed on them: that is no verdict.
  const judged = now - task.since >= unplacedAfter && !isSettling(nodes, now)
  if (task.state === 'pending' && task.error !== null && judged) return 'unplaced'
  return failed ? 'failing' : 'coming'
}

/** Between its failure and the moment the swarm reacts, the swarm still wants the task. */
export const isAboutToBeReplaced = ({ desired }: Task): boolean =>
  rank(desired) <= rank('complete')
