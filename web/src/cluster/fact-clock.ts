import type { Session } from './session.ts'

/**
 * Tells the time of the facts on the screen, in milliseconds on the server's clock. It
 * stands still while they do: when the view is held, and when they can no longer be taken
 * for true. Then `asOf` says of when they are.
 */
export function factClock({ status }: Session) {
  const asOf = (): number | null => {
    const { hold, asOf } = status.get()
    return hold ? hold.since : asOf
  }
  return {
    subscribe: status.subscribe,
    now: () => asOf() ?? Math.floor((Date.now() + status.get().clockSkew) / 1_000) * 1_000,
    asOf,
  }
}
