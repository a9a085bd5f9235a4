import { useState } from 'react'
import { Button } from './Button.tsx'
import { CodeLine } from './CodeLine.tsx'
import styles from './CodeView.module.css'
import type { Notation } from './code-colour.ts'
import { linesOf } from './line-diff.ts'

/** Lines shown at once; the rest waits for a press. */
const step = 1_000

type CodeViewProps = { label: string; text: string; notation: Notation }

/** A text as it was written, its lines numbered. */
export function CodeView({ label, text, notation }: CodeViewProps) {
  const [limit, setLimit] = useState(step)
  const lines = linesOf(text)
  const more = lines.length - limit
  return (
    <>
      <section className={styles.frame} aria-label={label} tabIndex={0}>
        <ol className={styles.lines}>
          {lines.slice(0, limit).map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
            <li key={place}>
              <span className={styles.number} aria-hidden="true">
                {place + 1}
              </span>
              <code>
                <CodeLine text={line} notation={notation} />
              </code>
            </li>
          ))}
        </ol>
      </section>
      {more > 0 && (
        <Button onClick={() => setLimit(limit + step)}>
          Show {Math.min(step, more).toLocaleString('en')} more of{' '}
          {lines.length.toLocaleString('en')} lines
        </Button>
      )}
    </>
  )
}
