import type { Slot } from '@skep/shared/contract/service'
import { slotWords } from '@skep/shared/vocabulary'
import { Cell, type Face } from '../../ui/Cell.tsx'
import { Tally } from '../../ui/Tally.tsx'
import { isEarlier } from './slot-faces.ts'
import type { SlotFilter } from './slot-filter.ts'
import { countStatuses, slotStatuses } from './slot-words.ts'

type SlotLegendProps = {
  slots: readonly Slot[]
  /** Jobs complete; nothing else does. */
  isJob: boolean
  filter: SlotFilter
  onFilter: (filter: SlotFilter) => void
}

const earlier: Face = { shape: 'square', tone: 'neutral', hollow: true }

/** What the cells mean and how many there are of each. Each count is a filter. */
export function SlotLegend({ slots, isJob, filter, onFilter }: SlotLegendProps) {
  const counts = countStatuses(slots)
  const states = slotStatuses
    .filter((status) => isJob || status !== 'complete')
    .map((status) => ({
      key: status,
      label: slotWords[status].label.toLowerCase(),
      count: counts[status],
      icon: <Cell face={{ ...slotWords[status], hollow: false }} size={14} />,
    }))
  const onEarlier = {
    key: 'earlier' as const,
    label: 'on an earlier spec',
    count: slots.filter(isEarlier).length,
    icon: <Cell face={earlier} size={14} />,
  }
  return (
    <Tally<Exclude<SlotFilter, null>>
      label="Show only"
      entries={[...states, onEarlier]}
      chosen={filter}
      onChoose={onFilter}
    />
  )
}
