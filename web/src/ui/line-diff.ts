import { diffArrays } from 'diff'

export type DiffLine = { number: number; text: string }

/** A line of both sides, side by side; null where one side has none in its place. */
export type DiffRow = {
  kind: 'same' | 'changed' | 'removed' | 'added'
  before: DiffLine | null
  after: DiffLine | null
}

/** How long a comparison may take before everything counts as different, in milliseconds. */
const patience = 1_000

/** The lines of a text; the newline that ends the last one begins no line of its own. */
export function linesOf(text: string): string[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

/**
 * Two texts, line by line: what was taken away stands beside what came in its place. Of
 * texts too different to compare in time, all lines differ.
 */
export function lineDiff(before: string, after: string): DiffRow[] {
  const [old, young] = [linesOf(before), linesOf(after)]
  const parts = diffArrays(old, young, { timeout: patience }) ?? [
    { removed: true, added: false, value: old },
    { removed: false, added: true, value: young },
  ]
  const rows: DiffRow[] = []
  const at = { before: 0, after: 0 }
  let taken: DiffLine[] = []
  const flush = () => {
    rows.push(...taken.map((line) => row(line, null)))
    taken = []
  }
  for (const { removed, added, value } of parts) {
    if (removed) {
      flush()
      taken = value.map((text) => ({ number: ++at.before, text }))
    } else if (added) {
      for (const text of value)
        rows.push(row(taken.shift() ?? null, { number: ++at.after, text }))
      flush()
    } else {
      flush()
      for (const text of value)
        rows.push({
          kind: 'same',
          before: { number: ++at.before, text },
          after: { number: ++at.after, text },
        })
    }
  }
  flush()
  return rows
}

const row = (before: DiffLine | null, after: DiffLine | null): DiffRow => ({
  kind: before === null ? 'added' : after === null ? 'removed' : 'changed',
  before,
  after,
})

/** A stretch of a comparison: rows to show, or rows that are the same and can wait. */
export type DiffPart = { kind: 'shown' | 'folded'; rows: DiffRow[] }

/** How many lines around a difference are shown with it. */
const context = 3

/** A comparison in parts: what is the same and far from any difference is folded. */
export function foldedDiff(rows: readonly DiffRow[]): DiffPart[] {
  const near = new Uint8Array(rows.length)
  rows.forEach(({ kind }, i) => {
    if (kind !== 'same')
      near.fill(1, Math.max(0, i - context), Math.min(rows.length, i + context + 1))
  })
  const parts: DiffPart[] = []
  rows.forEach((one, i) => {
    const kind = near[i] ? 'shown' : 'folded'
    const last = parts.at(-1)
    if (last?.kind === kind) last.rows.push(one)
    else parts.push({ kind, rows: [one] })
  })
  // To unfold one line takes as much room as the line.
  return parts.map((part) => (part.rows.length === 1 ? { ...part, kind: 'shown' } : part))
}

/** How many lines differ, on either side. */
export const diffCounts = (rows: readonly DiffRow[]) => ({
  removed: rows.filter(({ kind }) => kind === 'removed' || kind === 'changed').length,
  added: rows.filter(({ kind }) => kind === 'added' || kind === 'changed').length,
})
