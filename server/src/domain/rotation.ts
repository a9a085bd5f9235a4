import type { RotationStep } from '@skep/shared/contract/rotation'
import { instant } from './instant.ts'
import { again, followedConsumer } from './rotation-consumer.ts'
import {
  dated,
  type RotatedConsumer,
  type RotationRecord,
  reads,
  type Seen,
} from './rotation-record.ts'
import type { ClusterState } from './state.ts'
import { ofKind } from './stored/of-kind.ts'
import { isUpdatePaused, isUpdating } from './update-status.ts'
import { counted, listedBriefly } from './words.ts'

/** What a rotation asks of one consumer next. */
export type NextAct = {
  readonly serviceId: string
  readonly service: string
  /** `resume` where its update to the new one is paused, else `swap`. */
  readonly kind: 'swap' | 'resume'
}

/**
 * A rotation as the swarm shows it now. It stops as soon as one consumer did not take the
 * new object, and is verified once every consumer did. One that is not live says nothing
 * new; one whose new object was not created yet waits for that.
 */
export function followed(plan: RotationRecord, seen: Seen): RotationRecord {
  const { state } = seen
  if (plan.endedAt !== null || plan.to.id === null || state.swarm.state !== 'live')
    return plan
  if (plan.state === 'verified') {
    return ofKind(plan.kind, state).has(plan.from.id)
      ? plan
      : retired(plan, dated(seen), `${plan.from.name} is not there any more.`)
  }
  const found = plan.consumers.map((one) => followedConsumer(one, plan, seen))
  if (found.every(isSettled)) return verified({ ...plan, consumers: found }, seen)
  const isStopped = plan.state === 'stopped' || found.some(isTroubled)
  const as = { ...plan, state: isStopped ? 'stopped' : 'running' } as const
  const consumers = found.map((one) =>
    one.state === 'waiting' ? { ...one, sentence: waitWords(one, found, as, state) } : one,
  )
  const next = { ...as, step: stepOf(consumers), consumers }
  return { ...next, sentence: isStopped ? stopWords(next) : runWords(next) }
}

/**
 * Which consumers are to be updated now: one after another, each when the one before has
 * converged and held for its monitor window; or all of them at the same time. One that
 * somebody else is updating is waited for, unless that was known when this began.
 */
export function nextActs(plan: RotationRecord, state: ClusterState): NextAct[] {
  const { consumers, together } = plan
  if (plan.state !== 'running' || plan.endedAt !== null || plan.to.id === null) return []
  if (state.swarm.state !== 'live') return []
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

/** After a stop: those that failed are tried again, and the others come after them. */
export const resumed = (plan: RotationRecord): RotationRecord => ({
  ...plan,
  state: 'running',
  sentence: 'Resumed.',
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

/** Whether a consumer did not take the new object, so that a person must decide. */
export const isTroubled = ({ state }: RotatedConsumer): boolean =>
  state === 'failed' || state === 'rolled-back'

const isSettled = ({ state }: RotatedConsumer): boolean =>
  state === 'converged' || state === 'superseded'

const isBusy = (one: RotatedConsumer, { services }: ClusterState): boolean => {
  const service = services.get(one.serviceId)
  return (
    service !== undefined &&
    isUpdating(service) &&
    !one.acknowledged.includes('update-in-progress')
  )
}

function verified(plan: RotationRecord, seen: Seen): RotationRecord {
  const verifiedAt = dated(seen)
  const until = Date.parse(verifiedAt) + plan.windowHours * 3_600_000
  return {
    ...plan,
    state: 'verified',
    step: 'retire',
    verifiedAt,
    retireFrom: instant(until),
    sentence: verifiedWords(plan),
  }
}

function verifiedWords({ consumers, to }: RotationRecord): string {
  const converged = consumers.filter(({ state }) => state === 'converged')
  return converged.length === 0
    ? `${to.name} is there. No service refers to it yet.`
    : `Verified: ${counted(converged.length, 'service runs', 'services run')} with ${to.name}.`
}

const stepOf = (consumers: readonly RotatedConsumer[]): RotationStep =>
  consumers.some((one) => one.state === 'waiting' || isTroubled(one)) ? 'update' : 'verify'

function waitWords(
  one: RotatedConsumer,
  all: readonly RotatedConsumer[],
  { state, together }: Pick<RotationRecord, 'state' | 'together'>,
  cluster: ClusterState,
): string {
  if (state === 'stopped') return 'Not updated: the rotation is stopped.'
  const before = all.slice(0, all.indexOf(one)).filter((other) => !isSettled(other))
  if (!together && before.length > 0) {
    return `Waits for ${listedBriefly(before.map(({ service }) => service))}.`
  }
  return isBusy(one, cluster)
    ? `Another update of ${one.service} is under way: this waits for its end.`
    : 'Is next.'
}

function runWords({ consumers, to }: RotationRecord): string {
  const done = consumers.filter(isSettled).length
  const underWay = consumers.filter((one) => one.state === 'updating')
  const [one] = underWay
  const progress = `${done} of ${counted(consumers.length, 'service')} with ${to.name}`
  if (underWay.length > 1) {
    return `${progress}; ${listedBriefly(underWay.map(({ service }) => service))} under way.`
  }
  const next = one ?? consumers.find(({ state }) => state === 'waiting')
  return next ? `${progress}; ${next.service}: ${next.sentence}` : `${progress}.`
}

function stopWords({ consumers, to }: RotationRecord): string {
  const troubled = consumers.filter(isTroubled)
  if (troubled.length === 0) {
    const left = consumers.filter((one) => !isSettled(one)).map(({ service }) => service)
    return `What stopped this is over: resume it to go on with ${listedBriefly(left)}.`
  }
  const why = troubled.map(({ service, sentence }) => `${service}: ${sentence}`)
  return `Stopped: ${listedBriefly(troubled.map(({ service }) => service))} did not take ${to.name}. ${why.join(' ')}`
}
