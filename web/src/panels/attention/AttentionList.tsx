import type { Attention, AttentionKind } from '@skep/shared/contract/attention'
import { attentionMarks } from '@skep/shared/vocabulary'
import { useState } from 'react'
import { pick, useAttention, useServices } from '../../cluster/queries.ts'
import { Ago } from '../../ui/Ago.tsx'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Quote } from '../../ui/Quote.tsx'
import { StateBadge } from '../state/StateBadge.tsx'
import styles from './AttentionList.module.css'
import { SubjectLink } from './SubjectLink.tsx'
import { useStill } from './use-still.ts'
import { WhyThisOrder } from './WhyThisOrder.tsx'

/** More than this at once is a list to work through, not a glance. */
const glance = 7

/** What needs a person, most urgent first. Rows hold still while someone is at them. */
export function AttentionList() {
  const { shown, waiting, takeIn, handlers } = useStill(useAttention())
  const [all, setAll] = useState(false)
  if (shown.length === 0 && waiting === 0) return null
  const rows = all ? shown : shown.slice(0, glance)
  const more = shown.length - rows.length
  return (
    <section className={styles.attention} aria-label="What needs you" {...handlers}>
      {waiting > 0 && (
        <Button className={styles.chip} onClick={takeIn}>
          {waiting} new
        </Button>
      )}
      <ul className={styles.list}>
        {rows.map(({ item, gone }) => (
          <AttentionRow key={item.id} attention={item} gone={gone} />
        ))}
      </ul>
      <div className={styles.foot}>
        {more > 0 && <Button onClick={() => setAll(true)}>Show {more} more</Button>}
        <WhyThisOrder />
      </div>
    </section>
  )
}

/** These say themselves what a badge would. */
const ofState: readonly AttentionKind[] = [
  'misplaced',
  'state-stranded',
  'replicas-on-local',
]

function AttentionRow({ attention, gone }: { attention: Attention; gone: boolean }) {
  const { kind, tone, subject, title, detail, cause, since } = attention
  const services = useServices()
  const service = subject.kind === 'service' ? pick(services, subject.name) : null
  return (
    <li
      className={styles.row}
      data-row
      data-attention={kind}
      data-tone={gone ? 'neutral' : tone}
    >
      <Mark
        mark={gone ? 'disc-hollow' : attentionMarks[kind]}
        tone={gone ? 'neutral' : tone}
      />
      <div className={styles.words}>
        <p className={styles.line}>
          <strong className={styles.title}>
            <SubjectLink subject={subject}>{title}</SubjectLink>
          </strong>
          <span className={styles.detail}>{gone ? 'needs you no longer' : detail}</span>
          {!ofState.includes(kind) && <StateBadge state={service?.state ?? null} />}
        </p>
        {cause && !gone && <Quote lines={2}>{cause}</Quote>}
      </div>
      {since && !gone && (
        <span className={styles.since}>
          <Ago at={since} dense />
        </span>
      )}
    </li>
  )
}
