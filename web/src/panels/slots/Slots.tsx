import type { Service, Slot, SlotStatus } from '@skep/shared/contract/service'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SlotBars } from './SlotBars.tsx'
import { SlotGrid } from './SlotGrid.tsx'
import { type SlotFilter, SlotLegend } from './SlotLegend.tsx'
import styles from './Slots.module.css'
import { isEarlier } from './slot-faces.ts'

/** More than this, and cells say less than bars. */
const cellLimit = 200

type SlotsProps = {
  service: Pick<Service, 'slots' | 'mode'>
  /** What opening a cell leads to: the history of its slot. */
  onOpen: (slot: Slot) => void
}

/** All slots of a service: as cells with their legend, or as bars where there are many. */
export function Slots({ service, onOpen }: SlotsProps) {
  const { slots, mode } = service
  if (slots.length === 0) return <EmptyState>No slot is asked for.</EmptyState>
  if (slots.length > cellLimit) return <ManySlots slots={slots} onOpen={onOpen} />
  const isJob = mode === 'replicated-job' || mode === 'global-job'
  return <FewSlots slots={slots} isJob={isJob} onOpen={onOpen} />
}

type Part = { slots: readonly Slot[]; onOpen: (slot: Slot) => void }

function FewSlots({ slots, isJob, onOpen }: Part & { isJob: boolean }) {
  const [filter, setFilter] = useState<SlotFilter>(null)
  const wanted = (slot: Slot) =>
    filter === null || (filter === 'earlier' ? isEarlier(slot) : slot.status === filter)
  return (
    <div className={styles.slots}>
      <SlotGrid slots={slots} wanted={wanted} onOpen={onOpen} />
      <SlotLegend slots={slots} isJob={isJob} filter={filter} onFilter={setFilter} />
    </div>
  )
}

function ManySlots({ slots, onOpen }: Part) {
  const [opened, setOpened] = useState<SlotStatus | null>(null)
  const those = slots.filter(({ status }) => status === opened)
  const more = those.length - cellLimit
  return (
    <div className={styles.slots}>
      <SlotBars slots={slots} opened={opened} onOpen={setOpened} />
      {those.length > 0 && <SlotGrid slots={those.slice(0, cellLimit)} onOpen={onOpen} />}
      {more > 0 && <p className={styles.more}>{more} more like these.</p>}
    </div>
  )
}
