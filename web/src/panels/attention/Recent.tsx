import type { Transition } from '@skep/shared/contract/attention'
import { useRecent } from '../../cluster/queries.ts'
import { useClock } from '../../ui/clock.ts'
import { Mark } from '../../ui/Mark.tsx'
import { Section } from '../../ui/Section.tsx'
import type { MarkName } from '../../ui/silhouettes.ts'
import { clockTime } from '../../ui/time.ts'
import styles from './Recent.module.css'
import { SubjectLink } from './SubjectLink.tsx'

const minutes = 15

/** A line a change; the shape is of its tone, so that grey loses nothing. */
const marks: Record<Transition['tone'], MarkName> = {
  ok: 'disc-check',
  progress: 'ring-open',
  warning: 'triangle',
  critical: 'diamond-cross',
  neutral: 'disc-hollow',
}

/** What was observed to happen lately, newest first. */
export function Recent() {
  const recent = useRecent()
  // To the minute: a list need not be looked through every second.
  const from = useClock((clock) => Math.floor(clock.now() / 60_000) - minutes) * 60_000
  const lately = recent.filter(({ at }) => Date.parse(at) >= from)
  return (
    <Section title={`Last ${minutes} min`}>
      {lately.length === 0 ? (
        <p className={styles.none}>Nothing changed.</p>
      ) : (
        <ol className={styles.list}>
          {lately.map(({ id, at, tone, subject, sentence }) => (
            <li key={id} className={styles.line}>
              <time dateTime={at}>{clockTime(Date.parse(at))}</time>
              <Mark mark={marks[tone]} tone={tone} size={12} />
              <SubjectLink subject={subject}>{sentence}</SubjectLink>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
