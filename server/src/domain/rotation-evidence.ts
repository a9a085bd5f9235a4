import type { Operation } from '@skep/shared/contract/operation'
import { plain, row } from './markdown.ts'
import type { RotatedConsumer, RotationEvent, RotationRecord } from './rotation-record.ts'

/**
 * The record of a rotation for whoever was not there, as Markdown: what was before and
 * after, who did it and when, and what was seen of each service's health.
 * @param operations those of its consumers that are known still
 */
export function rotationEvidence(
  plan: RotationRecord,
  operations: ReadonlyMap<string, Operation>,
): string {
  const { kind, from, to, actor, startedAt, verifiedAt, retireFrom, endedAt } = plan
  return [
    `# Rotation of the ${kind} ${plain(from.name)}`,
    '',
    `- Before: ${plain(from.name)} (${plain(from.id)})`,
    `- After: ${plain(to.name)} (${plain(to.id ?? 'never created')})`,
    `- Begun ${startedAt} by ${plain(actor)}, ${plan.together ? 'all services at the same time' : 'one service after another'}`,
    `- ${verifiedAt ? `Verified ${verifiedAt}, rollback window until ${retireFrom ?? 'then'}` : 'Not verified'}`,
    `- ${endedAt ? `Ended ${endedAt}, ${plan.state}` : 'Not ended'}`,
    `- ${plain(plan.sentence)}`,
    ...plan.log.map(eventLine),
    '',
    row('Service', 'Files', 'State', 'Sent', 'Ended', 'Warnings known', 'Seen', 'Health'),
    row('---', '---', '---', '---', '---', '---', '---', '---'),
    ...plan.consumers.map((one) => consumerRow(one, operations)),
    '',
    'The value itself is in no record of the console.',
    '',
  ].join('\n')
}

const eventLine = ({ at, actor, sentence }: RotationEvent): string =>
  `- ${at}${actor === null ? '' : ` ${plain(actor)}`}: ${plain(sentence)}`

function consumerRow(
  one: RotatedConsumer,
  operations: ReadonlyMap<string, Operation>,
): string {
  const sent = operations.get(one.operation ?? '')
  return row(
    one.service,
    one.targets.join(', '),
    one.state,
    sent?.requestedAt ?? one.sentAt ?? '',
    one.endedAt ?? '',
    sent?.acknowledged.map(({ id }) => id).join(', ') ?? one.acknowledged.join(', '),
    one.sentence,
    one.health ?? '',
  )
}
