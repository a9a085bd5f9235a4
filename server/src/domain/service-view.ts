import type { Rollout } from '@skep/shared/contract/rollout'
import type {
  Convergence,
  Service as ServiceView,
  Slot,
  Verdict,
} from '@skep/shared/contract/service'
import type { StateBadge } from '@skep/shared/contract/stateful'
import type { Judgement } from './convergence.ts'
import { instant, instantOrNull } from './instant.ts'
import { keepIdentity } from './keep-identity.ts'
import { type Names, shortId } from './names.ts'
import type { Service } from './state.ts'

/** A service as screens show it. */
export function serviceView(
  service: Service,
  { nextChangeAt: _when, lasting: _lasting, ...judged }: Judgement,
  slots: Slot[],
  rollout: Rollout | null,
  networks: Names,
  state: StateBadge | null,
): ServiceView {
  const { update } = service
  return {
    id: service.id,
    name: service.name,
    stack: service.stack,
    mode: service.mode.kind,
    image: service.image,
    createdAt: instant(service.createdAt),
    updatedAt: instant(service.updatedAt),
    ...judged,
    update: update && {
      state: update.state,
      message: update.message,
      startedAt: instantOrNull(update.startedAt),
      completedAt: instantOrNull(update.completedAt),
    },
    rollout,
    ports: service.ports.map((port) => ({ ...port })),
    networks: service.networkIds.map((id) => networks.get(id) ?? shortId(id)).toSorted(),
    state,
    hasHealthCheck: service.hasHealthCheck,
    slots,
  }
}

/**
 * The new view with every part that did not change as it was. Slots are matched by key:
 * one that goes or comes must not make the others look changed.
 */
export function keepService(
  before: ServiceView | undefined,
  after: ServiceView,
): ServiceView {
  if (!before) return after
  const held = new Map(before.slots.map((slot) => [slot.key, slot]))
  const matched = after.slots.map((slot) => keepIdentity(held.get(slot.key), slot))
  const same =
    matched.length === before.slots.length && matched.every((s, i) => s === before.slots[i])
  const { slots: _before, ...headBefore } = before
  const { slots: _after, ...headAfter } = after
  const head = keepIdentity(headBefore, headAfter)
  return same && head === headBefore
    ? before
    : { ...head, slots: same ? before.slots : matched }
}

const troubles: ReadonlySet<Verdict> = new Set(['down', 'degraded', 'flapping'])

/**
 * The verdict with the beginning that was known before, if it is the same trouble: the
 * swarm forgets the tasks in which a long trouble began, and we need not.
 */
export function withOldestSince(
  before: Convergence | undefined,
  after: Convergence,
): Convergence {
  if (!before?.since || before.verdict !== after.verdict || !troubles.has(after.verdict)) {
    return after
  }
  return after.since !== null && after.since < before.since
    ? after
    : { ...after, since: before.since }
}
