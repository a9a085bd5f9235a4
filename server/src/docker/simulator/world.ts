import type { Clock } from './clock.ts'
import type { Random } from './random.ts'
import type { Store } from './store/store.ts'
import type { Watch } from './store/watch.ts'

/** What every part of the simulated swarm works with. */
export type World = {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly watch: Watch
}

/** Durations in specs are nanoseconds; the clock counts milliseconds. */
export function milliseconds(nanoseconds: number): number {
  return nanoseconds / 1e6
}
