import type { RotationStep } from '@skep/shared/contract/rotation'
import { convergence } from './convergence.ts'
import { instant } from './instant.ts'
import { nodeFacts } from './node-facts.ts'
import {
  again,
  followedConsumer,
  isRelapsed,
  isSettled,
  isTroubled,
  lapsed,
} from './rotation-consumer.ts'
import {
  dated,
  isSuccessorThere,
  logged,
  type RotatedConsumer,
  type RotationRecord,
  reads,
  type Seen,
} from './rotation-record.ts'
import {
  isBusy,
  runWords,
  stopWords,
  undoneWords,
  verifiedWords,
  waitWords,
} from './rotation-words.ts'
import type { ClusterState, Millis } from './state.ts'
import { ofKind } from './stored/of-kind.ts'
import { tasksOfService } from './tasks-of.ts'
import { isUpdatePaused } from './update-status.ts'

/** What a rotation asks of one consumer next. */
export type NextAct = {
  readonly serviceId: string
  readonly service: string
  /** `resume` where its update to the new one is paused, else `swap`. */
  readonly kind: 'swap' | 'resume'
}

/**
 * A rotation as the swarm shows it now. It stops as soon as one consumer did not take the
 * new object, or does not run as asked for long; it is verified once every consumer took it,
 * and each runs. One that is not live says nothing
 * new; one whose new object was not created yet waits for that.
 */
export function followed(plan: RotationRecord, seen: Seen): RotationRecord {
  const { state } = seen
  if (plan.endedAt !== null || plan.to.id === null || state.swarm.state !== 'live')
    return plan
  if (plan.state === 'verified' && !ofKind(plan.kind, state).has(plan.from.id)) {
    return retired(plan, dated(seen), `${plan.from.name} is not there any more.`)
  }
  const found = plan.consumers.map((one) => followedConsumer(one, plan, seen))
  if (plan.state === 'verified') return stillVerified(plan, found, state)
  if (found.every(isSettled)) return verified({ ...plan, consumers: found }, seen)
  const isStopped = plan.state === 'stopped' || found.some(isTroubled)
  const as = { ...plan, state: isStopped ? 'stopped' : 'running' } as const
  const consumers = found.map((one) =>
    one.state === 'waiting' ? { ...one, sentence: waitWords(one, found, as, state) } : one,
  )
  const next = { ...as, step: stepOf(consumers, plan, state, seen.now), consumers }
  return { ...next, sentence: isStopped ? stopWords(next) : runWords(next) }
}

/**
 * Which consumers are to be updated now: one after another, each when the one before has
 * converged and held for its monitor window; or all of them at the same time. One that
 * somebody else is updating is waited for, unless that was known when this began. Nothing is
 * sent while any that has converged does not run as asked.
 */
export function nextActs(plan: RotationRecord, state: ClusterState): NextAct[] {
  const { consumers, together } = plan
  if (plan.state !== 'running' || plan.endedAt !== null || plan.to.id === null) return []
  if (state.swarm.state !== 'live' || consumers.some(isRelapsed)) return []
  if (!together && consumers.some((one) => one.state === 'updating')) return []
  const waiting = consumers.filter((one) => one.state === 'waiting')
  return (together ? waiting : waiting.slice(0, 1)).flatMap((one) =>
    isBusy(one, state) ? [] : actFor(plan, one, state),
  )
}

/** What each consumer that waits is to be sent when its turn comes, in that order. */
export const actsToCome = (plan: RotationRecord, state: ClusterState): NextAct[] =>
  plan.consumers.flatMap((one) => (one.state === 'waiting' ? actFor(plan, one, state) : []))

function actFor(
  plan: RotationRecord,
  { serviceId, service }: RotatedConsumer,
  { services }: ClusterState,
): NextAct[] {
  const found = services.get(serviceId)
  if (!found) return []
  const isHalfWay = reads(plan, found) === 'new' && isUpdatePaused(found)
  return [{ serviceId, service, kind: isHalfWay ? 'resume' : 'swap' }]
}

/** The rotation with this consumer about to be sent something: to be written down first. */
export const sending = (
  plan: RotationRecord,
  acts: readonly NextAct[],
  at: string,
): RotationRecord => ({
  ...plan,
  consumers: plan.consumers.map((one) =>
    acts.some(({ serviceId }) => serviceId === one.serviceId)
      ? { ...again(one), state: 'updating', sentAt: at, sentence: 'About to be updated.' }
      : one,
  ),
})

/** The rotation with something else known of one consumer. */
export const withConsumer = (
  plan: RotationRecord,
  serviceId: string,
  fields: Partial<RotatedConsumer>,
): RotationRecord => ({
  ...plan,
  consumers: plan.consumers.map((one) =>
    one.serviceId === serviceId ? { ...one, ...fields } : one,
  ),
})

/**
 * After a stop, or after some went back once it was verified: those that failed are tried
 * again, and the others come after them.
 */
export const resumed = (plan: RotationRecord): RotationRecord => ({
  ...plan,
  state: 'running',
  sentence: 'Resumed.',
  verifiedAt: null,
  retireFrom: null,
  consumers: plan.consumers.map((one) => (isTroubled(one) ? again(one) : one)),
})

export const abandoned = (
  plan: RotationRecord,
  at: string,
  sentence: string,
): RotationRecord => ({ ...plan, state: 'abandoned', endedAt: at, sentence })

export const retired = (
  plan: RotationRecord,
  at: string,
  sentence: string,
): RotationRecord => ({ ...plan, state: 'retired', step: 'retire', endedAt: at, sentence })

function verified(plan: RotationRecord, seen: Seen): RotationRecord {
  const verifiedAt = dated(seen)
  const until = Date.parse(verifiedAt) + plan.windowHours * 3_600_000
  const sentence = verifiedWords(plan, isSuccessorThere(plan, seen.state))
  return {
    ...logged(plan, verifiedAt, null, sentence),
    state: 'verified',
    step: 'retire',
    verifiedAt,
    retireFrom: instant(until),
    sentence,
  }
}

/** What was verified, and when, stays on record; that it is so no more is said. */
function stillVerified(
  plan: RotationRecord,
  found: readonly RotatedConsumer[],
  state: ClusterState,
): RotationRecord {
  const consumers = found.map((one) =>
    one.state === 'waiting'
      ? { ...one, sentence: `${one.service} refers to ${plan.from.name} again.` }
      : one,
  )
  const now = { ...plan, consumers }
  const sentence =
    lapsed(now).length > 0
      ? undoneWords(now)
      : verifiedWords(now, isSuccessorThere(now, state))
  return { ...now, sentence }
}

/** To verify is what is left once the tasks of each have been replaced. */
const stepOf = (
  consumers: readonly RotatedConsumer[],
  plan: RotationRecord,
  state: ClusterState,
  now: Millis,
): RotationStep =>
  consumers.every(
    (one) =>
      isSettled(one) ||
      isRelapsed(one) ||
      (one.state === 'updating' && isReplaced(one, plan, state, now)),
  )
    ? 'verify'
    : 'update'

const replaced: ReadonlySet<string> = new Set([
  'verifying',
  'converged',
  'complete',
  'running-job',
  'scaled-to-zero',
])

function isReplaced(
  { serviceId }: RotatedConsumer,
  plan: RotationRecord,
  state: ClusterState,
  now: Millis,
): boolean {
  const service = state.services.get(serviceId)
  if (!service || reads(plan, service) !== 'new') return false
  const tasks = tasksOfService(state, serviceId)
  const { verdict } = convergence(service, tasks, nodeFacts(state.nodes), now).convergence
  return replaced.has(verdict)
}
