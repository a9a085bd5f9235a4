import type { Clock } from './clock.ts'

export type Patience = {
  /** So long it must have been quiet, in milliseconds. */
  gap: number
  /** And no longer than this it is put off. */
  latest: number
}

/** Runs once things have been quiet for a moment, or have been going on for too long. */
export class Debounce {
  readonly #clock: Clock
  readonly #patience: Patience
  readonly #run: () => void
  #began: number | null = null
  #last = 0

  constructor(clock: Clock, patience: Patience, run: () => void) {
    this.#clock = clock
    this.#patience = patience
    this.#run = run
  }

  touch(): void {
    this.#last = this.#clock.now
    if (this.#began !== null) return
    this.#began = this.#clock.now
    this.#clock.schedule(this.#patience.gap, () => this.#check())
  }

  /** One timer that looks again, not a new one for each touch. */
  #check(): void {
    const { now } = this.#clock
    const { gap, latest } = this.#patience
    const quiet = now - this.#last
    if (quiet < gap && this.#began !== null && now - this.#began < latest) {
      this.#clock.schedule(gap - quiet, () => this.#check())
      return
    }
    this.#began = null
    this.#run()
  }
}
