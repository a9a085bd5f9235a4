import type { Clock } from './clock.ts'

/** Node's timers cannot wait longer. */
const LONGEST_WAIT = 0x7fffffff

/** A machine that cannot keep up lets time slip, rather than answer nobody. */
const LONGEST_TURN = 50

/**
 * Lets a clock run by itself, `speed` times as fast as the world's. Sleeps until the next
 * thing falls due, and does not keep the process alive.
 */
export class Pacemaker {
  readonly #clock: Clock
  readonly #wallNow: () => number
  #speed: number
  #wallOrigin = 0
  #origin = 0
  #timer: NodeJS.Timeout | null = null

  constructor(
    clock: Clock,
    speed: number,
    wallNow: () => number = () => performance.now(),
  ) {
    this.#clock = clock
    this.#wallNow = wallNow
    this.#speed = speed
    this.#restart()
    clock.onEarlier = () => this.#arm()
  }

  get speed(): number {
    return this.#speed
  }

  /** From now on; 0 stops time. */
  set speed(speed: number) {
    this.catchUp()
    this.#speed = speed
    this.#restart()
  }

  /** Brings the clock to where it should be by now. */
  catchUp(): void {
    if (this.#speed === 0) return
    const begun = this.#wallNow()
    const target = this.#origin + (begun - this.#wallOrigin) * this.#speed
    for (let next = this.#clock.next; next !== null && next <= target; ) {
      this.#reach(next)
      if (this.#wallNow() - begun > LONGEST_TURN) {
        this.#restart()
        return
      }
      next = this.#clock.next
    }
    this.#clock.advanceTo(target)
  }

  /** Whatever breaks off of itself is told, and the rest of the swarm lives on. */
  #reach(instant: number): void {
    try {
      this.#clock.advanceTo(instant)
    } catch (error) {
      console.error('What fell due in the simulated swarm broke off:', error)
    }
  }

  stop(): void {
    this.#clock.onEarlier = null
    if (this.#timer) clearTimeout(this.#timer)
    this.#speed = 0
  }

  #restart(): void {
    this.#wallOrigin = this.#wallNow()
    this.#origin = this.#clock.now
    this.#arm()
  }

  #arm(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const next = this.#clock.next
    if (this.#speed === 0 || next === null) return
    const passed = (this.#wallNow() - this.#wallOrigin) * this.#speed
    const wait = (next - this.#origin - passed) / this.#speed
    this.#timer = setTimeout(
      () => {
        this.catchUp()
        this.#arm()
      },
      Math.min(LONGEST_WAIT, Math.max(0, Math.ceil(wait))),
    )
    this.#timer.unref()
  }
}
