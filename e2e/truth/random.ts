/** A stream of numbers from 0 up to 1 that is the same for the same seed. */
export type Random = () => number

/** The generator known as mulberry32: small, fast, and good enough to vary scenarios. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const chance = (random: Random, probability: number): boolean =>
  random() < probability

/** A whole number, both ends included. */
export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1))

/** @throws Error where there is nothing to take */
export function pick<T>(random: Random, from: readonly T[]): T {
  if (from.length === 0) throw new Error('nothing to pick from')
  return from[Math.floor(random() * from.length)] as T // Within bounds: random() < 1.
}

/** One of several, each as often as its weight says. */
export function weighed<T>(random: Random, from: readonly (readonly [number, T])[]): T {
  let left = random() * from.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, value] of from) {
    left -= weight
    if (left < 0) return value
  }
  return pick(random, from)[1]
}

/** Some of them, in their order. */
export const some = <T>(random: Random, from: readonly T[], probability: number): T[] =>
  from.filter(() => chance(random, probability))
