import type { Service, Task, TaskMap } from '../state.ts'
import { isUpToDate } from '../task-life.ts'

/** Whether a task that ends is followed by another, by its restart policy. */
export type Succession =
  | { readonly replaced: true }
  | { readonly replaced: false; readonly why: string }

/**
 * The restart policy applies to a drain as to a failure: every orchestrated replacement
 * counts. The swarm's own count is not in the API, so the tasks of the slot are counted,
 * which may call used up what is not. With a window, only restarts within it before the
 * moment the task began to run count: for a drain that moment may be long ago.
 * @param history how many ended tasks the swarm keeps per slot
 * @see moby/swarmkit manager/orchestrator/restart/restart.go, shouldRestart
 */
export function succession(
  task: Task,
  { service, tasks, history }: { service: Service; tasks: TaskMap; history: number },
): Succession {
  const { condition, maxAttempts, windowNs } = service.spec.restart
  if (condition === 'none') {
    return { replaced: false, why: 'its restart policy is `none`' }
  }
  if (maxAttempts === 0) return { replaced: true }
  const restarts = restartsOf(task, service, tasks, history)
  const since = windowNs > 0 ? task.since - windowNs / 1e6 : Number.NEGATIVE_INFINITY
  const until = windowNs > 0 ? task.since : Number.POSITIVE_INFINITY
  const used = restarts.filter((at) => at > since && at < until).length
  if (used < maxAttempts) return { replaced: true }
  const why = `its restart policy allows ${maxAttempts}, and ${used} are used up`
  return { replaced: false, why }
}

/**
 * When the tasks of the slot were made that followed another of the same spec. One that came
 * back with its node followed a task that was stopped, and is no restart.
 */
function restartsOf(
  task: Task,
  service: Service,
  tasks: TaskMap,
  history: number,
): readonly number[] {
  const current = isUpToDate(task, service.image)
  const made = [...tasks.values()]
    .filter(
      (other) => isSameSlot(task, other) && isUpToDate(other, service.image) === current,
    )
    .sort((a, b) => a.createdAt - b.createdAt)
  // The first of a spec is no restart; where history was cut, nobody knows the first.
  const isCut = history >= 0 && made.length > history
  return made.flatMap(({ createdAt, slot }, i) => {
    const before = made[i - 1]
    if (!before) return isCut ? createdAt : []
    return slot === null && before.state === 'shutdown' ? [] : createdAt
  })
}

const isSameSlot = (a: Task, b: Task): boolean =>
  a.slot !== null ? a.slot === b.slot : a.nodeId === b.nodeId
