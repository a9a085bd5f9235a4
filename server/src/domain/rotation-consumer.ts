import { convergence } from './convergence.ts'
import { nodeFacts } from './node-facts.ts'
import { outcome } from './outcome.ts'
import {
  dated,
  type RotatedConsumer,
  type RotationRecord,
  reads,
  type Seen,
} from './rotation-record.ts'
import { relapse } from './rotation-relapse.ts'
import { stalled, stallPatience } from './rotation-stall.ts'
import type { Millis, Service } from './state.ts'
import { isJob } from './task-life.ts'
import { tasksOfService } from './tasks-of.ts'
import { isUpdatePaused } from './update-status.ts'

/** What a look is at: one consumer of a rotation, and its service as it is now. */
type Case = {
  readonly one: RotatedConsumer
  readonly plan: RotationRecord
  readonly service: Service
  readonly finds: 'old' | 'new' | 'neither'
  readonly seen: Seen
}

/**
 * A consumer as the swarm shows it now. What its spec refers to decides; the operation that
 * updated it tells how that went. One that does not refer to the old object any more, and
 * not to the new one either, is `superseded`: there is nothing left to do with it. One that
 * has converged is looked at for as long as the rotation is open.
 */
export function followedConsumer(
  one: RotatedConsumer,
  plan: RotationRecord,
  seen: Seen,
): RotatedConsumer {
  const service = seen.state.services.get(one.serviceId)
  if (!service) return superseded(one, `${one.service} was removed.`, seen)
  const finds = reads(plan, service)
  const applied = one.applied || finds === 'new'
  const of: Case = { one: { ...one, applied }, plan, service, finds, seen }
  const found = followedCase(of)
  return found.state === 'converged' ? stillThere({ ...of, one: found }) : found
}

function followedCase(of: Case): RotatedConsumer {
  const { one, finds } = of
  switch (one.state) {
    case 'waiting':
      return waiting(of)
    case 'updating':
      return updating(of)
    case 'converged':
      return finds === 'new' ? one : finds === 'old' ? wentBack(of) : without(of)
    case 'failed':
    case 'rolled-back':
      return afterFailure(of)
    case 'superseded':
      return finds === 'neither' ? one : waiting({ ...of, one: again(of.one) })
  }
}

/** Whether a consumer did not take the new object, so that a person must decide. */
export const isTroubled = ({ state }: RotatedConsumer): boolean =>
  state === 'failed' || state === 'rolled-back'

/** Whether a consumer converged, and does not run as asked now. */
export const isRelapsed = ({ state, relapse }: RotatedConsumer): boolean =>
  state === 'converged' && !!relapse

/** Whether there is nothing left to do with a consumer, and nothing to wait for. */
export const isSettled = (one: RotatedConsumer): boolean =>
  (one.state === 'converged' && !isRelapsed(one)) || one.state === 'superseded'

/** Those of a rotation that was verified that are not with the new object any more. */
export const lapsed = ({
  consumers,
}: Pick<RotationRecord, 'consumers'>): RotatedConsumer[] =>
  consumers.filter((one) => one.state === 'waiting' || isTroubled(one))

/** A consumer to be tried again, by whoever has seen what stood against it. */
export const again = (one: RotatedConsumer): RotatedConsumer => ({
  ...one,
  state: 'waiting',
  applied: false,
  operation: null,
  rollback: null,
  specHash: null,
  sentAt: null,
  endedAt: null,
  health: null,
  ran: null,
  relapse: null,
})

function waiting(of: Case): RotatedConsumer {
  const { one, service, finds } = of
  if (finds === 'neither') return without(of)
  return finds === 'new' && !isUpdatePaused(service) ? watched(of) : one
}

function updating(of: Case): RotatedConsumer {
  const { one, finds, seen } = of
  const operation = one.operation === null ? null : seen.operation(one.operation)
  if (operation === null) {
    if (finds === 'new') return watched(of)
    if (finds === 'neither') return without(of)
    if (isBeingSent(of)) return one
    // Nothing was sent: what is sent was written down before, as an operation.
    return one.applied ? wentBack(of) : again(one)
  }
  const { state, sentence } = operation
  switch (state) {
    case 'requested':
    case 'accepted':
      return patiently(of, { ...one, sentence })
    case 'converged':
      if (finds === 'new') return converged(of, sentence)
      return finds === 'old' ? wentBack(of) : without(of)
    case 'failed':
      return finds === 'old' && operation.acceptedAt !== null
        ? wentBack({ ...of, one: { ...one, applied: true } }, sentence)
        : failed(of, sentence)
    case 'superseded':
      if (finds === 'new') return watched(of)
      if (finds === 'neither') return without(of)
      return one.applied
        ? wentBack(of, sentence)
        : failed(of, `${sentence} ${stillOld(of)}`)
    case 'unknown':
      // The engine's answer was lost; what the service refers to tells what it did.
      if (finds === 'new') return watched(of)
      return finds === 'old' ? again(one) : without(of)
  }
}

/** Judges the spec that is there, where no operation of ours is known to have left it. */
function watched(of: Case): RotatedConsumer {
  const { service, seen } = of
  const isSame = of.one.specHash === service.specHash && of.one.sentAt !== null
  const one: RotatedConsumer = {
    ...of.one,
    state: 'updating',
    operation: null,
    specHash: service.specHash,
    sentAt: isSame ? of.one.sentAt : dated(seen),
  }
  const since = one.sentAt ?? dated(seen)
  const found = outcome(
    {
      // However the service came to this spec: also a rollback may have led to it.
      kind: 'rollback',
      subject: { kind: 'service', name: service.name, id: service.id },
      state: 'accepted',
      sentence: one.sentence,
      requestedAt: since,
      acceptedAt: since,
    },
    {
      specHash: service.specHash,
      before: { specHash: '', version: service.version },
      expects: 'update',
    },
    seen.state,
    seen.now,
  )
  const now = { ...of, one }
  if (found.state === 'converged') return converged(now, found.sentence)
  return found.state === 'failed'
    ? failed(now, found.sentence)
    : patiently(now, { ...one, sentence: found.sentence })
}

/**
 * How long an update may be about to be sent, in milliseconds. Whoever wrote that down, this
 * console or another on the same memory, has its operation on record by then, or is gone; if
 * it should be late all the same, the engine takes one of two updates of one version.
 */
const sendPatience: Millis = 20_000

const isBeingSent = ({ one, seen }: Case): boolean =>
  one.operation === null &&
  one.specHash === null &&
  one.sentAt !== null &&
  Date.parse(dated(seen)) - Date.parse(one.sentAt) < sendPatience

/** One whose update is under way, unless that gets nowhere for longer than is waited. */
function patiently(of: Case, underWay: RotatedConsumer): RotatedConsumer {
  const { plan, service, finds, seen } = of
  if (finds !== 'new') return underWay
  const since = Date.parse(underWay.sentAt ?? plan.startedAt) + seen.state.swarm.clockAhead
  const why = stalled(service, seen.state, since, seen.now)
  return why === null ? underWay : failed({ ...of, one: underWay }, why)
}

/** One that failed: it may have come right since, or have gone back to the old object. */
function afterFailure(of: Case): RotatedConsumer {
  const { one, service, finds, seen } = of
  if (finds === 'neither') return without(of)
  if (finds === 'new') {
    // Somebody gave it the new one again: that is another try.
    if (one.state === 'rolled-back') return watched({ ...of, one: again(one) })
    const { verdict, sentence } = judged(service, seen)
    return successes.has(verdict) ? converged(of, sentence) : one
  }
  if (one.state === 'failed' && one.applied) {
    return wentBack(of, one.sentence.replace(` ${stillOld(of)}`, ''))
  }
  return one.state === 'rolled-back' ? { ...one, sentence: undone(of) } : one
}

const successes: ReadonlySet<string> = new Set(['converged', 'complete', 'scaled-to-zero'])

const judged = (service: Service, { state, now }: Seen) =>
  convergence(service, tasksOfService(state, service.id), nodeFacts(state.nodes), now)
    .convergence

function converged({ one, service, seen }: Case, sentence: string): RotatedConsumer {
  const { verdict } = judged(service, seen)
  const ran =
    verdict === 'scaled-to-zero' ? 'nothing' : isJob(service.mode) ? 'ended' : 'goes-on'
  const health = healthWords(ran, service)
  const endedAt = dated(seen)
  return { ...one, state: 'converged', sentence, endedAt, ran, health, relapse: null }
}

/**
 * One that converged, and has the new object still. Not as asked any more, it holds the rest
 * up, and fails when that lasts, whatever the reason. Once all was verified a trouble that
 * need not come of the new value undoes nothing: it is told where the old one is removed.
 */
function stillThere(of: Case): RotatedConsumer {
  const { one, plan, service, seen } = of
  const found = relapse(service, seen.state, seen.now)
  if (found === null) return one.relapse ? { ...one, relapse: null } : one
  const { sentence, hasFailed } = found
  const at = dated(seen)
  const since = one.relapse?.since ?? at
  const relapsed = { ...one, relapse: { since, sentence } }
  const lasts = Date.parse(at) - Date.parse(since) >= stallPatience
  if (!lasts || (plan.state === 'verified' && !hasFailed)) return relapsed
  const why = `It had converged, and is not as asked for since ${since}: ${sentence}. Whether ${plan.to.name} is the reason cannot be told.`
  return { ...relapsed, ...unseen, state: 'failed', sentence: why, endedAt: at }
}

/** What was seen of one that is not so any more. */
const unseen = { health: null, ran: null } as const

/** What was seen of its health; of a service of which nothing runs, nothing. */
function healthWords(
  ran: NonNullable<RotatedConsumer['ran']>,
  { hasHealthCheck }: Pick<Service, 'hasHealthCheck'>,
): string {
  switch (ran) {
    case 'nothing':
      return 'Nothing runs: no task has read it yet.'
    case 'ended':
      return 'It is a job: its tasks ran to their end.'
    case 'goes-on':
      return hasHealthCheck
        ? 'Its health check passed in every task.'
        : 'Its spec has no health check: its tasks went on running.'
  }
}

const failed = ({ one, seen }: Case, sentence: string): RotatedConsumer => ({
  ...one,
  state: 'failed',
  sentence,
  endedAt: one.endedAt ?? dated(seen),
})

/** Back on the old object: by the swarm itself, by the act of a rotation, or by hand. */
function wentBack(of: Case, why: string | null = null): RotatedConsumer {
  const { one, plan, service, seen } = of
  const found = `${service.name} refers to ${plan.from.name} again.`
  const sentence = why === null ? found : `${why.replace(/\.?$/, '.')} ${found}`
  const back = { state: 'rolled-back', sentence, endedAt: dated(seen) } as const
  return { ...one, ...unseen, ...back, relapse: null }
}

const stillOld = ({ plan, service }: Case): string =>
  `${service.name} still refers to ${plan.from.name}.`

/** What became of the rollback that was asked for here, behind why it was asked for. */
function undone({ one, seen }: Case): string {
  const back = one.rollback === null ? null : seen.operation(one.rollback)
  if (back === null) return one.sentence
  const [why = ''] = one.sentence.split(rollbackMark, 1)
  return `${why}${rollbackMark}${back.sentence}`
}

const rollbackMark = ' Its rollback: '

const without = (of: Case): RotatedConsumer =>
  superseded(
    of.one,
    `${of.service.name} refers to neither ${of.plan.from.name} nor ${of.plan.to.name}: nothing is left to update.`,
    of.seen,
  )

const superseded = (
  one: RotatedConsumer,
  sentence: string,
  seen: Seen,
): RotatedConsumer => ({
  ...one,
  state: 'superseded',
  sentence,
  endedAt: one.endedAt ?? dated(seen),
  relapse: null,
})
