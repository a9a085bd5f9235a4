import type { JournalEntry } from '@skep/shared/contract/journal'
import { dayOf } from './journal-words.ts'

/** Entries that say the same one after another: the newest of them, and the others. */
export type JournalLine = { newest: JournalEntry; before: JournalEntry[] }

/** The lines of one day. */
export type JournalDay = { key: string; at: number; lines: JournalLine[] }

/**
 * Entries, newest first, by day. What was observed several times running is one line, so
 * that a crash loop does not push everything else out of sight; what people did never is.
 */
export function journalDays(entries: readonly JournalEntry[]): JournalDay[] {
  const days: JournalDay[] = []
  for (const entry of entries) {
    const at = Date.parse(entry.at)
    const key = dayOf(at)
    let day = days.at(-1)
    if (day?.key !== key) {
      day = { key, at, lines: [] }
      days.push(day)
    }
    const line = day.lines.at(-1)
    if (line && isAgain(line.newest, entry)) line.before.push(entry)
    else day.lines.push({ newest: entry, before: [] })
  }
  return days
}

function isAgain(a: JournalEntry, b: JournalEntry): boolean {
  return (
    a.kind === 'transition' &&
    b.kind === 'transition' &&
    a.sentence === b.sentence &&
    a.cause === b.cause &&
    a.tone === b.tone &&
    a.slot === b.slot &&
    a.subject.kind === b.subject.kind &&
    a.subject.name === b.subject.name
  )
}

/** Both ends of an operation: what was asked, and what came of it. */
export type OperationEnds = { action: JournalEntry | null; outcome: JournalEntry | null }

/** The ends of every operation that entries tell of, by its id. */
export function operationEnds(
  entries: readonly JournalEntry[],
): ReadonlyMap<string, OperationEnds> {
  const ends = new Map<string, OperationEnds>()
  for (const entry of entries) {
    const { operation, kind } = entry
    if (operation === null || (kind !== 'action' && kind !== 'outcome')) continue
    const known = ends.get(operation) ?? { action: null, outcome: null }
    // Newest first: of two outcomes, the later is the one that stands.
    ends.set(operation, { ...known, [kind]: known[kind] ?? entry })
  }
  return ends
}
