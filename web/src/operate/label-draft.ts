import type { Question } from './arguments.ts'

/** A label that is to be added; it has an id because its key may still be anything. */
export type AddedLabel = { id: number; key: string; value: string }

/** What was typed into the editor, apart from the labels themselves, which may change. */
export type LabelDraft = {
  /** By key, of labels that are there: another value, or null to take it away. */
  edits: Readonly<Record<string, string | null>>
  added: readonly AddedLabel[]
}

export const emptyLabelDraft: LabelDraft = { edits: {}, added: [] }

/** One line of the editor. */
export type LabelRow =
  | { kind: 'present'; key: string; value: string; now: string; removed: boolean }
  | ({ kind: 'added' } & AddedLabel)

/**
 * The labels of something with what was typed over them. A label that was changed here and
 * taken away elsewhere meanwhile goes on as one to add: nothing that was typed is lost.
 */
export function labelRows(
  labels: Readonly<Record<string, string>>,
  { edits, added }: LabelDraft,
): LabelRow[] {
  const present = Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, now]) => {
      const edit = Object.hasOwn(edits, key) ? edits[key] : undefined
      const removed = edit === null
      return { kind: 'present', key, value: edit ?? now, now, removed } as const
    })
  const orphans = Object.entries(edits)
    .filter(([key, value]) => value !== null && !Object.hasOwn(labels, key))
    .map(
      ([key, value], i) =>
        ({ kind: 'added', id: -1 - i, key, value: value ?? '' }) as const,
    )
  return [
    ...present,
    ...orphans,
    ...added.map((one) => ({ kind: 'added', ...one }) as const),
  ]
}

/** Names a field of the editor, for what is wrong with it. */
export const fieldName = {
  value: (key: string) => `value ${key}`,
  addedKey: (id: number) => `key of ${id}`,
  addedValue: (id: number) => `value of ${id}`,
} as const

/**
 * What the rows ask for: only what differs from the labels that are there.
 * @param longest the most characters that the contract takes of a key
 */
export function labelsQuestion(
  rows: readonly LabelRow[],
  longest = longestNodeKey,
): Question {
  const errors: Record<string, string> = {}
  const set: string[] = []
  const unset: string[] = []
  const keys = new Set(rows.flatMap((row) => (row.kind === 'present' ? [row.key] : [])))
  for (const row of rows) {
    if (row.kind === 'present') {
      if (row.removed) unset.push(row.key)
      else if (row.value !== row.now) {
        const error = row.key.includes('=')
          ? 'The name of this label holds a `=`: it can be removed here, not changed.'
          : valueError(row.key, row.value)
        if (error !== null) errors[fieldName.value(row.key)] = error
        set.push(`${row.key}=${row.value}`)
      }
      continue
    }
    const key = row.key.trim()
    // Still to be filled in: nothing is asked, and nothing is wrong.
    if (key === '' && row.value === '') continue
    const wrongKey = keyError(key, keys, longest)
    const wrongValue = valueError(key, row.value)
    if (wrongKey !== null) errors[fieldName.addedKey(row.id)] = wrongKey
    else if (wrongValue !== null) errors[fieldName.addedValue(row.id)] = wrongValue
    keys.add(key)
    set.push(`${key}=${row.value}`)
  }
  if (Object.keys(errors).length > 0) return { state: 'wrong', errors }
  if (set.length + unset.length === 0)
    return {
      state: 'unchanged',
      hint: 'Add, change or remove a label to see which tasks would have to go.',
    }
  return { state: 'asked', args: { set, unset } }
}

/** The most that the contract takes of the key of a node's label, and of 'key=value'. */
const longestNodeKey = 500
const longestLabel = 1_000

function keyError(key: string, taken: ReadonlySet<string>, longest: number): string | null {
  if (key === '') return 'A label needs a key, such as storage.'
  if (key.includes('=')) return 'A key holds no "=": what is after it goes into the value.'
  if (/\s/.test(key)) return 'A key holds no spaces.'
  if (key.length > longest) return `A key has ${longest} characters at most.`
  if (taken.has(key)) return `${key} is there already: change its value instead.`
  return null
}

const valueError = (key: string, value: string): string | null =>
  key.length + value.length + 1 > longestLabel
    ? `Key and value have ${longestLabel.toLocaleString('en')} characters at most.`
    : null
