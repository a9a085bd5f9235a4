import type { LogLine, LogScript } from './behaviour.ts'
import type { Container } from './containers.ts'

export type DatedLine = LogLine & { at: number }

/** First lines come quickly one after the other. */
const GAP = 40

/**
 * The lines that a container has written from `since` until now, oldest first, at most
 * `tail` of them. They are made up when asked for: nothing is kept.
 */
export function logLines(
  { startedAt, endedAt, behaviour: { log } }: Container,
  now: number,
  { since = 0, tail = Number.POSITIVE_INFINITY }: { since?: number; tail?: number } = {},
): DatedLine[] {
  if (startedAt === null) return []
  const end = Math.min(now, endedAt ?? now)
  const lines: DatedLine[] = []
  if (endedAt !== null && endedAt <= now && endedAt >= since && tail > 0 && log.last)
    lines.push({ ...log.last, at: endedAt })
  const from = startedAt + log.first.length * GAP
  for (
    let number = countUntil(log, from, end);
    number >= 1 && lines.length < tail;
    number--
  ) {
    const at = instantOf(log, from, number)
    if (at < since) break
    lines.push({ ...log.next(number), at })
  }
  for (let index = log.first.length - 1; index >= 0 && lines.length < tail; index--) {
    const line = log.first[index]
    const at = startedAt + index * GAP
    if (line && at <= end && at >= since) lines.push({ ...line, at })
  }
  return lines.reverse()
}

/** When the next line is due; null if there will be none. */
export function nextLineAt(
  { startedAt, endedAt, behaviour: { log } }: Container,
  now: number,
): number | null {
  if (startedAt === null || endedAt !== null) return null
  const started = Math.floor((now - startedAt) / GAP) + 1
  if (started < log.first.length) return startedAt + started * GAP
  if (log.every <= 0) return null
  const from = startedAt + log.first.length * GAP
  return instantOf(log, from, countUntil(log, from, now) + 1)
}

/** In whole milliseconds, as the clock goes: who waits for a line has waited for all of it. */
const instantOf = ({ every }: LogScript, from: number, number: number): number =>
  Math.ceil(from + number * every)

/** How many lines are written by then; what rounding makes of a fraction is put right. */
function countUntil(log: LogScript, from: number, end: number): number {
  if (log.every <= 0) return 0
  let count = Math.max(0, Math.floor((end - from) / log.every))
  while (count > 0 && instantOf(log, from, count) > end) count -= 1
  while (instantOf(log, from, count + 1) <= end) count += 1
  return count
}
