import type { NodeFacts } from './node-facts.ts'
import { type Hold, isCurrentRun, type Occupancy } from './occupancy.ts'
import type { Service, Task } from './state.ts'
import { isHealthy, isJob, isRunning, isTaskLost, isUpToDate } from './task-life.ts'

/**
 * The counts that every judgement of a service rests on. They are our own: those of
 * `docker service ls` count tasks on dead nodes and tasks that are being stopped.
 * @see moby/swarmkit manager/controlapi/service.go, ListServiceStatuses
 */
export type Tally = {
  readonly desired: number
  /** Slots that the service asks for and that hold a healthy task. */
  readonly running: number
  /** Of those, the ones with a healthy task on the current spec. */
  readonly upToDate: number
  readonly completed: number
  /** Tasks running beside the one that each slot needs: overlaps, duplicates, leftovers. */
  readonly strays: number
  /** Slots that the service asks for and that hold no healthy task, nor a finished job. */
  readonly missing: readonly Hold[]
  /** Tasks that were last seen running on a node that is lost since. */
  readonly lost: number
}

export function tally(
  service: Service,
  { holds, desired }: Occupancy,
  nodes: NodeFacts,
): Tally {
  const count = { running: 0, upToDate: 0, completed: 0, strays: 0, lost: 0 }
  const missing: Hold[] = []
  for (const hold of holds) {
    const { tasks, expected, status } = hold
    const healthy = tasks.filter((task) => isServing(service, task, nodes))
    const serves = expected && healthy.length > 0
    if (serves) count.running += 1
    if (serves && healthy.some((task) => isUpToDate(task, service.image)))
      count.upToDate += 1
    if (expected && status === 'complete' && isJob(service.mode)) count.completed += 1
    else if (expected && !serves) missing.push(hold)
    count.strays += tasks.filter((task) => isRunning(task, nodes)).length - (serves ? 1 : 0)
    count.lost += tasks.filter(
      (task) => task.state === 'running' && isTaskLost(task, nodes),
    ).length
  }
  return { ...count, desired, missing }
}

/** Whether a task does the work of its slot now, in the current run of a job. */
export const isServing = (service: Service, task: Task, nodes: NodeFacts): boolean =>
  isHealthy(task, nodes) && isCurrentRun(service, task)
