import type { Tone } from '@skep/shared/contract/attention'
import { useOverview } from '../cluster/queries.ts'
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
  const { sentence, tone } = useOverview()
  const trusted = useTrusted()
  const asOf = useClock((clock) => clock.asOf())
  const status = trusted
    ? { mark: marks[tone], tone }
    : ({ mark: 'circle-dashed', tone: 'neutral' } as const)
  return (
    <div className={styles.now}>
      <PageHeader
        {...(asOf !== null && { subject: `As of ${clockTime(asOf)}:` })}
        verdict={sentence}
        status={status}
      />
      <AttentionList />
      <InMotion />
      <Standing />
      <Recent />
    </div>
  )
}
