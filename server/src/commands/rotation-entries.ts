import type { Tone } from '@skep/shared/contract/attention'
import { instant } from '../domain/instant.ts'
import type { RotatedConsumer, RotationRecord } from '../domain/rotation-record.ts'
import type { NewEntry } from '../memory/journal.ts'

/** What a person did to a rotation. */
export const actEntry = (
  plan: RotationRecord,
  sentence: string,
  actor: string,
): NewEntry => ({
  ...entry(plan, plan.consumers),
  kind: 'action',
  tone: 'neutral',
  sentence: `${titleOf(plan)}: ${sentence}`,
  actor,
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
      sentence: `${titleOf(after)}: ${one.service} ${stateWords[one.state]}. ${one.sentence}${health}`,
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

const outcome = (
  plan: RotationRecord,
  consumers: readonly RotatedConsumer[],
  tone: Tone,
) => ({
  ...entry(plan, consumers),
  kind: 'outcome' as const,
  tone,
  actor: plan.actor,
})

const entry = (
  { kind, from, to }: RotationRecord,
  consumers: readonly RotatedConsumer[],
) => ({
  at: instant(Date.now()),
  subject: { kind, name: from.name },
  related: [
    { kind, name: to.name },
    ...consumers.map(({ service }) => ({ kind: 'service' as const, name: service })),
  ],
  slot: null,
  cause: null,
  operation: null,
})
