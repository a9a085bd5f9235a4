import type { JournalEntry } from '@skep/shared/contract/journal'
import { Link } from '@tanstack/react-router'
import { clockTime, exactTime } from '../../ui/time.ts'
import styles from './EntryTime.module.css'

type EntryTimeProps = { entry: Pick<JournalEntry, 'id' | 'at'>; text?: string }

/** When it was, to the second; leads to the journal as it stood then, from there back. */
export function EntryTime({ entry: { id, at }, text }: EntryTimeProps) {
  const ms = Date.parse(at)
  return (
    <Link
      to="/journal"
      search={{ before: String(id + 1) }}
      hash={`entry-${id}`}
      className={styles.time}
      title={`${exactTime(ms)}. All that led up to this.`}
    >
      <time dateTime={at}>{text ?? clockTime(ms)}</time>
    </Link>
  )
}
