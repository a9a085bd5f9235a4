import { useClock } from './clock.ts'

/**
 * How much of a span of time has passed, from 0 to 1, to a twentieth: rings that fill
 * render again only when it shows. Null for what is no span.
 */
export function useShare(from: number, to: number): number | null {
  return useClock((clock) => {
    const share = (clock.now() - from) / (to - from)
    return Number.isFinite(share)
      ? Math.round(Math.min(1, Math.max(0, share)) * 20) / 20
      : null
  })
}
