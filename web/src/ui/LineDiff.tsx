import { useMemo, useState } from 'react'
import { Button } from './Button.tsx'
import { CodeLine } from './CodeLine.tsx'
import type { Notation } from './code-colour.ts'
import styles from './LineDiff.module.css'
import {
  type DiffLine,
  type DiffPart,
  type DiffRow,
  diffCounts,
  foldedDiff,
  lineDiff,
} from './line-diff.ts'
import { VisuallyHidden } from './VisuallyHidden.tsx'
import { counted } from './words.ts'

/** Rows shown at once; the rest waits for a press. */
const step = 600

type LineDiffProps = {
  before: { name: string; text: string }
  after: { name: string; text: string }
  notation: Notation
  /** One side above the other, whatever the width: where there is no room for both. */
  stacked?: boolean
  /** How many lines of both sides are shown in part only. */
  kept?: number
  /** Whether all of both is the same, with what is not shown; null where nobody knows. */
  same?: boolean | null
}

/** Two texts, line by line: side by side, or one above the other where it is narrow. */
export function LineDiff(props: LineDiffProps) {
  const { before, after, notation, stacked = false, kept = 0, same = null } = props
  const rows = useMemo(() => lineDiff(before.text, after.text), [before.text, after.text])
  const parts = useMemo(() => foldedDiff(rows), [rows])
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const [limit, setLimit] = useState(step)
  const { removed, added } = diffCounts(rows)
  if (removed + added === 0) {
    const isAlike = before.text === after.text
    return (
      <p className={styles.summary}>
        {kept === 0 ? wholeWords(isAlike) : keptWords(isAlike, kept, same)}
      </p>
    )
  }
  const shown = withinLimit(parts, open, limit)
  return (
    <div className={styles.diff} data-stacked={stacked || undefined}>
      <p className={styles.summary}>
        {counted(removed, 'line')} of <code>{before.name}</code>{' '}
        {removed === 1 ? 'is' : 'are'} gone or changed, {counted(added, 'line')} of{' '}
        <code>{after.name}</code> {added === 1 ? 'is' : 'are'} new or changed.
        {kept > 0 &&
          ` ${counted(kept, 'line')} ${kept === 1 ? 'is' : 'are'} kept back in part, and may differ in what is not shown.`}
      </p>
      <section className={styles.frame} aria-label="Comparison" tabIndex={0}>
        <div className={styles.heads}>
          {[before, after].map(({ name }) => (
            <code key={name}>{name}</code>
          ))}
        </div>
        {shown.parts.map((part, place) =>
          part.kind === 'folded' && !open.has(place) ? (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
              key={place}
              type="button"
              className={styles.fold}
              onClick={() => setOpen(new Set([...open, place]))}
            >
              {part.rows.length} lines the same
            </button>
          ) : (
            part.rows.map((row) => (
              <Row
                key={`${row.before?.number} ${row.after?.number}`}
                row={row}
                notation={notation}
              />
            ))
          ),
        )}
      </section>
      {shown.more && (
        <Button onClick={() => setLimit(limit + step)}>Show more lines</Button>
      )}
    </div>
  )
}

const wholeWords = (isAlike: boolean): string =>
  isAlike
    ? 'They are the same.'
    : 'All lines are the same; only the newline at the end differs.'

/** Two that are shown alike are not the same by that: what is kept back is not shown. */
function keptWords(isAlike: boolean, kept: number, same: boolean | null): string {
  if (same === true) return 'They are the same, also in what is kept back.'
  const newline = isAlike ? '' : ' but for the newline at the end'
  if (same === false && isAlike)
    return 'The lines shown are the same; they differ in what is kept back.'
  return `The lines shown are the same${newline}; ${counted(kept, 'line')} ${kept === 1 ? 'is' : 'are'} kept back in part, and may differ.`
}

const words: Record<DiffRow['kind'], string> = {
  same: '',
  changed: 'changed: ',
  removed: 'gone: ',
  added: 'new: ',
}

function Row({ row, notation }: { row: DiffRow; notation: Notation }) {
  const { kind, before, after } = row
  return (
    <div className={styles.row} data-kind={kind}>
      <VisuallyHidden>{words[kind]}</VisuallyHidden>
      <Side
        line={before}
        side="before"
        sign={kind === 'same' ? '' : '−'}
        notation={notation}
      />
      <Side
        line={after}
        side="after"
        sign={kind === 'same' ? '' : '+'}
        notation={notation}
      />
    </div>
  )
}

type SideProps = {
  line: DiffLine | null
  side: 'before' | 'after'
  sign: string
  notation: Notation
}

function Side({ line, side, sign, notation }: SideProps) {
  return (
    <div className={styles.side} data-side={side} data-none={line === null || undefined}>
      {line && (
        <>
          <span className={styles.number} aria-hidden="true">
            {line.number}
          </span>
          <span className={styles.sign} aria-hidden="true">
            {sign}
          </span>
          <code>
            <CodeLine text={line.text} notation={notation} />
          </code>
        </>
      )}
    </div>
  )
}

/** The parts as far as the limit of rows goes; a folded one counts as a row. */
function withinLimit(parts: DiffPart[], open: ReadonlySet<number>, limit: number) {
  const within: DiffPart[] = []
  let left = limit
  for (const [place, part] of parts.entries()) {
    if (left <= 0) return { parts: within, more: true }
    const isOpen = part.kind === 'shown' || open.has(place)
    within.push(isOpen ? { ...part, rows: part.rows.slice(0, left) } : part)
    if (isOpen && part.rows.length > left) return { parts: within, more: true }
    left -= isOpen ? part.rows.length : 1
  }
  return { parts: within, more: false }
}
