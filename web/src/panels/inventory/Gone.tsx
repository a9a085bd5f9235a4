import type { Subject } from '@skep/shared/contract/attention'
import type { ReactNode } from 'react'
import { useRecent } from '../../cluster/queries.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { clockTime } from '../../ui/time.ts'
import { JournalList } from '../journal/JournalList.tsx'
import { useJournal } from '../journal/use-journal.ts'
import styles from './Gone.module.css'

type GoneProps = {
  kind: Exclude<Subject['kind'], 'swarm'>
  name: string
  /** What was last known of it, while this page was open. */
  lastKnown?: ReactNode
  /** Where to go instead. */
  children: ReactNode
}

/** The page of something that is not, or no longer, in the swarm: what is remembered of it. */
export function Gone({ kind, name, lastKnown, children }: GoneProps) {
  // The newest that was observed of something that is not there is that it went.
  const went = useRecent().find(
    ({ subject }) => subject.kind === kind && subject.name === name,
  )
  const journal = useJournal({
    filter: kind === 'service' ? { service: name } : { node: name },
    limit: 50,
    basis: went,
  })
  const verdict = went
    ? `was removed at ${clockTime(Date.parse(went.at))}.`
    : lastKnown || journal.entries.length > 0
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
      <Section title="Last observed">
        <JournalList
          journal={journal}
          label={`Timeline of ${name}`}
          what={name}
          about={{ kind, name }}
          onClear={null}
        />
      </Section>
      <p className={styles.next}>{children}</p>
    </>
  )
}
