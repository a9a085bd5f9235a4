import type { Service } from '@skep/shared/contract/service'
import { stateWord } from '@skep/shared/vocabulary'
import type { ReactNode } from 'react'
import { Section } from '../../ui/Section.tsx'
import { type Course, courseOf } from '../slots/phase-words.ts'
import type { SlotFilter } from '../slots/slot-filter.ts'
import { StateBadge } from '../state/StateBadge.tsx'
import { Lanes } from './Lanes.tsx'
import { RolloutFacts } from './RolloutFacts.tsx'
import { RolloutPace } from './RolloutPace.tsx'
import styles from './RolloutPanel.module.css'
import { panelTitle } from './rollout-words.ts'
import { StuckSlots } from './StuckSlots.tsx'

type RolloutPanelProps = {
  service: Service
  filter: SlotFilter
  onFilter: (filter: SlotFilter) => void
  /** The slots. They stay where they are when the posture changes. */
  children: ReactNode
}

/**
 * One panel, two postures. At rest it holds the slots and nothing else; while the service
 * is updated, rolled back or runs as a job, it says around them how far that is, what holds
 * it up, and what comes next. All of it from the facts of this instant.
 */
export function RolloutPanel({ service, filter, onFilter, children }: RolloutPanelProps) {
  const course = courseOf(service)
  const { rollout } = service
  return (
    <div
      className={styles.panel}
      data-course={course ?? undefined}
      data-rollout={rollout?.state}
    >
      <Section
        title={panelTitle(course, service)}
        aside={isAtRisk(service) && <StateBadge state={service.state} />}
      >
        {course && rollout && <RolloutPace rollout={rollout} />}
        {course && (
          <Lanes service={service} course={course} filter={filter} onFilter={onFilter} />
        )}
        {children}
        {course && rollout && <Rest service={service} course={course} />}
      </Section>
    </div>
  )
}

// The head of the page has the badge in any case; it is repeated where it is loud.
function isAtRisk({ state }: Service): boolean {
  const tone = state && stateWord(state)?.tone
  return tone === 'warning' || tone === 'critical'
}

function Rest({ service, course }: { service: Service; course: Course }) {
  const { rollout } = service
  if (!rollout) return null
  return (
    <>
      <StuckSlots service={service} rollout={rollout} />
      <RolloutFacts rollout={rollout} course={course} />
    </>
  )
}
