import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useOverview, useSwarm } from '../../cluster/queries.ts'
import { numeral } from '../../ui/words.ts'
import styles from './Standing.module.css'

/** What there is, and what of it can be lost: managers, nodes, services, a line each. */
export function Standing() {
  const { managers } = useSwarm()
  const { nodes, services, tasks } = useOverview()
  return (
    <dl className={styles.standing}>
      <Line name={<Link to="/nodes">Managers</Link>}>
        {managers.reachable} of {managers.total}
        {managers.canLose === 0 ? ', can lose none' : `, can lose ${managers.canLose}`}
      </Line>
      <Line name={<Link to="/nodes">Nodes</Link>}>
        {counts([
          [nodes.ready, 'ready'],
          [nodes.draining, 'draining or drained'],
          [nodes.down, 'down'],
          [nodes.other, 'other'],
        ])}
      </Line>
      <Line name={<Link to="/services">Services</Link>}>
        {counts([
          [services.converged, 'converged'],
          [services.needYou, services.needYou === 1 ? 'needs you' : 'need you'],
          [services.inMotion, 'in motion'],
          [services.unknown, 'unknown'],
        ])}
      </Line>
      <Line name={<Link to="/services">Tasks</Link>}>
        {numeral(tasks.running)} of {numeral(tasks.desired)} running
      </Line>
    </dl>
  )
}

function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** "8 ready · 1 draining": what there is none of is not worth a word. */
function counts(parts: [number, string][]): ReactNode {
  const some = parts.filter(([count]) => count > 0)
  if (some.length === 0) return 'none'
  return some.map(([count, word], place) => (
    <span key={word}>
      {place > 0 && ' · '}
      <span className={styles.count}>
        {numeral(count)} {word}
      </span>
    </span>
  ))
}
