import type { Slot, SlotStatus } from '@skep/shared/contract/service'
import { slotWords } from '@skep/shared/vocabulary'
import { Cell } from '../../ui/Cell.tsx'
import tones from '../../ui/tone.module.css'
import styles from './SlotBars.module.css'
import { isEarlier, slotStatuses } from './slot-faces.ts'

type SlotBarsProps = {
  slots: readonly Slot[]
  opened: SlotStatus | null
  onOpen: (status: SlotStatus | null) => void
}

/**
 * More slots than cells can show: a bar a state, as long as its share, solid for the
 * current spec and hollow for earlier ones. The bars are the picture of the table's counts.
 */
export function SlotBars({ slots, opened, onOpen }: SlotBarsProps) {
  const rows = slotStatuses.flatMap((status) => {
    const those = slots.filter((slot) => slot.status === status)
    const earlier = those.filter(isEarlier).length
    return those.length > 0 ? [{ status, count: those.length, earlier }] : []
  })
  return (
    <table className={styles.bars}>
      <caption className={styles.caption}>{slots.length} slots by state</caption>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Slots</th>
          <th scope="col" data-wide-only>
            On an earlier spec
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ status, count, earlier }) => (
          <tr key={status}>
            <th scope="row">
              <button
                type="button"
                aria-expanded={opened === status}
                onClick={() => onOpen(opened === status ? null : status)}
              >
                <Cell face={{ ...slotWords[status], hollow: false }} size={14} />
                {slotWords[status].label}
              </button>
            </th>
            <td>{count}</td>
            <td className={earlier === 0 ? styles.none : undefined} data-wide-only>
              {earlier}
            </td>
            <td className={styles.picture} aria-hidden="true">
              <span className={tones[slotWords[status].tone]}>
                {count > earlier && (
                  <i style={{ flexGrow: count - earlier }} data-fill="solid" />
                )}
                {earlier > 0 && <i style={{ flexGrow: earlier }} data-fill="hollow" />}
                <i style={{ flexGrow: slots.length - count }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
