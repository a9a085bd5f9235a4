import { useState } from 'react'
import { useRecent } from '../../cluster/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { useClock } from '../../ui/clock.ts'
import { Mark } from '../../ui/Mark.tsx'
import { Section } from '../../ui/Section.tsx'
import { clockTime } from '../../ui/time.ts'
import { toneMarks } from '../../ui/tone-marks.ts'
import { type Digest, digest } from './digest.ts'
import styles from './Recent.module.css'
import { SubjectLink } from './SubjectLink.tsx'

const minutes = 15

/** So many lines are a glance; the rest on demand. */
const glance = 10

/** What was observed to happen lately, newest first. */
export function Recent() {
  const recent = useRecent()
  const [all, setAll] = useState(false)
  // To the minute: a list need not be looked through every second.
  const from = useClock((clock) => Math.floor(clock.now() / 60_000) - minutes) * 60_000
  const lines = digest(recent.filter(({ at }) => Date.parse(at) >= from))
  const more = all ? 0 : lines.length - glance
  return (
    <Section title={`Last ${minutes} min`}>
      {lines.length === 0 ? (
        <p className={styles.none}>Nothing changed.</p>
      ) : (
        <ol className={styles.list}>
          {lines.slice(0, all ? undefined : glance).map((line) => (
            <Line key={line.newest.id} line={line} />
          ))}
        </ol>
      )}
      {more > 0 && (
        <div>
          <Button onClick={() => setAll(true)}>Show {more} more</Button>
        </div>
      )}
    </Section>
  )
}

function Line({ line: { newest, count, first } }: { line: Digest }) {
  const { at, tone, subject, sentence } = newest
  return (
    <li className={styles.line}>
      <time dateTime={at}>{clockTime(Date.parse(at))}</time>
      <Mark mark={toneMarks[tone]} tone={tone} size={12} />
      <span>
        <SubjectLink subject={subject}>{sentence}</SubjectLink>
        {count > 1 && (
          <span className={styles.again}>
            {count} times since {clockTime(Date.parse(first))}
          </span>
        )}
      </span>
    </li>
  )
}
