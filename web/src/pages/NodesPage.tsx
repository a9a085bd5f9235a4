import type { Node, NodeStatus } from '@skep/shared/contract/node'
import { nodeWords } from '@skep/shared/vocabulary'
import { useAttention, useNodes, useOverview, useSwarm } from '../cluster/queries.ts'
import { useUnseen } from '../cluster/status.ts'
import { ListTools } from '../panels/inventory/ListTools.tsx'
import { NoMatch } from '../panels/inventory/NoMatch.tsx'
import { useList } from '../panels/inventory/use-list.ts'
import { nodeColumns } from '../panels/node/node-columns.tsx'
import { managerWord, nodeStatuses, nodesSentence } from '../panels/node/node-words.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Mark } from '../ui/Mark.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Tally } from '../ui/Tally.tsx'
import { counted, matches } from '../ui/words.ts'

/** Which machines are fit, and what is on them? */
export function NodesPage() {
  const nodes = Object.values(useNodes())
  const { managers } = useSwarm()
  const overview = useOverview()
  const attention = useAttention()
  const unseen = useUnseen()
  const list = useList('name')
  const found = nodes.filter((node) => matches(list.q, ...words(node)))
  const shown = found.filter(({ status }) => !list.status || status === list.status)
  const toneOf = ({ name }: Node) => {
    const tone = attention.find(
      ({ subject }) => subject.kind === 'node' && subject.name === name,
    )?.tone
    return tone === 'warning' || tone === 'critical' ? tone : null
  }
  return (
    <>
      <PageHeader subject="Nodes" verdict={nodesSentence(overview.nodes)}>
        <span>
          Managers {managers.reachable} of {managers.total} reachable, can lose{' '}
          {managers.canLose}
        </span>
        <span>{counted(overview.tasks.running, 'task')} running</span>
      </PageHeader>
      <ListTools list={list} label="Filter nodes">
        <Tally
          label="Show only"
          entries={nodeStatuses.map((status) => ({
            key: status,
            label: nodeWords[status].label.toLowerCase(),
            count: found.filter((node) => node.status === status).length,
            icon: <Mark {...plain(nodeWords[status])} size={12} />,
          }))}
          chosen={nodeStatuses.find((status) => status === list.status) ?? null}
          onChoose={list.setStatus}
        />
      </ListTools>
      <DataTable
        label="Nodes"
        columns={nodeColumns}
        rows={shown}
        rowKey={({ id }) => id}
        summary={summary}
        tone={toneOf}
        changed={({ name }) => unseen('node', name)}
        attributes={({ name, status }) => ({ 'data-node': name, 'data-status': status })}
        sort={list.sort}
        onSort={list.setSort}
        empty={
          nodes.length > 0 ? (
            <NoMatch list={list} things="nodes" />
          ) : (
            <EmptyState>
              No node is known yet. The first to join a swarm is its manager.
            </EmptyState>
          )
        }
      />
    </>
  )
}

const plain = ({ mark, tone }: (typeof nodeWords)[NodeStatus]) => ({ mark, tone })

const words = (node: Node) => [
  node.name,
  node.role,
  managerWord(node)?.label ?? null,
  node.availability,
  nodeWords[node.status].label,
  node.engineVersion,
  node.address,
  ...Object.entries(node.labels).map((label) => label.join('=')),
]

const summary = ({ role, tasks, engineVersion, manager }: Node) =>
  `${manager?.leader ? 'leader' : role}, ${counted(tasks.running, 'task')}, ${engineVersion}`
