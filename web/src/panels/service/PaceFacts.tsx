import type { Pace } from '@skep/shared/contract/spec-summary'
import type { ReactNode } from 'react'
import { Fact, Facts } from '../../ui/Facts.tsx'
import { failureWords, seconds } from './spec-words.ts'

/** How fast an update goes, and what ends it. */
export function PaceFacts({ pace, children }: { pace: Pace; children?: ReactNode }) {
  return (
    <Facts>
      <Fact name="At a time">{pace.parallelism === 0 ? 'all' : pace.parallelism}</Fact>
      <Fact name="Order">
        {pace.order === 'stop-first' ? 'stop first, then start' : 'start first, then stop'}
      </Fact>
      <Fact name="Between">{seconds(pace.delayNs)}</Fact>
      <Fact name="Verified for">{seconds(pace.monitorNs)}</Fact>
      <Fact name="On failure">{failureWords(pace)}</Fact>
      {children}
    </Facts>
  )
}
