import type { Node } from '@skep/shared/contract/node'
import { isOpen, type Operation } from '@skep/shared/contract/operation'
import type { Service, Verdict } from '@skep/shared/contract/service'
import { nodeWords, verdictWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { useNodes, useOperations, useServices } from '../../cluster/queries.ts'
import { Ago } from '../../ui/Ago.tsx'
import { Cell } from '../../ui/Cell.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Section } from '../../ui/Section.tsx'
import { counted } from '../../ui/words.ts'
import { otherFace, slotFace } from '../slots/slot-faces.ts'
import { StateBadge } from '../state/StateBadge.tsx'
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
  const operations = Object.values(useOperations())
    .filter(isOpen)
    .sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1))
  const all = useServices()
  const services = Object.values(all)
    .filter(
      ({ name, convergence }) =>
        moving.includes(convergence.verdict) || operations.some(isOf(name)),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const allNodes = useNodes()
  const nodes = Object.values(allNodes)
    .filter(({ name, status }) => status === 'draining' || operations.some(isOnNode(name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  // What is being removed may be gone before that is judged.
  const present = { service: all, node: allNodes }
  const orphans = operations.filter(
    ({ subject }) => !Object.hasOwn(present[subject.kind], subject.name),
  )
  if (services.length + orphans.length + nodes.length === 0) return null
  return (
    <Section title="In motion">
      <ul className={styles.list}>
        {services.map((service) => (
          <MovingService
            key={service.id}
            service={service}
            operations={operations.filter(isOf(service.name))}
          />
        ))}
        {orphans.map((operation) => (
          <OrphanOperation key={operation.id} operation={operation} />
        ))}
        {nodes.map((node) => (
          <MovingNode
            key={node.id}
            node={node}
            operations={operations.filter(isOnNode(node.name))}
          />
        ))}
      </ul>
    </Section>
  )
}

const isOf =
  (name: string) =>
  ({ subject }: Operation) =>
    subject.kind === 'service' && subject.name === name

const isOnNode =
  (name: string) =>
  ({ subject }: Operation) =>
    subject.kind === 'node' && subject.name === name

type MovingServiceProps = { service: Service; operations: Operation[] }

function MovingService({ service, operations }: MovingServiceProps) {
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
        {label}: {convergence.sentence} <StateBadge state={service.state} />
        {operations.map((operation) => (
          <OperationLine key={operation.id} operation={operation} />
        ))}
      </span>
    </li>
  )
}

/** What was asked here and is not over: its title leads to where it is tracked. */
function OperationLine({ operation }: { operation: Operation }) {
  const { id, subject, title, sentence, requestedAt } = operation
  return (
    <span className={styles.operation} data-operation={id}>
      <Link
        to={subject.kind === 'service' ? '/services/$name' : '/nodes/$name'}
        params={{ name: subject.name }}
        search={{ operation: id }}
      >
        {title}
      </Link>
      : {sentence} Asked <Ago at={requestedAt} as="past" dense />
    </span>
  )
}

function OrphanOperation({ operation }: { operation: Operation }) {
  return (
    <li className={styles.row} data-row>
      <Mark mark="ring-open" tone="progress" label="Under way" />
      <span className={styles.name}>{operation.subject.name}</span>
      <span className={styles.cells} />
      <span className={styles.sentence}>
        <OperationLine operation={operation} />
      </span>
    </li>
  )
}

type MovingNodeProps = { node: Node; operations: Operation[] }

function MovingNode({ node: { name, tasks, status }, operations }: MovingNodeProps) {
  const { mark, tone, label } = nodeWords[status]
  return (
    <li className={styles.row} data-row data-node={name} data-status={status}>
      <Mark mark={mark} tone={tone} label={label} />
      <Link to="/nodes/$name" params={{ name }} className={styles.name}>
        {name}
      </Link>
      <span className={styles.cells} />
      <span className={styles.sentence}>
        {label}: {counted(tasks.live, 'task')} {status === 'draining' ? 'left' : 'on it'}
        {operations.map((operation) => (
          <OperationLine key={operation.id} operation={operation} />
        ))}
      </span>
    </li>
  )
}
