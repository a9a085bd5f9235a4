import type { Rollout, StuckSlot } from '@skep/shared/contract/rollout'
import type { Service } from '@skep/shared/contract/service'
import { Link } from '@tanstack/react-router'
import { Ago } from '../../ui/Ago.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Quote } from '../../ui/Quote.tsx'
import { clockTime } from '../../ui/time.ts'
import { counted } from '../../ui/words.ts'
import { slotName } from '../slots/slot-words.ts'
import styles from './StuckSlots.module.css'

/** As many as are read one by one: what holds up more is most often the same. */
const shown = 5

type StuckSlotsProps = { service: Service; rollout: Rollout }

/** The slots that hold a rollout up: where they are, since when, and why. */
export function StuckSlots({ service, rollout }: StuckSlotsProps) {
  const { stuck, stuckMore = 0 } = rollout
  if (stuck.length === 0) return null
  const total = stuck.length + stuckMore
  const more = total - Math.min(stuck.length, shown)
  return (
    <div className={styles.stuck}>
      <h3>{total === 1 ? '1 slot is stuck' : `${total} slots are stuck`}</h3>
      <ul>
        {stuck.slice(0, shown).map((one) => (
          <li key={one.slot}>
            <Mark mark="triangle" tone="warning" />
            <Stuck service={service} one={one} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.where}>{counted(more, 'more slot')}.</p>}
    </div>
  )
}

function Stuck({ service, one }: { service: Service; one: StuckSlot }) {
  const { slot: key, state, since, node, why, cause } = one
  const slot = service.slots.find((slot) => slot.key === key) ?? { key, number: null }
  // A global service's slots are named after their nodes.
  const where = node === null ? 'not placed' : slot.number !== null && `on ${node}`
  return (
    <div className={styles.one}>
      <p>
        <Link
          to="/services/$name/tasks"
          params={{ name: service.name }}
          search={{ slot: key }}
        >
          {slotName(slot)}
        </Link>
        : {why}
        {!why.endsWith('.') && '.'}
      </p>
      {cause && <Quote>{cause}</Quote>}
      <p className={styles.where}>
        {[state, where].filter(Boolean).join(', ')}; stuck for <Ago at={since} />, since{' '}
        {clockTime(Date.parse(since))}
      </p>
    </div>
  )
}
