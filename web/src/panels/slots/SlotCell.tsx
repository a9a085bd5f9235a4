import type { Slot } from '@skep/shared/contract/service'
import { memo } from 'react'
import { Cell } from '../../ui/Cell.tsx'
import { useShare } from '../../ui/use-share.ts'
import type { Course } from './phase-words.ts'
import styles from './SlotGrid.module.css'
import { otherFace, slotFace } from './slot-faces.ts'
import { slotSentence } from './slot-words.ts'

type SlotCellProps = {
  slot: Slot
  course: Course | null
  /** How long a slot is watched before it counts as updated, in milliseconds. */
  monitorMs: number
  /** Whether the grid's one tab stop is here. */
  stop: boolean
  /** Outside of the filter: still there, but faint. */
  faint: boolean
}

/** One slot. Its grid handles what is done to it. */
export const SlotCell = memo(({ slot, course, monitorMs, stop, faint }: SlotCellProps) => {
  const task = slot.tasks[0]
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells flow like text, a table would not
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
    <div
      role="gridcell"
      className={faint ? `${styles.cell} ${styles.faint}` : styles.cell}
      data-slot={slot.key}
      data-state={task?.state ?? 'empty'}
      data-phase={slot.phase ?? undefined}
      data-task={task?.id}
    >
      <button
        type="button"
        tabIndex={stop ? 0 : -1}
        aria-label={slotSentence(slot, course)}
      >
        {course && slot.phase === 'verifying' && task ? (
          <VerifyingCell slot={slot} since={task.since} monitorMs={monitorMs} />
        ) : (
          <Cell face={slotFace(slot)} other={otherFace(slot)} />
        )}
      </button>
    </div>
  )
})
SlotCell.displayName = 'SlotCell'

type VerifyingCellProps = { slot: Slot; since: string; monitorMs: number }

/** A slot in its monitor: the ring around it fills until the swarm is through with it. */
function VerifyingCell({ slot, since, monitorMs }: VerifyingCellProps) {
  const from = Date.parse(since)
  const filled = useShare(from, from + monitorMs) ?? 0
  return <Cell face={{ ...slotFace(slot), filled }} other={otherFace(slot)} />
}
