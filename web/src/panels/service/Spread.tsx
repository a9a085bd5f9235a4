import type { Service, Slot } from '@skep/shared/contract/service'
import { Link } from '@tanstack/react-router'
import { Cell } from '../../ui/Cell.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { otherFace, slotFace } from '../slots/slot-faces.ts'
import { gridSentence } from '../slots/slot-words.ts'
import styles from './Spread.module.css'

/** Beyond these, cells of one node say less than their sentence. */
const cellLimit = 24

/** Where the slots of a service are: a line a node, those not placed yet last. */
export function Spread({ service }: { service: Service }) {
  const byNode = spread(service.slots)
  if (byNode.length === 0) return <EmptyState>No task is on any node.</EmptyState>
  return (
    <ul className={styles.spread}>
      {byNode.map(({ node, slots }) => (
        <li key={node ?? ''} className={styles.line}>
          {node === null ? (
            <span className={styles.nowhere}>not placed</span>
          ) : (
            <Link to="/nodes/$name" params={{ name: node }}>
              {node}
            </Link>
          )}
          <span className={styles.cells} aria-hidden="true">
            {slots.length <= cellLimit &&
              slots.map((slot) => (
                <Cell
                  key={slot.key}
                  face={slotFace(slot)}
                  other={otherFace(slot)}
                  size={14}
                />
              ))}
          </span>
          <span className={styles.words}>{gridSentence(slots)}</span>
        </li>
      ))}
    </ul>
  )
}

/** Slots by the node of the task that speaks for them. */
function spread(slots: readonly Slot[]): { node: string | null; slots: Slot[] }[] {
  const byNode = Map.groupBy(slots, ({ tasks: [task] }) => task?.node ?? null)
  return [...byNode]
    .map(([node, slots]) => ({ node, slots }))
    .sort((a, b) => (a.node === null ? 1 : b.node === null ? -1 : a.node < b.node ? -1 : 1))
}
