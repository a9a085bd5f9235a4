import type { Millis } from './state.ts'

/** An instant of the contract. A pure conversion; the domain never asks what time it is. */
export const instant = (at: Millis): string => new Date(at).toISOString()

export const instantOrNull = (at: Millis | null): string | null =>
  at === null ? null : instant(at)
