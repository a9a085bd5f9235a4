import type { Reference } from '@skep/shared/contract/preview'
import { Button } from '../../ui/Button.tsx'
import { useClock } from '../../ui/clock.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { DetailError } from '../service/DetailError.tsx'
import styles from './JournalList.module.css'
import { JournalTable } from './JournalTable.tsx'
import { memoryWords, momentOf, nothingOf } from './journal-words.ts'
import type { Journal } from './use-journal.ts'

type JournalListProps = {
  journal: Journal
  label: string
  /** What the list is of, as a sentence has it: "web", "the swarm". */
  what: string
  about: Reference | null
  /** Takes away what narrows the list; null while nothing does. */
  onClear: (() => void) | null
  /** Whether the page says already how far the memory goes. */
  isDated?: boolean
}

/** The journal in every state that it can be in, and the way further back. */
export function JournalList(props: JournalListProps) {
  const { journal, label, what, about, onClear, isDated = false } = props
  const { page, entries, error, isBehind, isReading } = journal
  const now = useClock((clock) => Math.floor(clock.now() / 60_000)) * 60_000
  const oldest = page?.entries.at(-1)
  const hasMore = page !== null && page.next !== null
  return (
    <div className={styles.list} data-behind={isBehind || undefined}>
      {error && <DetailError error={error} onRetry={journal.retry} />}
      {!page && !error && <Skeleton rows={8} label="Reading the journal" />}
      {page && entries.length > 0 && (
        <JournalTable label={label} entries={entries} about={about} />
      )}
      {page && entries.length === 0 && (
        <div className={styles.empty}>
          {onClear ? (
            <EmptyState action={<Button onClick={onClear}>Clear filter</Button>}>
              {hasMore && oldest
                ? `Nothing back to ${momentOf(Date.parse(oldest.at), now)} matches.`
                : 'Nothing that is kept matches.'}
            </EmptyState>
          ) : (
            <EmptyState>{nothingOf(what, page.since, now)}</EmptyState>
          )}
        </div>
      )}
      {page && (
        <div className={styles.end}>
          {hasMore && (
            <Button onClick={journal.earlier} disabled={isReading}>
              {isReading ? 'Reading' : 'Show earlier'}
            </Button>
          )}
          {entries.length > 0 && (
            <p className={styles.note}>
              {!hasMore && 'That is all there is. '}
              {!isDated && memoryWords(page, now)}
            </p>
          )}
        </div>
      )}
    </div>
  )
}
