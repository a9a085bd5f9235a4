import type { Node } from '@skep/shared/contract/node'
import type { Service, Verdict } from '@skep/shared/contract/service'
import { nodeWords, verdictWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { useNodes, useServices } from '../../cluster/queries.ts'
import { Cell } from '../../ui/Cell.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Section } from '../../ui/Section.tsx'
import { counted } from '../../ui/words.ts'
import { otherFace, slotFace } from '../slots/slot-faces.ts'
import styles from './InMotion.module.css'

const moving: readonly Verdict[] = [
  'updating',
  'rolling-back',
  'verifying',
  'converging',
  'running-job',
]

/** Beyond these, a row of cells says less than its sentence. */
const cellLimit = 40

/** What changes right now, each in one line. Absent while everything stands still. */
export function InMotion() {
  const services = Object.values(useServices())
    .filter(({ convergence }) => moving.includes(convergence.verdict))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const nodes = Object.values(useNodes()).filter(({ status }) => status === 'draining')
  if (services.length + nodes.length === 0) return null
  return (
    <Section title="In motion">
      <ul className={styles.list}>
        {services.map((service) => (
          <MovingService key={service.id} service={service} />
        ))}
        {nodes.map((node) => (
          <DrainingNode key={node.id} node={node} />
        ))}
      </ul>
    </Section>
  )
}

function MovingService({ service }: { service: Service }) {
  const { name, slots, convergence } = service
  const { mark, tone, label } = verdictWords[convergence.verdict]
  return (
    <li
      className={styles.row}
      data-row
      data-service={name}
      data-verdict={convergence.verdict}
    >
      <Mark mark={mark} tone={tone} label={label} />
      <Link to="/services/$name" params={{ name }} className={styles.name}>
        {name}
      </Link>
      <span className={styles.cells} aria-hidden="true">
        {slots.length <= cellLimit &&
          slots.map((slot) => (
            <Cell key={slot.key} face={slotFace(slot)} other={otherFace(slot)} size={14} />
          ))}
      </span>
      <span className={styles.sentence}>
        {label}: {convergence.sentence}
      </span>
    </li>
  )
}

function DrainingNode({ node: { name, tasks } }: { node: Node }) {
  const { mark, tone, label } = nodeWords.draining
  return (
    <li className={styles.row} data-row data-node={name}>
      <Mark mark={mark} tone={tone} label={label} />
      <Link to="/nodes/$name" params={{ name }} className={styles.name}>
        {name}
      </Link>
      <span className={styles.cells} />
      <span className={styles.sentence}>
        {label}: {counted(tasks.live, 'task')} left
      </span>
    </li>
  )
}
