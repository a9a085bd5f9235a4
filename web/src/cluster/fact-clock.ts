import type { Session } from './session.ts'
import { timeInSwarm } from './swarm-time.ts'

/**
 * Tells the time of the facts on the screen, in milliseconds on the server's clock, or in
 * the swarm, where that is simulated. It stands still while they do: when the view is held,
 * and when they can no longer be taken for true. Then `asOf` says of when they are.
 */
export function factClock({ status }: Session) {
  const asOf = (): number | null => {
    const { hold, asOf } = status.get()
    return hold ? hold.since : asOf
  }
  return {
    subscribe: status.subscribe,
    now: () => {
      const { clockSkew, swarmTime } = status.get()
      const now = timeInSwarm(swarmTime, Date.now() + clockSkew)
      return asOf() ?? Math.floor(now / 1_000) * 1_000
    },
    asOf,
  }
}
