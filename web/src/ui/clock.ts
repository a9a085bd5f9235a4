import { createContext, use, useSyncExternalStore } from 'react'

/** What tells the time to whatever shows an age. All instants in milliseconds. */
export type Clock = {
  subscribe: (listener: () => void) => () => void
  /** The time of the facts on the screen: it stands still while they do. */
  now: () => number
  /** When the facts were true that are shown as old news; null while they are current. */
  asOf: () => number | null
}

/** The page provides its own; until then, the machine's clock. */
export const ClockContext = createContext<Clock>({
  subscribe(listener) {
    const timer = setInterval(listener, 1_000)
    return () => clearInterval(timer)
  },
  now: () => Math.floor(Date.now() / 1_000) * 1_000,
  asOf: () => null,
})

/** A value read off the clock; renders again only when that value changes. */
export function useClock<T extends string | number | boolean | null>(
  read: (clock: Clock) => T,
): T {
  const clock = use(ClockContext)
  return useSyncExternalStore(clock.subscribe, () => read(clock))
}
