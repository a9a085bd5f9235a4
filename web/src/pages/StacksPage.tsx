import type { Stack } from '@skep/shared/contract/stack'
import { verdictWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { useStacks } from '../cluster/queries.ts'
import { InventorySwitch } from '../panels/inventory/InventorySwitch.tsx'
import { ListTools } from '../panels/inventory/ListTools.tsx'
import { NoMatch } from '../panels/inventory/NoMatch.tsx'
import { ServiceNames } from '../panels/inventory/ServiceNames.tsx'
import { useList } from '../panels/inventory/use-list.ts'
import type { Column } from '../ui/column.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { StatusLabel } from '../ui/StatusLabel.tsx'
import { counted, matches } from '../ui/words.ts'

const columns: Column<Stack>[] = [
  {
    key: 'name',
    header: 'Stack',
    sortBy: ({ name }) => name,
    // Whatever a stack deploys is called by its name, an underscore, and its own.
    cell: ({ name }) => (
      <Link to="/services" search={{ q: `${name}_` }}>
        {name}
      </Link>
    ),
  },
  {
    key: 'verdict',
    header: 'Gravest of its services',
    sortBy: ({ verdict }) => verdict && verdictWords[verdict].label,
    cell: ({ verdict }) => verdict && <StatusLabel {...verdictWords[verdict]} />,
  },
  {
    key: 'services',
    header: 'Services',
    sortBy: ({ services }) => services.length,
    cell: ({ services }) => <ServiceNames names={services} limit={6} />,
    wideOnly: true,
  },
  {
    key: 'networks',
    header: 'Networks',
    sortBy: ({ networks }) => networks.length,
    cell: ({ networks }) => networks.join(', '),
    wideOnly: true,
  },
]

/** What was deployed together, and is it all well? */
export function StacksPage() {
  const stacks = Object.values(useStacks())
  const list = useList('name')
  const shown = stacks.filter(({ name, services, networks }) =>
    matches(list.q, name, ...services, ...networks),
  )
  return (
    <>
      <InventorySwitch />
      <PageHeader subject="Stacks" verdict={sentence(stacks)} />
      <ListTools list={list} label="Filter stacks" />
      <DataTable
        label="Stacks"
        columns={columns}
        rows={shown}
        rowKey={({ name }) => name}
        summary={({ services }) => counted(services.length, 'service')}
        sort={list.sort}
        onSort={list.setSort}
        empty={
          stacks.length > 0 ? (
            <NoMatch list={list} things="stacks" />
          ) : (
            <EmptyState>
              No stacks yet. <code>docker stack deploy</code> makes one.
            </EmptyState>
          )
        }
      />
    </>
  )
}

function sentence(stacks: Stack[]): string {
  const amiss = stacks.filter(({ verdict }) => {
    const tone = verdict && verdictWords[verdict].tone
    return tone === 'warning' || tone === 'critical'
  })
  const total = `${stacks.length} deployed`
  if (amiss.length === 0) return `${total}.`
  return `${total}, ${counted(amiss.length, 'needs', 'need')} you.`
}
