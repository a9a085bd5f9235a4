import type { JournalEntry, SuspectChange } from '@skep/shared/contract/journal'
import type { Reference } from '@skep/shared/contract/preview'

/** How far before the instant a change is looked for, in milliseconds. */
export const suspectWindow = 60 * 60_000

/** What stands around the failing thing, by name. */
export type Surroundings = {
  readonly subject: Reference | null
  /** Secrets, configs, networks, volumes and services that it uses or shares. */
  readonly related: readonly Reference[]
  /** Nodes that hold, or held, its tasks. */
  readonly nodes: readonly string[]
}

const order = ['same', 'related', 'node', 'swarm', 'other'] as const
type Closeness = (typeof order)[number]

/**
 * What changed in the hour before an instant, closest to the failing thing first, and of
 * equals the latest first. What merely reports the trouble itself is no suspect: of the
 * failing thing only actions and changed specs count.
 * @param entries the journal of that hour, in any order
 * @param at milliseconds since 1970
 */
export function suspects(
  entries: readonly JournalEntry[],
  at: number,
  around: Surroundings,
): SuspectChange[] {
  return entries
    .filter(
      ({ at: when }) => Date.parse(when) <= at && Date.parse(when) > at - suspectWindow,
    )
    .map((entry) => ({ entry, ...judged(entry, around) }))
    .filter(({ entry, closeness }) => isChange(entry, closeness))
    .map(({ entry, closeness, why }) => ({
      entry,
      closeness,
      why,
      minutesBefore: Math.floor((at - Date.parse(entry.at)) / 60_000),
    }))
    .sort(
      (a, b) =>
        order.indexOf(a.closeness) - order.indexOf(b.closeness) ||
        Date.parse(b.entry.at) - Date.parse(a.entry.at) ||
        b.entry.id - a.entry.id,
    )
}

const isChange = ({ kind, slot }: JournalEntry, closeness: Closeness): boolean => {
  if (kind === 'action' || kind === 'spec') return true
  if (kind === 'outcome') return false
  // A task of another service tells of that service alone.
  return closeness !== 'same' && slot === null
}

function judged(
  { subject, related }: JournalEntry,
  around: Surroundings,
): { closeness: Closeness; why: string } {
  const concerned = [subject, ...related]
  const own = around.subject
  if (own && concerned.some((one) => isSame(one, own))) {
    return { closeness: 'same', why: `It is a change of ${own.name} itself.` }
  }
  const shared = around.related.find((one) => concerned.some((two) => isSame(one, two)))
  if (own && shared) {
    return {
      closeness: 'related',
      why: `${own.name} uses the ${shared.kind} ${shared.name}.`,
    }
  }
  const node = around.nodes.find((name) => isSame(subject, { kind: 'node', name }))
  if (own && node) {
    return { closeness: 'node', why: `Tasks of ${own.name} run, or ran, on ${node}.` }
  }
  if (subject.kind === 'swarm') {
    return { closeness: 'swarm', why: 'It concerns the whole swarm.' }
  }
  return { closeness: 'other', why: 'It happened at that time.' }
}

const isSame = (a: Reference, b: Reference): boolean =>
  a.kind === b.kind && a.name === b.name
