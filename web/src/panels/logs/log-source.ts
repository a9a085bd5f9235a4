import type { LogLine } from '@skep/shared/contract/log-line'
import type { LogEntry } from './log-buffer.ts'

/** Which task a line came from: its slot, or its id where the slot is not known any more. */
export function sourceOf({ slot, node, task }: LogLine): string {
  // Of a global service, the slot is the node.
  if (slot !== null && slot !== node) return slot
  return slot === null && task !== null ? task.slice(0, 12) : ''
}

const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** The time of a line, to the millisecond, in the reader's zone. */
export const timeOf = ({ at }: LogLine): string =>
  at === null ? '' : time.format(Date.parse(at))

/** Lines as text, for a ticket: full times, slot, node and stream before each. */
export const asText = (entries: readonly LogEntry[]): string =>
  entries
    .map((entry) => {
      if (entry.kind === 'note') return `-- ${entry.text}`
      const { at, node, stream } = entry.line
      return [at, sourceOf(entry.line), node, stream, entry.text].filter(Boolean).join(' ')
    })
    .join('\n')
