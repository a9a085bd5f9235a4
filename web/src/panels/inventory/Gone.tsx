import type { Subject } from '@skep/shared/contract/attention'
import type { ReactNode } from 'react'
import { useRecent } from '../../cluster/queries.ts'
import { Ago } from '../../ui/Ago.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { clockTime } from '../../ui/time.ts'
import styles from './Gone.module.css'

type GoneProps = {
  kind: Subject['kind']
  name: string
  /** What was last known of it, while this page was open. */
  lastKnown?: ReactNode
  /** Where to go instead. */
  children: ReactNode
}

/** The page of something that is not, or no longer, in the swarm. */
export function Gone({ kind, name, lastKnown, children }: GoneProps) {
  const known = useRecent().filter(
    ({ subject }) => subject.kind === kind && subject.name === name,
  )
  // The newest that was observed of something that is not there is that it went.
  const [went] = known
  const verdict = went
    ? `was removed at ${clockTime(Date.parse(went.at))}.`
    : lastKnown
      ? 'is no longer in the swarm.'
      : `is not a ${kind} of this swarm.`
  return (
    <>
      <PageHeader
        subject={name}
        verdict={verdict}
        status={{ mark: 'circle-dashed', tone: 'neutral' }}
      >
        {lastKnown}
      </PageHeader>
      {known.length > 0 ? (
        <Section title="Last observed">
          <ul className={styles.list}>
            {known.map(({ id, at, tone, sentence }) => (
              <li key={id} className={styles.line}>
                <Mark
                  mark={tone === 'ok' ? 'disc-check' : 'disc-hollow'}
                  tone={tone}
                  size={12}
                />
                <span>{sentence}</span>
                <Ago at={at} as="past" />
              </li>
            ))}
          </ul>
        </Section>
      ) : (
        <p>Nothing was observed of it since the console started.</p>
      )}
      <p className={styles.next}>{children}</p>
    </>
  )
}
