import type { Service, Slot } from '@skep/shared/contract/service'
import { verdictWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import { useServices } from '../../cluster/queries.ts'
import { Cell } from '../../ui/Cell.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { otherFace, slotFace } from '../slots/slot-faces.ts'
import { gridSentence, slotSentence } from '../slots/slot-words.ts'
import { ServiceName } from '../state/ServiceName.tsx'
import styles from './NodeTasks.module.css'

type Part = { service: Service; slots: Slot[] }

const columns: Column<Part>[] = [
  {
    key: 'service',
    header: 'Service',
    cell: ({ service: { name } }) => <ServiceName name={name} />,
  },
  {
    key: 'here',
    header: 'On this node',
    cell: ({ service, slots }) => <Cells service={service.name} slots={slots} />,
  },
  {
    key: 'status',
    header: 'The whole service',
    cell: ({ service: { convergence } }) => {
      const { verdict, sentence } = convergence
      return <StatusLabel {...verdictWords[verdict]} label={sentence} />
    },
    wideOnly: true,
  },
]

/** What is on a node: by service, a cell for each of its slots that a task here holds. */
export function NodeTasks({ node }: { node: string }) {
  const parts = Object.values(useServices())
    .map((service) => ({ service, slots: slotsOn(service, node) }))
    .filter(({ slots }) => slots.length > 0)
    .sort((a, b) => (a.service.name < b.service.name ? -1 : 1))
  return (
    <DataTable
      label="Tasks by service"
      columns={columns}
      rows={parts}
      rowKey={({ service }) => service.id}
      summary={({ service: { convergence } }) => convergence.sentence}
      sort={null}
      onSort={() => {}}
      empty={<EmptyState>No task is on this node.</EmptyState>}
    />
  )
}

const slotsOn = ({ slots }: Service, node: string): Slot[] =>
  slots.filter(({ tasks }) => tasks.some((task) => task.node === node))

/** More cells than this say less than their counts. */
const cellLimit = 36

function Cells({ service, slots }: { service: string; slots: Slot[] }) {
  if (slots.length > cellLimit)
    return <span className={styles.counts}>{gridSentence(slots)}</span>
  // A custom property, which React's types do not know of.
  const across = { '--cells': Math.min(slots.length, 12) } as CSSProperties
  return (
    <span className={styles.cells} style={across}>
      {slots.map((slot) => (
        <Link
          key={slot.key}
          className={styles.cell}
          to="/services/$name/tasks"
          params={{ name: service }}
          search={{ slot: slot.key }}
          title={slotSentence(slot)}
          data-slot={slot.key}
          data-task={slot.tasks[0]?.id}
          data-state={slot.tasks[0]?.state ?? 'empty'}
        >
          <Cell face={slotFace(slot)} other={otherFace(slot)} />
          <VisuallyHidden>{slotSentence(slot)}</VisuallyHidden>
        </Link>
      ))}
    </span>
  )
}
