import type { Tone } from '@skep/shared/contract/attention'
import { swarmWords } from '@skep/shared/vocabulary'
import { useOverview, useSwarm } from '../cluster/queries.ts'
import { useTrusted } from '../cluster/status.ts'
import { AttentionList } from '../panels/attention/AttentionList.tsx'
import { InMotion } from '../panels/attention/InMotion.tsx'
import { Recent } from '../panels/attention/Recent.tsx'
import { Standing } from '../panels/attention/Standing.tsx'
import { useClock } from '../ui/clock.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import type { MarkName } from '../ui/silhouettes.ts'
import { clockTime } from '../ui/time.ts'
import styles from './NowPage.module.css'

const marks: Record<Tone, MarkName> = {
  ok: 'disc-check',
  progress: 'ring-open',
  warning: 'triangle',
  critical: 'diamond-cross',
  neutral: 'circle-dashed',
}

/** Does anything need me? */
export function NowPage() {
  return (
    <div className={styles.now}>
      <Verdict />
      <AttentionList />
      <InMotion />
      <Standing />
      <Recent />
    </div>
  )
}

// Old news is given as such. While the swarm itself is not to be believed there is no
// verdict at all: the bar above says what is the matter, and this what follows from it.
function Verdict() {
  const { sentence, tone } = useOverview()
  const { state } = useSwarm()
  const trusted = useTrusted()
  const asOf = useClock((clock) => clock.asOf())
  if (trusted && asOf === null)
    return <PageHeader verdict={sentence} status={{ mark: marks[tone], tone }} />
  const then = asOf === null ? 'then' : clockTime(asOf)
  const status = { mark: 'circle-dashed', tone: 'neutral' } as const
  if (state === 'live')
    return <PageHeader subject={`As of ${then}:`} verdict={sentence} status={status} />
  return (
    <PageHeader
      subject={`${swarmWords[state].label}.`}
      verdict={`What changed since ${then} is not known.`}
      status={status}
    />
  )
}
