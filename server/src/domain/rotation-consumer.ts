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
import type { Service } from './state.ts'
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
 * not to the new one either, is `superseded`: there is nothing left to do with it.
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

/** A consumer to be tried again, by whoever has seen what stood against it. */
export const again = (one: RotatedConsumer): RotatedConsumer => ({
  ...one,
  state: 'waiting',
  operation: null,
  rollback: null,
  specHash: null,
  sentAt: null,
  endedAt: null,
})

function waiting(of: Case): RotatedConsumer {
  const { one, service, finds } = of
  if (finds === 'neither') return without(of)
  return finds === 'new' && !isUpdatePaused(service) ? watched(of) : one
}

function updating(of: Case): RotatedConsumer {
  const { one, plan, service, finds, seen } = of
  const operation = one.operation === null ? null : seen.operation(one.operation)
  if (operation === null) {
    if (finds === 'new') return watched(of)
    // Nothing was sent: what is sent was written down before, as an operation.
    return finds === 'old' ? again(one) : without(of)
  }
  const { state, sentence } = operation
  switch (state) {
    case 'requested':
    case 'accepted':
      return { ...one, sentence }
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
      return failed(of, `${sentence} ${service.name} still refers to ${plan.from.name}.`)
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
    : { ...one, sentence: found.sentence }
}

/** One that failed: it may have come right since, or have gone back to the old object. */
function afterFailure(of: Case): RotatedConsumer {
  const { one, service, finds, seen } = of
  if (finds === 'neither') return without(of)
  if (finds === 'new') {
    const tasks = tasksOfService(seen.state, service.id)
    const nodes = nodeFacts(seen.state.nodes)
    const { verdict, sentence } = convergence(service, tasks, nodes, seen.now).convergence
    return successes.has(verdict) ? converged(of, sentence) : { ...one, state: 'failed' }
  }
  if (one.state === 'failed' && one.applied) return wentBack(of, one.sentence)
  return one.state === 'rolled-back' ? { ...one, sentence: undone(of) } : one
}

const successes: ReadonlySet<string> = new Set(['converged', 'complete', 'scaled-to-zero'])

const converged = ({ one, service, seen }: Case, sentence: string): RotatedConsumer => ({
  ...one,
  state: 'converged',
  sentence,
  endedAt: dated(seen),
  health: service.hasHealthCheck
    ? 'Its health check passed in every task.'
    : 'Its spec has no health check: its tasks went on running.',
})

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
  return { ...one, state: 'rolled-back', sentence, endedAt: dated(seen) }
}

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
})
