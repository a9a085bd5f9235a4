import { useClock } from '../../ui/clock.ts'
import { Quote } from '../../ui/Quote.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { DetailError } from '../service/DetailError.tsx'
import { EntryMark } from './EntryMark.tsx'
import { EntryTime } from './EntryTime.tsx'
import { journalDays } from './journal-lines.ts'
import { nothingOf, shortMoment } from './journal-words.ts'
import styles from './ShortTimeline.module.css'
import type { Journal } from './use-journal.ts'

/** So many lines are a glance. */
const glance = 6

/** The newest lines of a journal, without what they concern: the page says that. */
export function ShortTimeline({ journal, what }: { journal: Journal; what: string }) {
  const { page, entries, error, retry } = journal
  const now = useClock((clock) => Math.floor(clock.now() / 60_000)) * 60_000
  const lines = journalDays(entries).flatMap((day) => day.lines)
  if (!page)
    return error ? (
      <DetailError error={error} onRetry={retry} />
    ) : (
      <Skeleton rows={glance} label="Reading the journal" />
    )
  return (
    <>
      {error && <DetailError error={error} onRetry={retry} />}
      {lines.length === 0 ? (
        <p className={styles.none}>{nothingOf(what, page.since, now)}</p>
      ) : (
        <ol className={styles.list}>
          {lines.slice(0, glance).map(({ newest, before }) => (
            <li
              key={newest.id}
              className={styles.line}
              data-kind={newest.kind}
              data-tone={newest.tone}
              data-entry={newest.id}
            >
              <EntryTime entry={newest} text={shortMoment(Date.parse(newest.at), now)} />
              <span className={styles.mark}>
                <EntryMark {...newest} />
              </span>
              <span className={styles.words}>
                <span className={styles.sentence}>{newest.sentence}</span>
                <span className={styles.aside}>
                  {newest.actor && ` by ${newest.actor}`}
                  {before.length > 0 && ` ${before.length + 1} times`}
                </span>
                {newest.cause && <Quote lines={2}>{newest.cause}</Quote>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
