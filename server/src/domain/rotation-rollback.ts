import type { Check } from '@skep/shared/contract/preview'
import { block, warn } from './commands/check.ts'
import {
  notConvergedBefore,
  type RotatedConsumer,
  type RotationRecord,
  reads,
} from './rotation-record.ts'
import type { ClusterState } from './state.ts'
import { ofKind, refersTo } from './stored/of-kind.ts'

/**
 * What stands against rolling one consumer back, besides what stands against a rollback of
 * any service: the engine brings back whatever spec came before, also one that has nothing
 * to do with this rotation. Null where there is nothing to undo: it did not fail, or never
 * came to refer to the new object.
 */
export function rollbackChecks(
  plan: RotationRecord,
  one: RotatedConsumer,
  { services }: Pick<ClusterState, 'services'>,
): Check[] | null {
  const service = services.get(one.serviceId)
  if (plan.endedAt !== null || one.state !== 'failed' || !service) return null
  if (reads(plan, service) !== 'new') return null
  const { previous } = service
  const subjects = [{ kind: 'service' as const, name: service.name }]
  if (!previous || !refersTo(ofKind(plan.kind, previous), plan.from.id)) {
    const sentence = `${service.name} was changed since: rolled back, it would not refer to ${plan.from.name}.`
    return [block('target-is-another', sentence, subjects)]
  }
  return doubts(one).map(([id, sentence]) => warn(id, sentence, subjects))
}

/** What was known, before anything was changed, of the spec that a rollback brings back. */
function doubts({ acknowledged }: RotatedConsumer): [id: string, sentence: string][] {
  const beyond = 'To go back beyond it, restore an earlier version from the history.'
  const isPaused = acknowledged.includes('resumes-paused-update')
  if (isPaused || acknowledged.includes('update-in-progress')) {
    const how = isPaused ? 'paused' : 'under way'
    const sentence = `The spec that this brings back never rolled out in full: its update was ${how} when the rotation took its place. ${beyond}`
    return [['target-never-rolled-out', sentence]]
  }
  if (!acknowledged.includes(notConvergedBefore)) return []
  const sentence = `The spec that this brings back had not converged either, when the rotation took its place. ${beyond}`
  return [['target-had-not-converged', sentence]]
}
