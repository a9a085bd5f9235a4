/** How many there are of each key; of keys that have come to zero nothing is kept. */
export class Tally {
  readonly #counts = new Map<string, number>()

  /** How many keys are kept. */
  get size(): number {
    return this.#counts.size
  }

  of(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  add(key: string, by: 1 | -1): void {
    const left = this.of(key) + by
    if (left > 0) this.#counts.set(key, left)
    else this.#counts.delete(key)
  }
}
