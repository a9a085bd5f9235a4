import { hasEnded, isLive, isRunning, isWaiting, type Task } from './engine.ts'
import type { AtRest } from './watch.ts'

/**
 * What really became of a task. `unclear`: none of what a preview can say. `comes-up`: as
 * `moves`, on the node it was on.
 */
export type Fate =
  | 'moves'
  | 'comes-up'
  | 'waits'
  | 'stops'
  | 'not-replaced'
  | 'stays'
  | 'fails'
  | 'unclear'

export type Ended = {
  task: Task
  fate: Fate
  /** What runs in its place, or waits for one. */
  successor: Task | null
  /** What the engine says of that, or of the last one that failed. */
  words: string
}

/** What a service is, as far as it decides how its tasks are read. */
export type Kind = {
  global: boolean
  /** Its containers end by themselves wherever they run. */
  crashes: boolean
}

/** So long must a task have run, in milliseconds, before it is said to run. */
export const steadyFor = 1_500

/**
 * @param task as it was before
 * @param known ids of all the tasks that were there before
 */
export function fateOf(
  task: Task,
  kind: Kind,
  known: ReadonlySet<string>,
  { tasks: after, seen, at }: AtRest,
): Ended {
  const same = after.find(({ ID }) => ID === task.ID)
  if (same && isLive(same) && same.Status.State === task.Status.State) {
    return { task, fate: 'stays', successor: same, words: same.Status.Err ?? '' }
  }
  const successors = [...seen.values()]
    .filter((other) => !known.has(other.ID) && isSamePlace(other, task, kind))
    .sort((a, b) => a.CreatedAt.localeCompare(b.CreatedAt))
  const live = after.find(
    (other) =>
      isLive(other) &&
      (other.ID === task.ID || !known.has(other.ID)) &&
      isSamePlace(other, task, kind),
  )
  const last = live ?? successors.at(-1) ?? null
  const words = last?.Status.Err ?? ''
  const fate = (name: Fate): Ended => ({ task, fate: name, successor: last, words })

  const failed = successors.filter((other) => hasEnded(other) && !wasStopped(other))
  const hasRun = successors.some(ran)
  if (live && hasHeld(live, at) && !kind.crashes) {
    return fate(live.NodeID === task.NodeID ? 'comes-up' : 'moves')
  }
  if (live && isWaiting(live)) return fate('waits')
  if (kind.crashes && hasRun) {
    const where = successors.filter(ran).at(-1)?.NodeID
    return fate(where === task.NodeID ? 'comes-up' : 'moves')
  }
  if (failed.length > 0) return fate('fails')
  if (!live) return fate(kind.global ? 'stops' : 'not-replaced')
  return fate('unclear')
}

function isSamePlace(other: Task, task: Task, { global }: Kind): boolean {
  if (other.ServiceID !== task.ServiceID) return false
  return global ? other.NodeID === task.NodeID : other.Slot === task.Slot
}

/** Whether its container was started, however it ended. */
const ran = ({ Status }: Task): boolean =>
  Status.State === 'running' ||
  (Status.State === 'failed' && (Status.Err ?? '').includes('non-zero exit')) ||
  Status.State === 'complete'

/** One that ends by itself at once is seen running now and then. */
const hasHeld = (task: Task, at: number): boolean =>
  isRunning(task) && at - Date.parse(task.Status.Timestamp) >= steadyFor

const wasStopped = ({ Status }: Task): boolean =>
  Status.State === 'shutdown' || Status.State === 'complete'
