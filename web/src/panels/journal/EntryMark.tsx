import type { JournalEntry } from '@skep/shared/contract/journal'
import { Mark } from '../../ui/Mark.tsx'
import { toneMarks } from '../../ui/tone-marks.ts'
import styles from './EntryMark.module.css'

/** A person for what people did; for the rest, how it stands. */
export function EntryMark({ kind, tone }: Pick<JournalEntry, 'kind' | 'tone'>) {
  if (kind !== 'action') return <Mark mark={toneMarks[tone]} tone={tone} size={12} />
  return (
    <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden className={styles.person}>
      <path d="M8 1.5a3.25 3.25 0 1 1 0 6.5a3.25 3.25 0 0 1 0-6.5zM1.75 14.5a6.25 5.25 0 0 1 12.5 0z" />
    </svg>
  )
}
