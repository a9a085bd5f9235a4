import type { StoredEntry, StoredFlag } from '@skep/shared/contract/stored'
import { consumerRoleWords, storedFlagWords } from '@skep/shared/vocabulary'
import { type Sort, sorted, writeSort } from '../../ui/sort.ts'

/** A row of the list: one of them, or the newest of a family and how many stand behind it. */
export type StoredRow = {
  stored: StoredEntry
  /** Others of its family that match as well; null where nothing is grouped. */
  others: number | null
  isOpen: boolean
  /** One of those others, beneath the newest. */
  isOther: boolean
}

/** How the list is looked at. */
export type StoredLook = {
  q: string
  flag: StoredFlag | null
  grouped: boolean
  /** Families whose others are shown. */
  open: ReadonlySet<string>
  sort: Sort | null
}

/** What is put together for searching is kept for as long as the row is. */
const texts = new WeakMap<StoredEntry, string>()

function textOf(stored: StoredEntry): string {
  const known = texts.get(stored)
  if (known !== undefined) return known
  const { name, stack, driver, templating, consumers, volumes, flags, labels } = stored
  // Put together piece by piece: thousands of them are, at the first letter of a question.
  let text = `${name}\n${stack ?? ''}\n${driver ?? ''}\n${templating ?? ''}`
  for (const { service, roles } of consumers) {
    text += `\n${service}`
    for (const role of roles) text += `\n${consumerRoleWords[role].label}`
  }
  for (const { volume } of volumes) text += `\n${volume}`
  for (const flag of flags) text += `\n${flag}\n${storedFlagWords[flag].label}`
  for (const key in labels) text += `\n${key}\n${labels[key]}`
  text = text.toLowerCase()
  texts.set(stored, text)
  return text
}

/** Those that hold all words of a question, in any order and case. */
export function searched(
  items: readonly StoredEntry[],
  question: string,
): readonly StoredEntry[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return items
  return items.filter((one) => {
    const text = textOf(one)
    return words.every((word) => text.includes(word))
  })
}

/** What a column puts the rows in order by. */
export const sortValues: Record<string, (stored: StoredEntry) => string | number | null> = {
  name: ({ name }) => name,
  // The youngest first: an age, not a date.
  age: ({ createdAt }) => -Date.parse(createdAt),
  used: ({ consumers, volumes }) => consumers.length + volumes.length,
  stack: ({ stack }) => stack,
  size: ({ bytes }) => bytes,
}

/** Each order of a list is worked out once: letters of a question do not change it. */
const orders = new WeakMap<readonly StoredEntry[], Map<string, readonly StoredEntry[]>>()

function inOrder(items: readonly StoredEntry[], sort: Sort | null): readonly StoredEntry[] {
  const by = sort && sortValues[sort.key]
  if (!by) return items
  const known = orders.get(items) ?? new Map<string, readonly StoredEntry[]>()
  orders.set(items, known)
  const key = writeSort(sort)
  const order = known.get(key) ?? sorted(items, by, sort.direction)
  known.set(key, order)
  return order
}

/** The rows of the list, in their order. Pure; of thousands it takes some milliseconds. */
export function storedRows(items: readonly StoredEntry[], look: StoredLook): StoredRow[] {
  const { q, flag, grouped, open, sort } = look
  const found = searched(inOrder(items, sort), q).filter(
    (one) => !flag || one.flags.includes(flag),
  )
  if (!grouped) return found.map(plainRow)
  const families = Map.groupBy(found, ({ family }) => family)
  const heads = new Map(
    [...families.values()].map((those) => [headOf(those), those] as const),
  )
  return found.flatMap((stored) => {
    const those = heads.get(stored)
    if (!those) return []
    const isOpen = open.has(stored.family)
    const head = { stored, others: those.length - 1, isOpen, isOther: false }
    if (!isOpen) return [head]
    const others = youngestFirst(those.filter((one) => one !== stored))
    return [
      head,
      ...others.map((one) => ({ stored: one, others: null, isOpen: false, isOther: true })),
    ]
  })
}

/** The same row for the same one, so that what shows it need not be drawn again. */
const plainRows = new WeakMap<StoredEntry, StoredRow>()

function plainRow(stored: StoredEntry): StoredRow {
  const known = plainRows.get(stored)
  if (known) return known
  const row = { stored, others: null, isOpen: false, isOther: false }
  plainRows.set(stored, row)
  return row
}

/** The newest by version; where the filter hides that, the youngest. */
function headOf(those: readonly StoredEntry[]): StoredEntry {
  const [first] = youngestFirst(those)
  const head = those.find(({ newest }) => newest) ?? first
  if (!head) throw new Error('A family has members')
  return head
}

/** Newest first: by when they were made, which a name may not tell. */
export const youngestFirst = (those: readonly StoredEntry[]): StoredEntry[] =>
  // Instants in UTC are in the order of their text.
  those.toSorted((a, b) =>
    a.createdAt > b.createdAt ? -1 : Number(a.createdAt < b.createdAt),
  )

type Flagged = Pick<StoredEntry, 'flags'>
type Counts = ReadonlyMap<StoredFlag, number>
const countsOf = new WeakMap<readonly Flagged[], Counts>()

/** How many carry each flag; of one array counted once, however many ask. */
export function flagCounts(items: readonly Flagged[]): Counts {
  const known = countsOf.get(items)
  if (known) return known
  const counts = new Map<StoredFlag, number>()
  for (const { flags } of items)
    for (const flag of flags) counts.set(flag, (counts.get(flag) ?? 0) + 1)
  countsOf.set(items, counts)
  return counts
}

/** The others of its family, and itself, newest first. */
export const familyOf = (
  items: readonly StoredEntry[],
  { family }: StoredEntry,
): StoredEntry[] => youngestFirst(items.filter((one) => one.family === family))
