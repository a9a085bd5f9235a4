import { Tooltip } from '@mantine/core'
import type { Slot } from '@skep/shared/contract/service'
import { type KeyboardEvent, type SyntheticEvent, useRef, useState } from 'react'
import { stepTo } from './grid-steps.ts'
import type { Course } from './phase-words.ts'
import { SlotCell } from './SlotCell.tsx'
import { SlotDetail } from './SlotDetail.tsx'
import styles from './SlotGrid.module.css'
import { gridSentence } from './slot-words.ts'

type SlotGridProps = {
  slots: readonly Slot[]
  /** What the service is in the middle of: its phases are said then. */
  course?: Course | null
  /** How long the swarm watches a slot before it counts as updated, in milliseconds. */
  monitorMs?: number
  /** Slots that are not asked for stay where they are, but faint. */
  wanted?: (slot: Slot) => boolean
  onOpen: (slot: Slot) => void
}

type Pointed = { key: string; cell: HTMLElement }

/** One cell a slot, in order. One tab stop; arrows, Home and End move within. */
export function SlotGrid(props: SlotGridProps) {
  const { slots, course = null, monitorMs = 0, wanted, onOpen } = props
  const grid = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState<string | null>(null)
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const byKey = (key: string | null | undefined) => slots.find((slot) => slot.key === key)
  const current = byKey(stop)?.key ?? slots[0]?.key
  const detailed = byKey(pointed?.key)

  const point = (event: SyntheticEvent) => {
    const cell = cellOf(event)
    setPointed(cell && { key: cell.dataset.slot ?? '', cell })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && pointed) {
      event.stopPropagation()
      setPointed(null)
      return
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const buttons = [...(grid.current?.querySelectorAll('button') ?? [])]
    const to = stepTo(event.key, buttons, document.activeElement)
    if (!to) return
    event.preventDefault()
    to.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells flow like text, a table would not
    <div
      role="grid"
      aria-label={gridSentence(slots, course)}
      ref={grid}
      className={styles.grid}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        setStop(cellOf(event)?.dataset.slot ?? null)
        point(event)
      }}
      onBlur={() => setPointed(null)}
      onPointerOver={point}
      onPointerLeave={() => setPointed(null)}
      onClick={(event) => {
        const slot = byKey(cellOf(event)?.dataset.slot)
        if (slot) onOpen(slot)
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <div role="row" className={styles.row}>
        {slots.map((slot) => (
          <SlotCell
            key={slot.key}
            slot={slot}
            course={course}
            monitorMs={monitorMs}
            stop={slot.key === current}
            faint={wanted ? !wanted(slot) : false}
          />
        ))}
      </div>
      {pointed && (
        <Tooltip
          target={pointed.cell}
          opened={detailed !== undefined}
          label={detailed && <SlotDetail slot={detailed} course={course} />}
          position="bottom-start"
        />
      )}
    </div>
  )
}

const cellOf = ({ target }: SyntheticEvent): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-slot]') : null
