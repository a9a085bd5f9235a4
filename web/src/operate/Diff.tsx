import type { FieldChange } from '@skep/shared/contract/preview'
import { useId, useState } from 'react'
import { Breakable } from '../ui/Breakable.tsx'
import { Button } from '../ui/Button.tsx'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { counted } from '../ui/words.ts'
import { Changed } from './Changed.tsx'
import styles from './Diff.module.css'

/** Beyond these, the rest waits for a press. */
const shownFirst = 12

type DiffProps = { changes: FieldChange[]; changed: ReadonlySet<string> }

/** The fields that would change, in human names; the engine's own are one press away. */
export function Diff({ changes, changed }: DiffProps) {
  const [raw, setRaw] = useState(false)
  const [all, setAll] = useState(false)
  const id = useId()
  if (changes.length === 0) return null
  const shown = all ? changes : changes.slice(0, shownFirst)
  const restarting = changes.filter(({ restarts }) => restarts).length
  const isMixed = restarting > 0 && restarting < changes.length
  return (
    <section aria-labelledby={id} className={styles.diff}>
      <header>
        <h3 id={id}>{counted(changes.length, 'field')} would change</h3>
        <Button look="quiet" aria-pressed={raw} onClick={() => setRaw(!raw)}>
          Engine's names
        </Button>
      </header>
      <p className={styles.note}>{restartNote(restarting, changes.length)}</p>
      <ul>
        {shown.map((change) => (
          <li key={change.path} data-path={change.path}>
            <div className={styles.label}>
              <Breakable text={change.label} />
              {isMixed && change.restarts && (
                <span className={styles.restarts}>restarts tasks</span>
              )}
              {changed.has(change.path) && <Changed />}
              {raw && <code className={styles.path}>{change.path}</code>}
            </div>
            <Values change={change} />
          </li>
        ))}
      </ul>
      {shown.length < changes.length && (
        <Button onClick={() => setAll(true)}>
          Show {changes.length - shown.length} more
        </Button>
      )}
    </section>
  )
}

function Values({ change: { before, after, hidden } }: { change: FieldChange }) {
  if (hidden) return <p className={styles.hidden}>changed, hidden</p>
  return (
    <p className={styles.values}>
      <VisuallyHidden>from </VisuallyHidden>
      <Value text={before} removed />
      {/* On a line of its own, the second value brings its arrow along. */}
      <span className={styles.to}>
        <span aria-hidden="true" className={styles.arrow}>
          →
        </span>
        <VisuallyHidden> to </VisuallyHidden>
        <Value text={after} />
      </span>
    </p>
  )
}

function Value({ text, removed = false }: { text: string | null; removed?: boolean }) {
  if (text === null) return <span className={styles.unset}>not set</span>
  const shown = text === '' ? '""' : text
  return <code className={removed ? styles.before : styles.after}>{shown}</code>
}

function restartNote(restarting: number, all: number): string {
  if (restarting === 0) return 'By itself this restarts no task.'
  if (restarting < all) return 'What is marked so restarts tasks; the rest does not.'
  return all === 1 ? 'This restarts tasks.' : 'Each of these restarts tasks.'
}
