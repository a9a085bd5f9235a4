import type { Service } from '@skep/shared/contract/service'
import { verdictWords } from '@skep/shared/vocabulary'
import { Ago } from '../../ui/Ago.tsx'
import { Breakable } from '../../ui/Breakable.tsx'
import type { Column } from '../../ui/column.ts'
import { Mark } from '../../ui/Mark.tsx'
import { withoutLabel } from '../../ui/words.ts'
import { stackColumn } from '../inventory/StackLink.tsx'
import { ServiceName } from '../state/ServiceName.tsx'
import styles from './service-columns.module.css'
import { modeWords, portWords, runningOf, shortImage } from './service-words.ts'

/** The columns of the list of services. */
export const serviceColumns: Column<Service>[] = [
  {
    key: 'name',
    header: 'Service',
    sortBy: ({ name }) => name,
    cell: ({ name, convergence }) => {
      const { mark, tone, label } = verdictWords[convergence.verdict]
      return (
        <span className={styles.name}>
          <Mark mark={mark} tone={tone} label={label} />
          <ServiceName name={name} />
        </span>
      )
    },
  },
  {
    key: 'verdict',
    header: 'Status',
    sortBy: ({ convergence }) => verdictWords[convergence.verdict].label,
    cell: ({ convergence: { verdict, sentence } }) => (
      <span className={styles.status} title={sentence}>
        <strong data-tone={verdictWords[verdict].tone}>
          {verdictWords[verdict].label}
        </strong>
        {withoutLabel(sentence, verdictWords[verdict].label)}
      </span>
    ),
    wideOnly: true,
  },
  {
    key: 'running',
    header: 'Running',
    align: 'end',
    sortBy: ({ running, desired }) => (desired > 0 ? running / desired : 1),
    cell: runningOf,
  },
  {
    key: 'image',
    header: 'Image',
    sortBy: ({ image }) => image,
    cell: ({ image }) => (
      <code className={styles.image} title={image}>
        <Breakable text={shortImage(image)} />
      </code>
    ),
    wideOnly: true,
  },
  {
    key: 'ports',
    header: 'Ports',
    sortBy: ({ ports }) => ports[0]?.published ?? null,
    cell: ({ ports }) => ports.map(portWords).join(', '),
    wideOnly: true,
  },
  {
    key: 'mode',
    header: 'Mode',
    sortBy: ({ mode }) => modeWords[mode],
    cell: ({ mode }) => modeWords[mode],
    roomyOnly: true,
  },
  {
    key: 'updated',
    header: 'Updated',
    align: 'end',
    sortBy: ({ updatedAt }) => Date.parse(updatedAt),
    cell: ({ updatedAt }) => <Ago at={updatedAt} as="past" dense />,
    wideOnly: true,
  },
  { ...stackColumn, roomyOnly: true },
]
