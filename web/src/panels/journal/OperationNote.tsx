import type { JournalEntry } from '@skep/shared/contract/journal'
import { isOpen } from '@skep/shared/contract/operation'
import { Link } from '@tanstack/react-router'
import { pick, useCluster } from '../../cluster/queries.ts'
import { clockTime } from '../../ui/time.ts'
import { EntryMark } from './EntryMark.tsx'
import type { OperationEnds } from './journal-lines.ts'
import styles from './OperationNote.module.css'

type OperationNoteProps = { entry: JournalEntry; ends: ReadonlyMap<string, OperationEnds> }

/** From what a person asked to what came of it, and back. */
export function OperationNote({ entry, ends }: OperationNoteProps) {
  const { operation, kind } = entry
  const tracked = useCluster(({ operations }) => pick(operations, operation ?? ''))
  const { action, outcome } = ends.get(operation ?? '') ?? {}
  if (kind === 'outcome' && action)
    return (
      <OtherEnd of={action}>
        Asked {clockTime(Date.parse(action.at))}
        {action.actor && ` by ${action.actor}`}
      </OtherEnd>
    )
  if (kind !== 'action') return null
  if (outcome)
    return <OtherEnd of={outcome}>Outcome {clockTime(Date.parse(outcome.at))}</OtherEnd>
  if (tracked && isOpen(tracked)) return <span className={styles.note}>Under way</span>
  return null
}

function OtherEnd({ of, children }: { of: JournalEntry; children: React.ReactNode }) {
  return (
    <Link to="." search={true} hash={`entry-${of.id}`} className={styles.note}>
      {of.kind === 'outcome' && <EntryMark {...of} />}
      <span>{children}</span>
    </Link>
  )
}
