import type { Millis, Service, Task, TaskMap } from './state.ts'
import { isJob } from './task-life.ts'
import { counted } from './words.ts'

/** How far back a failure counts as recent, in milliseconds. */
export const failureWindow = 10 * 60_000

/** As many failures within the window are a pattern, not an accident. */
export const flapsFrom = 3

/** How a pattern of failures reads. */
export const failuresInWindow = (count: number): string =>
  `${counted(count, 'failure')} in ${failureWindow / 60_000} min`

/** The first error text among these tasks: not every task that ended badly left one. */
export const firstError = (tasks: readonly Task[]): string | null =>
  tasks.find(({ error }) => error !== null)?.error ?? null

/** The swarm moved the task because of its node: nothing failed. */
const evicted = 'assigned node no longer meets constraints'

/**
 * The failures of the last ten minutes, newest first. A failure dates from the last change
 * of its task, by the managers' clock.
 */
export function recentFailures(service: Service, tasks: TaskMap, now: Millis): Task[] {
  const births = birthsBySlot(service, tasks)
  return [...tasks.values()]
    .filter(
      (task) =>
        task.updatedAt > now - failureWindow &&
        isFailure(service, task) &&
        !wasReplacedBefore(task, births.get(slotOf(service, task)) ?? []),
    )
    .sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1))
}

/**
 * Whether a task ended badly. A service that is always to run fails by ending at all: a
 * container that its health check killed reads `complete` if it went quietly.
 */
export function isFailure(service: Service, task: Task): boolean {
  if (task.state === 'failed' || task.state === 'rejected') return task.error !== evicted
  const { condition } = service.spec.restart
  return task.state === 'complete' && !isJob(service.mode) && condition === 'any'
}

/** What stands for the slot of a task while counting: its number, or its node. */
export const slotOf = ({ mode }: Service, task: Task): string | number | null =>
  mode.kind === 'global' || mode.kind === 'global-job' ? task.nodeId : task.slot

/** By so much the clocks of a node and of the managers may differ, in milliseconds. */
const clockSkew = 1_000

/**
 * The swarm replaces a task when it learns of its failure, never before. A task that ended
 * badly when its replacement was already there had been given up: its node came back from
 * a crash, or it would not stop in peace. When it ended is what its node says: the managers
 * write on it once more when it has been replaced, 0.2 s later as measured on a crash loop.
 * @see moby/swarmkit manager/orchestrator/restart/restart.go, Restart: one transaction
 */
const wasReplacedBefore = (task: Task, births: readonly Millis[]): boolean =>
  births.some((born) => born > task.createdAt && born < task.since - clockSkew)

function birthsBySlot(service: Service, tasks: TaskMap) {
  const births = new Map<string | number | null, Millis[]>()
  for (const task of tasks.values()) {
    const slot = slotOf(service, task)
    const known = births.get(slot)
    if (known) known.push(task.createdAt)
    else births.set(slot, [task.createdAt])
  }
  return births
}
