const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'

/** A seeded source of chance: the same seed gives the same numbers for ever. */
export class Random {
  #state: number
  readonly #seed: string

  constructor(seed: string) {
    this.#seed = seed
    this.#state = hash(seed)
  }

  /** A source of its own for one purpose, so that one user does not disturb another. */
  fork(purpose: string): Random {
    return new Random(`${this.#seed}/${purpose}`)
  }

  /** At least 0, less than 1: mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A number from `least` on, below `most`. */
  between(least: number, most: number): number {
    return least + this.next() * (most - least)
  }

  within([least, most]: readonly [number, number]): number {
    return this.between(least, most)
  }

  /** An identifier as swarmkit makes them. @see moby/swarmkit identity/randomid.go */
  id(): string {
    return this.#text(DIGITS, 25)
  }

  /** Lower-case hexadecimal, as container ids and digests are. */
  hex(length: number): string {
    return this.#text('0123456789abcdef', length)
  }

  #text(digits: string, length: number): string {
    let text = ''
    for (let index = 0; index < length; index++) {
      text += digits[Math.floor(this.next() * digits.length)]
    }
    return text
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}
