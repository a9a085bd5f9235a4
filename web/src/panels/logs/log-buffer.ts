import type { LogLine } from '@skep/shared/contract/log-line'
import { logText } from './log-text.ts'

/** A line that is ready to show, or a note of the console between lines. */
export type LogEntry =
  | { kind: 'line'; id: number; receivedAt: number; line: LogLine; text: string }
  | { kind: 'note'; id: number; receivedAt: number; text: string }

export type LogBuffer = {
  readonly entries: readonly LogEntry[]
  /** Lines that were let go since they were too many. */
  readonly dropped: number
  /** The newest time seen of each task: after a reconnect the engine repeats itself. */
  readonly seen: ReadonlyMap<string, string>
  readonly nextId: number
}

/** How many entries are kept. */
export const capacity = 5_000

/**
 * How long a line may still be overtaken, in milliseconds. The engine merges the logs of
 * many nodes as they arrive, so neighbours can be out of order; but a node whose clock is
 * wrong must not write into the past, where nobody looks any more.
 */
const settling = 2_000

export const emptyBuffer: LogBuffer = {
  entries: [],
  dropped: 0,
  seen: new Map(),
  nextId: 0,
}

/** The buffer with lines added, each where its time puts it among those not yet settled. */
export function withLines(
  buffer: LogBuffer,
  lines: readonly LogLine[],
  now: number,
): LogBuffer {
  const seen = new Map(buffer.seen)
  const fresh: LogEntry[] = []
  for (const line of lines) {
    fresh.push({
      kind: 'line',
      id: buffer.nextId + fresh.length,
      receivedAt: now,
      line,
      text: logText(line.text),
    })
    const { task, at } = line
    if (task && at && at > (seen.get(task) ?? '')) seen.set(task, at)
  }
  if (fresh.length === 0) return buffer
  const nextId = buffer.nextId + fresh.length
  return kept({ ...buffer, entries: merged(buffer.entries, fresh, now), seen, nextId })
}

/** The buffer with a note of the console at its end. */
export function withNote(buffer: LogBuffer, text: string, now: number): LogBuffer {
  const note: LogEntry = { kind: 'note', id: buffer.nextId, receivedAt: now, text }
  const { entries, nextId } = buffer
  return kept({ ...buffer, entries: [...entries, note], nextId: nextId + 1 })
}

/** The lines that are not repetitions of what the buffer has seen. */
export const newLines = ({ seen }: LogBuffer, lines: readonly LogLine[]): LogLine[] =>
  lines.filter(({ task, at }) => !task || !at || at > (seen.get(task) ?? ''))

function kept(buffer: LogBuffer): LogBuffer {
  const excess = buffer.entries.length - capacity
  if (excess <= 0) return buffer
  return {
    ...buffer,
    entries: buffer.entries.slice(excess),
    dropped: buffer.dropped + excess,
  }
}

function merged(
  entries: readonly LogEntry[],
  fresh: readonly LogEntry[],
  now: number,
): LogEntry[] {
  let settled = entries.length
  while (settled > 0 && isUnsettled(entries[settled - 1], now)) settled -= 1
  return [
    ...entries.slice(0, settled),
    // Stable, and what has no time stays behind what came before it.
    ...inOrder([...entries.slice(settled), ...fresh]),
  ]
}

const isUnsettled = (entry: LogEntry | undefined, now: number): boolean =>
  entry?.kind === 'line' && now - entry.receivedAt < settling

function inOrder(entries: LogEntry[]): LogEntry[] {
  let last = ''
  const timed = entries.map((entry) => {
    const at = entry.kind === 'line' ? entry.line.at : null
    last = at ?? last
    return { entry, at: last }
  })
  return timed
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ entry }) => entry)
}
