import type { Millis } from './state.ts'

/**
 * The first of these instants that is still to come: when an answer that depends on the
 * clock would differ with the same facts. Null when time alone changes nothing.
 */
export function earliest(
  now: Millis,
  ...instants: readonly (Millis | null)[]
): Millis | null {
  let first: Millis | null = null
  for (const at of instants) {
    if (at !== null && at > now && (first === null || at < first)) first = at
  }
  return first
}
