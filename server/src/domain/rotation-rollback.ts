import type { Check } from '@skep/shared/contract/preview'
import { block } from './commands/check.ts'
import { type RotatedConsumer, type RotationRecord, reads } from './rotation-record.ts'
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
  if (previous && refersTo(ofKind(plan.kind, previous), plan.from.id)) return []
  const sentence = `${service.name} was changed since: rolled back, it would not refer to ${plan.from.name}.`
  return [block('target-is-another', sentence, [{ kind: 'service', name: service.name }])]
}
