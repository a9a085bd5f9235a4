import type { SlotPhase } from '@skep/shared/contract/rollout'
import type { Service } from '@skep/shared/contract/service'
import { type Course, phaseWords } from '../slots/phase-words.ts'

export type Lane = {
  phase: SlotPhase
  label: string
  count: number
  /** As many as there may be at once; null where there is no such bound. */
  of: number | null
}

/**
 * The lanes that slots pass through, from left to right as they are shown: a rollback goes
 * the other way. The swarm has workers that each take the next slot when they are free, so
 * lanes tell the truth where batches would not.
 * @see moby/swarmkit manager/orchestrator/update/updater.go
 */
export function lanes(service: Service, course: Course): Lane[] {
  const { toUpdate, inFlight, verifying, updated } = laneCounts(service)
  const parallelism = service.rollout?.parallelism ?? 0
  const lane = (phase: SlotPhase, count: number, of: number | null = null): Lane => ({
    phase,
    label: sentenceCase(phaseWords[course][phase]),
    count,
    of,
  })
  const forward = [
    lane('to-update', toUpdate),
    lane('in-flight', inFlight, parallelism > 0 ? parallelism : null),
    ...(course === 'job' ? [] : [lane('verifying', verifying)]),
    lane('updated', updated),
  ]
  return course === 'rollback' ? forward.reverse() : forward
}

type Counts = Record<'toUpdate' | 'inFlight' | 'verifying' | 'updated', number>

/** A job that no rollout is told of still says how far it is. */
function laneCounts({ rollout, running, desired, completed }: Service): Counts {
  if (rollout) return rollout.lanes
  const toUpdate = Math.max(0, desired - completed - running)
  return { toUpdate, inFlight: running, verifying: 0, updated: completed }
}

const sentenceCase = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
