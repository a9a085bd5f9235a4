type Entry = { at: number; order: number; run: (() => void) | null }

/**
 * Virtual time in whole milliseconds since 1970. It stands still until someone advances
 * it, and what falls due runs in order of time, then of scheduling: the same calls give
 * the same story.
 */
export class Clock {
  #now: number
  #order = 0
  readonly #due: Entry[] = []
  /** Told when something falls due earlier than all that was scheduled before. */
  onEarlier: (() => void) | null = null

  constructor(start: number) {
    this.#now = start
  }

  get now(): number {
    return this.#now
  }

  /** When the next thing falls due; null when nothing is scheduled. */
  get next(): number | null {
    return this.#due[0]?.at ?? null
  }

  /**
   * Runs `run` once, `delay` milliseconds from now. Answers how to call it off.
   * @throws RangeError where the delay is no number: nothing behind it would ever fall due
   */
  schedule(delay: number, run: () => void): () => void {
    if (Number.isNaN(delay)) throw new RangeError('a delay has to be a number')
    const at = this.#now + Math.max(0, Math.round(delay))
    const entry: Entry = { at, order: this.#order++, run }
    this.#push(entry)
    if (this.#due[0] === entry) this.onEarlier?.()
    return () => {
      entry.run = null
    }
  }

  /** Lets `ms` milliseconds pass. */
  advance(ms: number): void {
    this.advanceTo(this.#now + ms)
  }

  advanceTo(instant: number): void {
    for (let head = this.#due[0]; head && head.at <= instant; head = this.#due[0]) {
      this.#pop()
      this.#now = Math.max(this.#now, head.at)
      head.run?.()
    }
    this.#now = Math.max(this.#now, Math.floor(instant))
  }

  #push(entry: Entry): void {
    const heap = this.#due
    let index = heap.push(entry) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]
      if (!above || !isEarlier(entry, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = entry
  }

  #pop(): void {
    const heap = this.#due
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let index = 0
    for (;;) {
      const left = heap[2 * index + 1]
      const right = heap[2 * index + 2]
      const child = right && left && isEarlier(right, left) ? right : left
      if (!child || !isEarlier(child, last)) break
      heap[index] = child
      index = child === right ? 2 * index + 2 : 2 * index + 1
    }
    heap[index] = last
  }
}

function isEarlier(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
