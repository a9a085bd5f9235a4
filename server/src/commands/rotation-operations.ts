import { isOpen, type Operation } from '@skep/shared/contract/operation'
import { withConsumer } from '../domain/rotation.ts'
import type { RotationRecord } from '../domain/rotation-record.ts'
import type { ClusterState } from '../domain/state.ts'
import { standingOf, type Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import type { Tracked } from '../memory/operations.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { isBehind, type Operations } from './operations.ts'

/** The operations that a rotation sent, also those of before a restart of the console. */
export type RotationOperations = {
  /** Those of its consumers, as they stand, by id. @throws MemoryError */
  of(plan: RotationRecord): Promise<(id: string) => Operation | null>
  /** The rotation with what was sent just before the console ended. @throws MemoryError */
  identified(plan: RotationRecord): Promise<RotationRecord>
}

/** How many operations that ended are remembered, the last ones asked for. */
const mostPast = 2_000

/** Of one consumer, how many of its latest operations are searched for its update. */
const mostSearched = 50

export function createRotationOperations(
  operations: Operations,
  kept: Memory<Tracking>['operations'],
  mirror: Mirror,
): RotationOperations {
  /** Those that ended, or are not known any more: neither changes. */
  const past = new Map<string, Operation | null>()

  return {
    async of({ consumers }) {
      const tracked = operations.all()
      for (const id of past.keys()) {
        if (past.size <= mostPast) break
        past.delete(id)
      }
      const going = new Map<string, Operation>()
      for (const id of consumers.flatMap((one) => [one.operation, one.rollback])) {
        if (id === null || tracked[id] || past.has(id)) continue
        const found = await kept.get(id)
        if (found && isOpen(found.operation)) going.set(id, judged(found, mirror.state()))
        else past.set(id, found?.operation ?? null)
      }
      return (id) => tracked[id] ?? past.get(id) ?? going.get(id) ?? null
    },
    async identified(plan) {
      let after = plan
      for (const one of plan.consumers) {
        const { serviceId, service, sentAt } = one
        const isUnknown = one.operation === null && one.specHash === null
        if (one.state !== 'updating' || !isUnknown) continue
        const subject = { kind: 'service', name: service } as const
        const since = Date.parse(sentAt ?? plan.startedAt)
        const own = (await kept.list({ subject, limit: mostSearched })).find(
          ({ kind, subject: of, requestedAt }) =>
            (kind === 'swap' || kind === 'resume') &&
            of.id === serviceId &&
            Date.parse(requestedAt) >= since,
        )
        if (own) after = withConsumer(after, serviceId, { operation: own.id })
      }
      return after
    },
  }
}

/**
 * One that another console on this memory sent and judges. Judged here too, and not written
 * down: that console may be gone, and nobody would ever tell how it ended.
 */
function judged(
  { operation, tracking }: Tracked<Tracking>,
  state: ClusterState,
): Operation {
  if (isBehind(state, operation)) return operation
  const found = standingOf(operation, tracking, state, clock.ofManagers(state))
  return { ...operation, state: found.state, sentence: found.sentence }
}
