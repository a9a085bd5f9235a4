import type { JournalEntry } from '@skep/shared/contract/journal'
import type { Reference } from '@skep/shared/contract/preview'
import { Quote } from '../../ui/Quote.tsx'
import { clockTime } from '../../ui/time.ts'
import { Concerns } from './Concerns.tsx'
import { EntryMark } from './EntryMark.tsx'
import { EntryTime } from './EntryTime.tsx'
import styles from './JournalTable.module.css'
import type { OperationEnds } from './journal-lines.ts'
import { OperationNote } from './OperationNote.tsx'

type JournalRowProps = {
  entry: JournalEntry
  about: Reference | null
  ends: ReadonlyMap<string, OperationEnds>
  /** The one that the address names. */
  isTarget: boolean
  /** It came while the page was open. */
  isNew: boolean
  /** It says what the line above it says, but for when. */
  isRepeat?: boolean
  /** Earlier entries that say the same, and whether they are shown. */
  again?: JournalEntry[]
  isOpen?: boolean
  onToggle?: () => void
}

/** One entry: when, how it stands, what happened, what it concerns, and who did it. */
export function JournalRow(props: JournalRowProps) {
  const { entry, about, ends, isTarget, isNew, again = [], isOpen, onToggle } = props
  const { isRepeat = false } = props
  const { id, kind, tone, sentence, cause, actor } = entry
  const oldest = again.at(-1)
  return (
    <tr
      id={`entry-${id}`}
      className={styles.row}
      data-entry={id}
      data-kind={kind}
      data-tone={tone}
      data-target={isTarget || undefined}
      data-new={isNew || undefined}
    >
      <td className={styles.time}>
        <EntryTime entry={entry} />
      </td>
      <th scope="row" className={styles.what}>
        <span className={styles.line}>
          <span className={styles.mark}>
            <EntryMark kind={kind} tone={tone} />
          </span>
          <span className={styles.words}>
            <span className={styles.sentence}>{sentence}</span>
            {oldest && (
              <button
                type="button"
                className={styles.again}
                aria-expanded={isOpen}
                onClick={onToggle}
              >
                {again.length + 1} times since {clockTime(Date.parse(oldest.at))}
              </button>
            )}
            <OperationNote entry={entry} ends={ends} />
          </span>
        </span>
        {cause && !isRepeat && (
          <span className={styles.cause}>
            <Quote lines={6}>{cause}</Quote>
          </span>
        )}
      </th>
      <td className={styles.concerns}>
        <Concerns entry={entry} about={about} />
      </td>
      <td className={styles.who}>{actor}</td>
    </tr>
  )
}
