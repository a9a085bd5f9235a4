import type { Task } from '../store/objects.ts'

/**
 * Counts the tasks of one update that failed. Each counts once, and only those that the
 * update itself has made: not what the restart supervisor puts in their place.
 * @see moby/swarmkit manager/orchestrator/update/updater.go failureTriggersAction
 */
export class UpdateFailures {
  readonly #ratio: number
  /** Tasks made by the update, with the time since when each has run, or ended instead. */
  readonly #made = new Map<string, number | null>()
  readonly #failed = new Set<string>()
  #unjudged: Task[] = []

  constructor(ratio: number) {
    this.#ratio = ratio
  }

  noteTask(taskId: string, since: number | null): void {
    this.#made.set(taskId, since)
  }

  noteEnd(task: Task): void {
    if (this.#made.has(task.ID)) this.#unjudged.push(task)
  }

  /**
   * The task whose failure is one too many, if there is one among those noted since the
   * last call. Meeting the ratio is not too much, in the engine's single precision.
   * @param monitor milliseconds after it began to run in which a task's end is a failure
   */
  judge(now: number, dirtySlots: number, monitor: number): string | null {
    const tasks = this.#unjudged
    this.#unjudged = []
    for (const { ID } of tasks) {
      const since = this.#made.get(ID) ?? null
      const isLate = since !== null && now - since > monitor
      if (isLate || this.#failed.has(ID)) continue
      this.#failed.add(ID)
      const ratio = Math.fround(this.#failed.size / dirtySlots)
      if (ratio > Math.fround(this.#ratio)) return ID
    }
    return null
  }
}
