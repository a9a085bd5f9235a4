import type { Task } from '../store/objects.ts'
import { compareStates, isPastRunning } from '../store/states.ts'
import type { World } from '../world.ts'
import { desire, desiredStateOf } from './desired.ts'

/** An old task that does not stop is waited for no longer. */
const OLD_TASK_TIMEOUT = 60_000

type Delay = { end(): void; done: (() => void)[]; restartsAfter: boolean }

/**
 * Moves new tasks from ready to running, once their delay is over and the task that they
 * replace has stopped, or its node is down, or a minute has passed.
 * @see moby/swarmkit manager/orchestrator/restart/restart.go DelayStart
 */
export class DelayedStarts {
  readonly #world: World
  readonly #delays = new Map<string, Delay>()

  constructor(world: World) {
    this.#world = world
    world.store.listen({
      change: ({ kind, action, object }) => {
        if (kind === 'task' && action === 'remove') this.cancel(object.ID)
      },
    })
  }

  get(taskId: string): Delay | undefined {
    return this.#delays.get(taskId)
  }

  /** `done` is called when the task was told to run, or the wait was cancelled. */
  start(taskId: string, delay: number, old: Task | null, done?: () => void): void {
    this.cancel(taskId)
    const { clock, watch } = this.#world
    const endings: (() => void)[] = []
    const end = () => {
      for (const ending of endings) ending()
      this.#delays.delete(taskId)
    }
    const finish = () => {
      end()
      this.#startNow(taskId)
      for (const call of entry.done) call()
    }
    const entry: Delay = {
      end,
      done: done ? [done] : [],
      restartsAfter: false,
    }
    this.#delays.set(taskId, entry)

    let elapsed = false
    let stopped = !old || isPastRunning(old.Status.State)
    const check = () => {
      if (elapsed && stopped) finish()
    }
    const stop = () => {
      stopped = true
      check()
    }
    endings.push(
      clock.schedule(delay, () => {
        elapsed = true
        check()
      }),
    )
    if (old && !stopped) {
      endings.push(
        clock.schedule(OLD_TASK_TIMEOUT, stop),
        watch.task(old.ID, (task, action) => {
          if (action === 'remove' || isPastRunning(task.Status.State)) stop()
        }),
        watch.node(old.NodeID ?? '', (node, action) => {
          if (action === 'remove' || node.Status.State === 'down') stop()
        }),
      )
    }
  }

  cancel(taskId: string): void {
    const delay = this.#delays.get(taskId)
    delay?.end()
    for (const call of delay?.done ?? []) call()
  }

  /** Nobody leads any more: nothing begins, and nobody is told. */
  cancelAll(): void {
    for (const delay of [...this.#delays.values()]) delay.end()
  }

  #startNow(taskId: string): void {
    const { store } = this.#world
    const task = store.tasks.get(taskId)
    const service = task && store.services.get(task.ServiceID)
    if (!service || compareStates(task.DesiredState, 'running') >= 0) return
    store.commit(() => desire(this.#world, taskId, desiredStateOf(service)))
  }
}
