import { type Engine, hasEnded, isLive, isRunning, isWaiting, type Task } from './engine.ts'

/** Every task that was seen since, each as it was seen last. */
export type Seen = Map<string, Task>

/** In milliseconds. */
const interval = 300
/** For so long nothing must have moved. */
const quiet = 1_800

/** The tasks as they are at an instant, in milliseconds, and all that were seen till then. */
export type AtRest = { tasks: readonly Task[]; seen: Seen; at: number }

export type Patience = {
  /** Tasks of these services come and go: they are waited for otherwise. */
  unsteady: ReadonlySet<string>
  /** Whether what is waited for of those has been seen. */
  enough?: (soFar: AtRest) => boolean
  /** Told of every look. */
  look?: (tasks: readonly Task[]) => void
  /** In milliseconds. */
  timeout: number
}

/**
 * Watches until the swarm has come to rest: no task on its way anywhere, and no change for
 * a while.
 * @throws Error that names the tasks which never came to rest
 */
export async function untilAtRest(
  engine: Engine,
  { unsteady, enough = () => true, look, timeout }: Patience,
): Promise<AtRest> {
  const seen: Seen = new Map()
  const deadline = performance.now() + timeout
  let before = ''
  let since = performance.now()
  for (;;) {
    const tasks = await engine.tasks()
    const soFar = { tasks, seen, at: Date.now() }
    look?.(tasks)
    for (const task of tasks) seen.set(task.ID, task)
    const steady = tasks.filter(({ ServiceID }) => !unsteady.has(ServiceID))
    const restless = steady.filter((task) => !isAtRest(task))
    const picture = pictureOf(steady)
    const now = performance.now()
    if (picture !== before) since = now
    before = picture
    if (restless.length === 0 && now - since >= quiet && enough(soFar)) {
      return soFar
    }
    if (now > deadline) {
      const words = restless.map(({ ID, DesiredState, Status }) =>
        [ID, DesiredState, Status.State, Status.Message, Status.Err].join(' '),
      )
      const what = words.join('; ') || 'services that come and go by themselves'
      throw new Error(`not at rest after ${timeout / 1000} s: ${what}`)
    }
    await new Promise((wake) => setTimeout(wake, interval))
  }
}

/** Whether nothing more will become of a task unless something else happens. */
export function isAtRest(task: Task): boolean {
  if (isLive(task)) return isRunning(task) || isWaiting(task)
  // One that no node has yet is not stopped by anybody: it stays as it is.
  return hasEnded(task) || ['new', 'pending'].includes(task.Status.State)
}

const pictureOf = (tasks: readonly Task[]): string =>
  tasks
    .map(({ ID, DesiredState, Status }) => `${ID} ${DesiredState} ${Status.State}`)
    .sort()
    .join('\n')
