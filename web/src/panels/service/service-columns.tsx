import type { Service } from '@skep/shared/contract/service'
import { stateWord, verdictWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { Ago } from '../../ui/Ago.tsx'
import type { Column } from '../../ui/column.ts'
import { Mark } from '../../ui/Mark.tsx'
import { stackColumn } from '../inventory/StackLink.tsx'
import { StateBadge } from '../state/StateBadge.tsx'
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
          <Link to="/services/$name" params={{ name }}>
            {name}
          </Link>
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
    key: 'data',
    header: 'Data',
    sortBy: ({ state }) => state && (stateWord(state)?.label ?? null),
    cell: ({ state }) => <StateBadge state={state} />,
    wideOnly: true,
  },
  {
    key: 'image',
    header: 'Image',
    sortBy: ({ image }) => image,
    cell: ({ image }) => <code title={image}>{shortImage(image)}</code>,
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
    wideOnly: true,
  },
  {
    key: 'updated',
    header: 'Updated',
    align: 'end',
    sortBy: ({ updatedAt }) => Date.parse(updatedAt),
    cell: ({ updatedAt }) => <Ago at={updatedAt} as="past" dense />,
    wideOnly: true,
  },
  stackColumn,
]

/** "update paused: 3 tasks failed" beside "Update paused" says it once: "3 tasks failed". */
function withoutLabel(sentence: string, label: string): string {
  const begins = sentence.toLowerCase().startsWith(label.toLowerCase())
  return begins ? sentence.slice(label.length).replace(/^[:,]\s*/, '') : sentence
}
