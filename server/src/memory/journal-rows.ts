import type { JournalEntry } from '@skep/shared/contract/journal'
import type { Reference } from '@skep/shared/contract/preview'
import type { IndexedKind, JournalTable, ReferenceTable } from './schema.ts'

/** What happened, before it has its place in the order of the journal. */
export type NewEntry = Omit<JournalEntry, 'id'>

export type Rows = { entry: JournalTable; references: ReferenceTable[] }

/**
 * Bounds of what is kept of one entry, in UTF-16 code units. Names come from the swarm, but
 * the words of an error can hold all that a container has printed.
 */
const longest = { name: 1_000, sentence: 2_000, cause: 8_000 }
const mostRelated = 50

/** Of the names in an index: PostgreSQL takes no key above 2,700 bytes. No engine has longer. */
const longestKey = 255

/** An entry as rows; an instant that cannot be read becomes the present one. */
export function rowsOf(entry: NewEntry, id: number, now: number): Rows {
  const told = Date.parse(entry.at)
  const atMs = Number.isNaN(told) ? now : told
  const related = entry.related.slice(0, mostRelated).map(named)
  const subject = named(entry.subject)
  const slot = entry.slot === null ? null : keyed(entry.slot)
  return {
    entry: {
      id,
      at: Number.isNaN(told) ? new Date(now).toISOString() : entry.at,
      at_ms: atMs,
      kind: entry.kind,
      tone: entry.tone,
      subject_kind: subject.kind,
      subject_name: subject.name,
      related: JSON.stringify(related),
      slot,
      sentence: kept(entry.sentence, longest.sentence),
      cause: entry.cause === null ? null : kept(entry.cause, longest.cause),
      actor: entry.actor === null ? null : kept(entry.actor, longest.name),
      operation: entry.operation === null ? null : kept(entry.operation, longest.name),
    },
    references: concerned([subject, ...related]).map((reference) => ({
      ...reference,
      entry_id: id,
      entry_kind: entry.kind,
      slot: reference.kind === 'service' ? slot : null,
    })),
  }
}

export function entryOf(row: JournalTable): JournalEntry {
  const related: Reference[] = JSON.parse(row.related)
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    tone: row.tone,
    subject: { kind: row.subject_kind, name: row.subject_name },
    related,
    slot: row.slot,
    sentence: row.sentence,
    cause: row.cause,
    actor: row.actor,
    operation: row.operation,
  }
}

/** A name as the index has it, for what is written and for what is looked for. */
export const keyed = (name: string): string => clean(name.slice(0, longestKey))

/** The services and nodes among references, each once: nothing else has a timeline. */
function concerned(references: readonly Reference[]) {
  const found = new Map<string, { kind: IndexedKind; name: string }>()
  for (const { kind, name } of references) {
    if (kind !== 'service' && kind !== 'node') continue
    const key = keyed(name)
    found.set(`${kind} ${key}`, { kind, name: key })
  }
  return [...found.values()]
}

const named = ({ kind, name }: Reference): Reference => ({
  kind,
  name: kept(name, longest.name),
})

const kept = (text: string, length: number): string =>
  clean(text.length > length ? `${text.slice(0, length - 1)}…` : text)

/** PostgreSQL keeps no NUL in a text, and neither keeps half a surrogate pair. */
const clean = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')
