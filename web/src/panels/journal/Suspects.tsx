import type { SuspectChange } from '@skep/shared/contract/journal'
import { Button } from '../../ui/Button.tsx'
import { useClock } from '../../ui/clock.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Quote } from '../../ui/Quote.tsx'
import { Section } from '../../ui/Section.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { DetailError } from '../service/DetailError.tsx'
import { Concerns } from './Concerns.tsx'
import { EntryMark } from './EntryMark.tsx'
import { EntryTime } from './EntryTime.tsx'
import { InstantField } from './InstantField.tsx'
import { closenessWords, minutesBefore, momentOf } from './journal-words.ts'
import styles from './Suspects.module.css'
import { useSuspects } from './use-memory.ts'

/** How far back from the instant changes are looked for, in milliseconds. */
const hour = 3_600_000

type SuspectsProps = {
  service: string
  /** The instant whose causes are looked for, ISO 8601. */
  at: string
  /** From when on the console has watched, as far as is known. */
  since: string | null
  onAt: (at: string) => void
}

/** What changed in the hour before an instant, the most suspect first, and why it is. */
export function Suspects({ service, at, since, onAt }: SuspectsProps) {
  const { data, error, refetch } = useSuspects(service, at)
  const now = useClock((clock) => Math.floor(clock.now() / 60_000)) * 60_000
  const moment = momentOf(Date.parse(at), now)
  const isCut = since !== null && Date.parse(since) > Date.parse(at) - hour
  return (
    <Section
      title={`What changed before ${moment}`}
      note="In the hour before it, what is nearest to the failing thing first. What came before need not be the cause."
    >
      <div className={styles.tools}>
        <InstantField
          label="Before"
          value={at}
          onChange={(chosen) => chosen && onAt(chosen)}
        />
        <Button look="quiet" onClick={() => onAt('')}>
          Close
        </Button>
      </div>
      {error && <DetailError error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={4} label="Looking for what changed" />}
      {data && (
        <div className={styles.frame}>
          {data.changes.length === 0 ? (
            <EmptyState>Nothing was seen to change in the hour before {moment}.</EmptyState>
          ) : (
            <ol className={styles.list}>
              {data.changes.map((change) => (
                <Change key={change.entry.id} change={change} service={service} />
              ))}
            </ol>
          )}
        </div>
      )}
      {isCut && (
        <p className={styles.note}>
          The console has watched only since {momentOf(Date.parse(since), now)}: what
          changed before that is not known.
        </p>
      )}
    </Section>
  )
}

function Change({ change, service }: { change: SuspectChange; service: string }) {
  const { entry, closeness, why, minutesBefore: minutes } = change
  return (
    <li className={styles.change} data-closeness={closeness} data-entry={entry.id} data-row>
      <span className={styles.when}>
        <span className={styles.minutes}>{minutesBefore(minutes)}</span>
        <EntryTime entry={entry} />
      </span>
      <span className={styles.mark}>
        <EntryMark {...entry} />
      </span>
      <span className={styles.words}>
        <span className={styles.sentence}>{entry.sentence}</span>
        {entry.actor && <span className={styles.actor}> by {entry.actor}</span>}
        {entry.cause && <Quote lines={3}>{entry.cause}</Quote>}
        <span className={styles.why}>{why}</span>
      </span>
      <span className={styles.near}>
        <span className={styles.closeness}>{closenessWords[closeness]}</span>
        <Concerns entry={entry} about={{ kind: 'service', name: service }} />
      </span>
    </li>
  )
}
