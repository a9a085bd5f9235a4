import type { Rollout } from '@skep/shared/contract/rollout'
import type { Pace } from '@skep/shared/contract/spec-summary'
import type { RolloutSlot } from './rollout-slots.ts'
import { culpritIn } from './rollout-verdict.ts'
import type { Service } from './state.ts'

/**
 * The failures seen, beside those that are survived. The exact count is the leader's own and
 * is not told: it counts each slot at most once, so what is seen here are slots.
 */
export function failureBudget(
  service: Service,
  slots: readonly RolloutSlot[],
  pace: Pace,
): Rollout['failures'] {
  const dirty = slots.filter((slot) => slot.dirty).length
  const failed = slots.filter(({ failures }) => failures.length > 0).length
  // The swarm forgets tasks, but not which one made it pause.
  const paused = service.update?.state.endsWith('paused') ?? false
  const named = paused && culpritIn(service.update?.message ?? '') !== null ? 1 : 0
  const action = pace.failureAction
  return {
    seen: Math.min(dirty, Math.max(failed, named)),
    tolerated: action === 'continue' ? null : survived(dirty, pace.maxFailureRatio),
    action,
  }
}

/** Null where no number of failures is too many: each slot fails at most once. */
function survived(dirty: number, ratio: number): number | null {
  const tolerated = toleratedFailures(dirty, ratio)
  return dirty > 0 && tolerated === dirty ? null : tolerated
}

/**
 * How many task failures an update survives before its failure action fires.
 * The swarm acts when failures / dirty slots > ratio, in float32; comparing in float64
 * would lose one failure for ratios such as 0.29.
 * @param dirtySlots slots that had to be worked on when the update began
 * @see moby/swarmkit manager/orchestrator/update/updater.go, failureTriggersAction
 */
export function toleratedFailures(dirtySlots: number, maxFailureRatio: number): number {
  const exceeds = (failures: number) =>
    Math.fround(failures / dirtySlots) > Math.fround(maxFailureRatio)
  let tolerated = 0
  while (tolerated < dirtySlots && !exceeds(tolerated + 1)) tolerated += 1
  return tolerated
}
