import type { Maintenance } from '@skep/shared/contract/maintenance'

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

const row = (...cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`

/** Names and notes are whatever somebody wrote: nothing in them is markup. */
const plain = (text: string): string =>
  text === '---'
    ? text
    : text.replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&').replace(/\s+/g, ' ')
