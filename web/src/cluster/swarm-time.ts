import type { Cluster } from '@skep/shared/contract/cluster'

/** What was last told of the time in a simulated swarm. */
export type SwarmTime = {
  /** What time it was there, in milliseconds, */
  readonly now: number
  /** when the server's clock said this, */
  readonly sentAt: number
  /** and how many times faster it passes. */
  readonly speed: number
}

/** Null of a real swarm, which lives by everybody's time. */
export function swarmTimeOf({ swarm, freshness }: Cluster): SwarmTime | null {
  if (!swarm.simulation || freshness.swarmNow === undefined) return null
  return {
    now: Date.parse(freshness.swarmNow),
    sentAt: Date.parse(freshness.now),
    speed: swarm.simulation.speed,
  }
}

/** What the clocks of the swarm's facts say when the server's says `instant`. */
export const timeInSwarm = (time: SwarmTime | null, instant: number): number =>
  time === null ? instant : time.now + (instant - time.sentAt) * time.speed
