import type { JournalEntry } from '@skep/shared/contract/journal'
import { api } from '@skep/shared/paths'
import { matches } from '../../ui/words.ts'

export type JournalKind = JournalEntry['kind']

/** Which entries are asked for; what is left out does not matter. Instants are ISO 8601. */
export type JournalFilter = {
  service?: string
  node?: string
  kind?: JournalKind
  slot?: string
  actor?: string
  /** Words of the subject, or of anything else that an entry says. */
  q?: string
  from?: string
  to?: string
}

export const journalKinds = [
  'action',
  'outcome',
  'transition',
  'spec',
] as const satisfies readonly JournalKind[]

/** A kind out of an address, where anything may stand. */
export const readKind = (text: string | undefined): JournalKind | undefined =>
  journalKinds.find((kind) => kind === text)

/** An instant out of an address, where anything may stand. */
export const readInstant = (text: string | undefined): string | undefined =>
  text !== undefined && Number.isFinite(Date.parse(text)) ? text : undefined

/** Where a page of the journal is read; `before` is an entry's id, and not on that page. */
export function journalPath(
  filter: JournalFilter,
  limit: number,
  before: number | null,
): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''),
  )
  if (before !== null) query.set('before', String(before))
  query.set('limit', String(limit))
  return `${api.journal()}?${query}`
}

/**
 * Whether an entry is asked for. What it concerns is for the server to judge, which knows
 * the tasks of a node; the rest is judged here too, so that a text takes effect at once.
 */
export function isAsked(filter: JournalFilter, entry: JournalEntry): boolean {
  const { kind, slot, actor, q = '', from, to } = filter
  const at = Date.parse(entry.at)
  return (
    (kind === undefined || entry.kind === kind) &&
    (slot === undefined || entry.slot === slot) &&
    (actor === undefined || entry.actor === actor) &&
    (from === undefined || at >= Date.parse(from)) &&
    (to === undefined || at <= Date.parse(to)) &&
    (q === '' || matches(q, ...words(entry)))
  )
}

const words = ({ subject, related, slot, sentence, cause, actor }: JournalEntry) => [
  subject.name,
  ...related.map(({ name }) => name),
  slot && `slot ${slot}`,
  sentence,
  cause,
  actor,
]
