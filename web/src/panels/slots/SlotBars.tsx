import type { Service } from '@skep/shared/contract/service'
import { slotWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { Cell } from '../../ui/Cell.tsx'
import tones from '../../ui/tone.module.css'
import { counted } from '../../ui/words.ts'
import { type Course, phaseWords, slotPhases } from './phase-words.ts'
import styles from './SlotBars.module.css'
import { isEarlier } from './slot-faces.ts'
import { isWanted, type SlotFilter } from './slot-filter.ts'
import { slotStatuses } from './slot-words.ts'

type SlotBarsProps = {
  service: Pick<Service, 'name' | 'slots'>
  course: Course | null
  filter: SlotFilter
}

/**
 * More slots than cells can show: a bar a state, as long as its share, solid for the
 * current spec and hollow for earlier ones. The bars are the picture of the table's counts;
 * each state leads to the tasks of its slots.
 */
export function SlotBars({ service, course, filter }: SlotBarsProps) {
  const { name } = service
  const slots = service.slots.filter((slot) => isWanted(slot, filter, course))
  const phase = slotPhases.find((phase) => phase === filter)
  const rows = slotStatuses.flatMap((status) => {
    const those = slots.filter((slot) => slot.status === status)
    const earlier = those.filter(isEarlier).length
    return those.length > 0 ? [{ status, count: those.length, earlier }] : []
  })
  return (
    <table className={styles.bars}>
      <caption className={styles.caption}>
        {counted(slots.length, 'slot')}
        {course && phase && ` ${phaseWords[course][phase]}`} by state
      </caption>
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
              <Link
                to="/services/$name/tasks"
                params={{ name }}
                search={{ state: status, ...(phase && { phase }) }}
              >
                <Cell face={{ ...slotWords[status], hollow: false }} size={14} />
                {slotWords[status].label}
              </Link>
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
