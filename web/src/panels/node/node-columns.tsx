import type { Node } from '@skep/shared/contract/node'
import { nodeWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { useCluster } from '../../cluster/queries.ts'
import type { Column } from '../../ui/column.ts'
import { Meter } from '../../ui/Meter.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { bytesOf, cpus } from '../../ui/units.ts'
import { statefulByNode } from '../state/stateful-by-node.ts'
import { availabilityWords, managerWord, roleWords } from './node-words.ts'

/** The columns of the list of nodes. */
export const nodeColumns: Column<Node>[] = [
  {
    key: 'name',
    header: 'Node',
    sortBy: ({ name }) => name,
    cell: ({ name }) => (
      <Link to="/nodes/$name" params={{ name }}>
        {name}
      </Link>
    ),
  },
  {
    key: 'status',
    header: 'Status',
    sortBy: ({ status }) => nodeWords[status].label,
    cell: ({ status }) => <StatusLabel {...nodeWords[status]} />,
  },
  {
    key: 'role',
    header: 'Role',
    sortBy: (node) => `${node.role} ${managerWord(node)?.label}`,
    cell: (node) => <Role node={node} />,
    wideOnly: true,
  },
  {
    key: 'availability',
    header: 'Availability',
    sortBy: ({ availability }) => availability,
    cell: ({ availability }) => availabilityWords[availability],
    wideOnly: true,
  },
  {
    key: 'tasks',
    header: 'Tasks',
    align: 'end',
    sortBy: ({ tasks }) => tasks.running,
    cell: ({ tasks: { running, live } }) =>
      running === live ? running : `${running} of ${live}`,
    wideOnly: true,
  },
  {
    key: 'cpu',
    header: 'CPU reserved',
    sortBy: ({ reserved, nanoCpus }) => share(reserved.nanoCpus, nanoCpus),
    cell: ({ reserved, nanoCpus }) => (
      <Meter value={reserved.nanoCpus} max={nanoCpus} inline>
        {cpus(reserved.nanoCpus)} of {cpus(nanoCpus)}
      </Meter>
    ),
    wideOnly: true,
  },
  {
    key: 'memory',
    header: 'Memory reserved',
    sortBy: ({ reserved, memoryBytes }) => share(reserved.memoryBytes, memoryBytes),
    cell: ({ reserved, memoryBytes }) => (
      <Meter value={reserved.memoryBytes} max={memoryBytes} inline>
        {bytesOf(reserved.memoryBytes, memoryBytes)}
      </Meter>
    ),
    wideOnly: true,
  },
  {
    key: 'stateful',
    header: 'Stateful',
    align: 'end',
    cell: ({ name }) => <StatefulCount node={name} />,
    wideOnly: true,
  },
  {
    key: 'engine',
    header: 'Engine',
    sortBy: ({ engineVersion }) => engineVersion,
    cell: ({ engineVersion }) => engineVersion,
    wideOnly: true,
  },
  {
    key: 'address',
    header: 'Address',
    sortBy: ({ address }) => address,
    cell: ({ address }) => (address ? <code>{address}</code> : null),
    roomyOnly: true,
  },
]

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0)

const StatefulCount = ({ node }: { node: string }) =>
  useCluster(({ services }) => statefulByNode(services).get(node) ?? 0)

// A reachable manager is as it should be: only who leads, and who is amiss, gets a mark.
function Role({ node }: { node: Node }) {
  const word = managerWord(node)
  if (!word || word.tone === 'ok') return roleWords[node.role]
  return (
    <StatusLabel {...word} label={`${roleWords[node.role]}, ${word.label.toLowerCase()}`} />
  )
}
