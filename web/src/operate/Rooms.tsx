import type { NodeRoom } from '@skep/shared/contract/node-preview'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { bytes, cpus } from '../ui/units.ts'
import { counted } from '../ui/words.ts'
import styles from './Rooms.module.css'

/** The fullest nodes decide; the others wait for a press. */
const shownFirst = 6

/** What each remaining node has reserved, now and at the most afterwards. */
export function Rooms({ rooms }: { rooms: NodeRoom[] }) {
  const [all, setAll] = useState(false)
  const byFullness = fullestFirst(rooms)
  const shown = all ? byFullness : byFullness.slice(0, shownFirst)
  const left = rooms.length - shown.length
  return (
    <div className={styles.rooms}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Memory</th>
            <th scope="col">CPU</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ node, memoryBytes, nanoCpus }) => (
            <tr key={node} data-room={node}>
              <th scope="row">
                <Link to="/nodes/$name" params={{ name: node }}>
                  {node}
                </Link>
              </th>
              <td>
                <Change of={memoryBytes} words={bytes} />
              </td>
              <td>
                <Change of={nanoCpus} words={cpus} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <Button onClick={() => setAll(true)}>Show {counted(left, 'more node')}</Button>
      )}
    </div>
  )
}

type Amount = NodeRoom['memoryBytes']

/** Full now, striped what may come: in grey they still differ. */
function Change({ of, words }: { of: Amount; words: (amount: number) => string }) {
  const { now, after, total } = of
  return (
    <>
      <span className={styles.bar} aria-hidden="true">
        <span data-part="now" style={{ width: percent(Math.min(now, after), total) }} />
        <span
          data-part="more"
          style={{ width: percent(Math.max(0, after - now), total) }}
        />
      </span>
      <span className={styles.words}>
        {now === after ? words(after) : `${words(now)} → ${words(after)}`} of {words(total)}
      </span>
    </>
  )
}

const share = ({ after, total }: Amount): number => (total > 0 ? after / total : 0)
const percent = (part: number, whole: number): string =>
  whole > 0 ? `${Math.min(100, (part / whole) * 100)}%` : '0'

/** Nodes by what is then most taken of them, memory or processors. */
export const fullestFirst = (rooms: readonly NodeRoom[]): NodeRoom[] =>
  rooms.toSorted(
    (a, b) =>
      Math.max(share(b.memoryBytes), share(b.nanoCpus)) -
        Math.max(share(a.memoryBytes), share(a.nanoCpus)) || (a.node < b.node ? -1 : 1),
  )
