import type { Maintenance } from '@skep/shared/contract/maintenance'
import { plain, row } from './markdown.ts'

/** The record of a maintenance for whoever was not there, as Markdown. */
export function evidence({
  node,
  actor,
  startedAt,
  endedAt,
  ended,
  services,
  steps,
}: Maintenance): string {
  const rows = steps.map(({ title, state, doneAt, actor: who, sentence, note }) =>
    row(
      title,
      state === 'done' ? 'done' : 'not done',
      doneAt ?? '',
      who ?? '',
      note ?? sentence,
    ),
  )
  return [
    `# Maintenance of ${plain(node)}`,
    '',
    `- Begun ${startedAt} by ${plain(actor)}`,
    `- ${endedAt ? `Ended ${endedAt}, ${ended}` : 'Not ended'}`,
    `- Services stopped for it: ${services.map(({ service, replicas }) => `${plain(service)} (${replicas})`).join(', ') || 'none'}`,
    '',
    row('Step', 'State', 'When', 'Ticked off by', 'Seen'),
    row('---', '---', '---', '---', '---'),
    ...rows,
    '',
  ].join('\n')
}
