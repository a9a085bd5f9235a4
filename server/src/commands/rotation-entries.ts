import type { Tone } from '@skep/shared/contract/attention'
import { instant } from '../domain/instant.ts'
import type { RotatedConsumer, RotationRecord } from '../domain/rotation-record.ts'
import type { NewEntry } from '../memory/journal.ts'
import { clock } from '../mirror/clock.ts'
import { actionEntry } from './action-entry.ts'

/** What a person did to a rotation. */
export const actEntry = (
  plan: RotationRecord,
  sentence: string,
  actor: string,
): NewEntry => ({
  ...actionEntry(subjectOf(plan), `${titleOf(plan)}: ${sentence}`, actor),
  related: relatedTo(plan, plan.consumers),
})

/** What became different between two looks, and is worth a line of the journal. */
export function newsOf(before: RotationRecord, after: RotationRecord): NewEntry[] {
  const news: NewEntry[] = []
  for (const one of after.consumers) {
    const was = before.consumers.find(({ serviceId }) => serviceId === one.serviceId)
    if (was?.state === one.state || !(one.state in tones)) continue
    const health = one.state === 'converged' && one.health ? ` ${one.health}` : ''
    const operation = one.state === 'rolled-back' ? one.rollback : one.operation
    news.push({
      ...outcome(after, [one], tones[one.state] ?? 'neutral'),
      sentence: `${titleOf(after)}: ${one.service} ${wordsFor(one)}. ${one.sentence.replace(/\.?$/, '.')}${health}`,
      operation,
    })
  }
  if (before.to.id === null && after.to.id !== null) {
    news.push({
      ...outcome(after, [], 'neutral'),
      sentence: `${titleOf(after)}: ${after.to.name} is created`,
    })
  }
  if (before.state !== after.state && after.state !== 'running') {
    const tone = after.state === 'stopped' ? 'warning' : 'ok'
    news.push({
      ...outcome(after, after.consumers, after.state === 'abandoned' ? 'neutral' : tone),
      sentence: `${titleOf(after)} is ${after.state}: ${after.sentence}`,
    })
  }
  return news
}

const titleOf = ({ kind, from, to }: RotationRecord): string =>
  `Rotation of ${kind} ${from.name} to ${to.name}`

const tones: Partial<Record<RotatedConsumer['state'], Tone>> = {
  converged: 'ok',
  failed: 'warning',
  'rolled-back': 'warning',
  superseded: 'neutral',
}

const stateWords: Readonly<Record<RotatedConsumer['state'], string>> = {
  waiting: 'waits',
  updating: 'is updated',
  converged: 'converged',
  failed: 'did not converge',
  'rolled-back': 'is back on the old one',
  superseded: 'has nothing to update any more',
}

/** One that had converged says so itself. */
const wordsFor = ({ state, relapse }: RotatedConsumer): string =>
  state === 'failed' && relapse ? 'is not as asked for any more' : stateWords[state]

const outcome = (
  plan: RotationRecord,
  consumers: readonly RotatedConsumer[],
  tone: Tone,
) => ({
  at: instant(clock.now()),
  kind: 'outcome' as const,
  tone,
  subject: subjectOf(plan),
  related: relatedTo(plan, consumers),
  slot: null,
  cause: null,
  actor: plan.actor,
  operation: null,
})

const subjectOf = ({ kind, from }: RotationRecord) => ({ kind, name: from.name })

const relatedTo = (
  { kind, to }: RotationRecord,
  consumers: readonly RotatedConsumer[],
): NewEntry['related'] => [
  { kind, name: to.name },
  ...consumers.map(({ service }) => ({ kind: 'service' as const, name: service })),
]
