import type { Slot } from '@skep/shared/contract/service'
import { memo } from 'react'
import { Cell } from '../../ui/Cell.tsx'
import styles from './SlotGrid.module.css'
import { otherFace, slotFace, slotSentence } from './slot-faces.ts'

type SlotCellProps = {
  slot: Slot
  /** Whether the grid's one tab stop is here. */
  stop: boolean
  /** Outside of the filter: still there, but faint. */
  faint: boolean
}

/** One slot. Its grid handles what is done to it. */
export const SlotCell = memo(({ slot, stop, faint }: SlotCellProps) => {
  const task = slot.tasks[0]
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells flow like text, a table would not
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
    <div
      role="gridcell"
      className={faint ? `${styles.cell} ${styles.faint}` : styles.cell}
      data-slot={slot.key}
      data-state={task?.state ?? 'empty'}
      data-task={task?.id}
    >
      <button type="button" tabIndex={stop ? 0 : -1} aria-label={slotSentence(slot)}>
        <Cell face={slotFace(slot)} other={otherFace(slot)} />
      </button>
    </div>
  )
})
SlotCell.displayName = 'SlotCell'
