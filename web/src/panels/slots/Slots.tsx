import type { Service, Slot } from '@skep/shared/contract/service'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { courseOf } from './phase-words.ts'
import { SlotBars } from './SlotBars.tsx'
import { SlotGrid } from './SlotGrid.tsx'
import { SlotLegend } from './SlotLegend.tsx'
import styles from './Slots.module.css'
import { isWanted, type SlotFilter } from './slot-filter.ts'

/** More than this, and cells say less than bars. */
const cellLimit = 200

type SlotsProps = {
  service: Service
  filter: SlotFilter
  onFilter: (filter: SlotFilter) => void
  /** What opening a cell leads to: the history of its slot. */
  onOpen: (slot: Slot) => void
}

/** All slots of a service: as cells with their legend, or as bars where there are many. */
export function Slots({ service, filter, onFilter, onOpen }: SlotsProps) {
  const { slots, mode, rollout } = service
  const course = courseOf(service)
  if (slots.length === 0) return <EmptyState>No slot is asked for.</EmptyState>
  if (slots.length > cellLimit)
    return <SlotBars service={service} course={course} filter={filter} />
  return (
    <div className={styles.slots}>
      <SlotGrid
        slots={slots}
        course={course}
        monitorMs={(rollout?.monitorNs ?? 0) / 1e6}
        wanted={(slot) => isWanted(slot, filter, course)}
        onOpen={onOpen}
      />
      <SlotLegend
        slots={slots}
        isJob={mode === 'replicated-job' || mode === 'global-job'}
        filter={filter}
        onFilter={onFilter}
      />
    </div>
  )
}
