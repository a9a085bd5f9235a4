import type { Rollout, SlotPhase } from '@skep/shared/contract/rollout'
import type { Service, Slot } from '@skep/shared/contract/service'

/** What moves a service from slot to slot; it decides how the phases are called. */
export type Course = Rollout['kind'] | 'job'

/** Phases in the order in which slots go through them. */
export const slotPhases = [
  'to-update',
  'in-flight',
  'verifying',
  'updated',
] as const satisfies readonly SlotPhase[]

export const phaseWords: Record<Course, Record<SlotPhase, string>> = {
  update: {
    'to-update': 'to update',
    'in-flight': 'in flight',
    verifying: 'verifying',
    updated: 'updated',
  },
  rollback: {
    'to-update': 'to roll back',
    'in-flight': 'in flight',
    verifying: 'verifying',
    updated: 'rolled back',
  },
  job: {
    'to-update': 'waiting',
    'in-flight': 'running',
    verifying: 'verifying',
    updated: 'complete',
  },
}

/** What a service is in the middle of, or null while it is at rest. */
export function courseOf({ mode, rollout, convergence }: Service): Course | null {
  if (mode === 'replicated-job' || mode === 'global-job')
    return rollout || convergence.verdict === 'running-job' ? 'job' : null
  return rollout && rollout.state !== 'ended' ? rollout.kind : null
}

/** Where a slot is on its way. The slots of a job say so by their status. */
export function phaseOf({ phase, status }: Slot, course: Course | null): SlotPhase | null {
  if (course === null || phase !== null) return course && phase
  if (course !== 'job') return null
  if (status === 'complete') return 'updated'
  return status === 'running' || status === 'starting' ? 'in-flight' : 'to-update'
}
