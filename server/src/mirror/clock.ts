import type { SimulatedTime } from '../docker/engine.ts'
import type { ClusterState, Millis } from '../domain/state.ts'

/** Timers cannot wait longer; whoever waits for more looks once too often. */
const longestWait = 0x7fffffff

type Told = SimulatedTime & { readonly at: number }

let told: Told | null = null

/**
 * The time by which the console dates what it writes down and judges what it sees. In front
 * of a real swarm it is the machine's. In front of a simulated one it is that swarm's: there
 * an hour may pass in a minute, and a task that was seen to fail failed when it is said to
 * have. What concerns the console alone (how fresh a fact is, when to ask again) is no
 * affair of this clock. There is one for the process, as there is one swarm.
 */
export const clock = {
  /** In milliseconds since 1970. */
  now(): Millis {
    if (!told) return Date.now()
    return Math.floor(told.now + (performance.now() - told.at) * told.speed)
  },

  /** The same by the clock of the managers, which date what happens in the swarm. */
  ofManagers({ swarm }: Pick<ClusterState, 'swarm'>): Millis {
    return clock.now() + swarm.clockAhead
  },

  /** How many times faster than ours it runs; null while it is the machine's. */
  speed: (): number | null => told?.speed ?? null,

  /** How long a timer has to wait, in milliseconds, until so many have passed here. */
  wait(ms: Millis): number {
    const speed = told?.speed ?? 1
    return speed === 0 ? longestWait : Math.min(longestWait, Math.max(1, ms / speed))
  },

  /** Follows the time of a simulated swarm; null: the machine's again. */
  follow(time: SimulatedTime | null): void {
    told = time && { ...time, at: performance.now() }
  },
}
