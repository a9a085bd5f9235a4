import type { Millis, Service, Task, TaskMap } from '../state.ts'
import { isUpToDate } from '../task-life.ts'

/** Whether a task that ends is followed by another, by its restart policy. */
export type Succession =
  | { readonly replaced: true }
  | { readonly replaced: false; readonly why: string }

/**
 * The restart policy applies to a drain as to a failure: every orchestrated replacement
 * counts. The swarm's own count is not in the API, so the tasks of the slot are counted,
 * which may call used up what is not. With a window, only restarts within it before the last
 * change of the task's state count. Where the swarm asks of a task that runs still, as at a
 * drain, that is when it began to run, which may be long ago.
 * @param changed when its state has changed last by the time that the swarm asks
 * @see moby/swarmkit manager/orchestrator/restart/restart.go, shouldRestart
 */
export function succession(
  task: Task,
  { service, tasks }: { service: Service; tasks: TaskMap },
  changed: Millis = task.since,
): Succession {
  // What the task was made with counts, whatever its service asks for since.
  const { condition, maxAttempts, windowNs } = task.restart ?? service.spec.restart
  if (condition === 'none') {
    return { replaced: false, why: 'its restart policy is `none`' }
  }
  if (maxAttempts === 0) return { replaced: true }
  const restarts = restartsOf(task, service, tasks, maxAttempts)
  const since = windowNs > 0 ? changed - windowNs / 1e6 : Number.NEGATIVE_INFINITY
  const until = windowNs > 0 ? changed : Number.POSITIVE_INFINITY
  const used = restarts.filter((at) => at > since && at < until).length
  if (used < maxAttempts) return { replaced: true }
  const why = `its restart policy allows ${maxAttempts}, and ${used} are used up`
  return { replaced: false, why }
}

/**
 * When the tasks of the slot were made that followed another of the same spec. One that came
 * back with its node followed a task that was stopped, and is no restart.
 * @see moby/swarmkit manager/orchestrator/taskreaper/task_reaper.go, tick
 */
function restartsOf(
  task: Task,
  service: Service,
  tasks: TaskMap,
  maxAttempts: number,
): readonly number[] {
  const current = isUpToDate(task, service.image)
  const made = [...tasks.values()]
    .filter(
      (other) => isSameSlot(task, other) && isUpToDate(other, service.image) === current,
    )
    .sort((a, b) => a.createdAt - b.createdAt)
  // The first of a spec is no restart. The swarm keeps one task more than there are
  // attempts, whatever its limit; of more than that nobody knows the first.
  const isCut = made.length > maxAttempts + 1
  return made.flatMap(({ createdAt, slot }, i) => {
    const before = made[i - 1]
    if (!before) return isCut ? createdAt : []
    return slot === null && before.state === 'shutdown' ? [] : createdAt
  })
}

const isSameSlot = (a: Task, b: Task): boolean =>
  a.slot !== null ? a.slot === b.slot : a.nodeId === b.nodeId
