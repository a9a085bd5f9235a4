import { compareStates } from '../store/states.ts'
import type { World } from '../world.ts'
import type { Report } from './run.ts'

/** @see moby/swarmkit manager/dispatcher/dispatcher.go maxBatchInterval */
const INTERVAL = 100

type Status = Parameters<Report>[1] & { at: number }

/**
 * Writes what agents report, all of a tenth of a second in one transaction: of states that
 * follow each other faster, only the last is seen.
 * @see moby/swarmkit manager/dispatcher/dispatcher.go processUpdates
 */
export class Dispatcher {
  readonly #world: World
  #reports = new Map<string, Status>()
  #isHeld = false
  #isDue = false

  constructor(world: World) {
    this.#world = world
  }

  report(taskId: string, status: Parameters<Report>[1]): void {
    this.#reports.set(taskId, { ...status, at: this.#world.clock.now })
    this.#later()
  }

  /** Without a leader nothing is written; what was reported is kept. */
  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    this.#later()
  }

  #later(): void {
    if (this.#isHeld || this.#isDue || this.#reports.size === 0) return
    this.#isDue = true
    this.#world.clock.schedule(INTERVAL, () => {
      this.#isDue = false
      if (!this.#isHeld) this.#write()
    })
  }

  #write(): void {
    const { store } = this.#world
    const reports = this.#reports
    this.#reports = new Map()
    store.commit(() => {
      for (const [taskId, { at, ...status }] of reports) {
        store.update('task', taskId, (task) => {
          // A state never goes back: a task that was rejected does not become shutdown.
          if (compareStates(status.State, task.Status.State) < 0) return task
          const { Err: _, ...known } = task.Status
          return {
            ...task,
            Status: { ...known, ...status, Timestamp: store.stamp(at) },
            hidden: { ...task.hidden, since: at },
          }
        })
      }
    })
  }
}
