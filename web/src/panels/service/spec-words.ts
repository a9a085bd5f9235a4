import type { Pace, SpecSummary } from '@skep/shared/contract/spec-summary'
import { bytes, cpus } from '../../ui/units.ts'

/** A span of nanoseconds as specs write it: "10 s", "1.5 s", "2 min". */
export function seconds(nanoseconds: number): string {
  const s = nanoseconds / 1e9
  if (s >= 60 && s % 60 === 0) return `${s / 60} min`
  return `${Math.round(s * 100) / 100} s`
}

export function resourceWords({ nanoCpus, memoryBytes }: SpecSummary['limits']): string {
  const parts = [
    nanoCpus > 0 && `${cpus(nanoCpus)} CPU`,
    memoryBytes > 0 && bytes(memoryBytes),
  ].filter((part) => part !== false)
  return parts.length > 0 ? parts.join(', ') : 'none'
}

/** "on failure, at most 3 times in 2 min". */
export function restartWords({ condition, maxAttempts, windowNs }: SpecSummary['restart']) {
  if (condition === 'none') return 'never'
  const when = condition === 'any' ? 'always' : 'on failure'
  if (maxAttempts === 0) return `${when}, without limit`
  const within = windowNs > 0 ? ` in ${seconds(windowNs)}` : ''
  return `${when}, at most ${maxAttempts} ${maxAttempts === 1 ? 'time' : 'times'}${within}`
}

/** "pauses above 20% failed tasks": the ratio is what the swarm compares with. */
export function failureWords({ failureAction, maxFailureRatio }: Pace): string {
  const action = { pause: 'pauses', continue: 'goes on', rollback: 'rolls back' }[
    failureAction
  ]
  if (failureAction === 'continue') return action
  return maxFailureRatio === 0
    ? `${action} at the first`
    : `${action} above a ratio of ${maxFailureRatio}`
}
