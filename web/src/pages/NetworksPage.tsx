import type { Network } from '@skep/shared/contract/network'
import { useNetworks } from '../cluster/queries.ts'
import { InventorySwitch } from '../panels/inventory/InventorySwitch.tsx'
import { ListTools } from '../panels/inventory/ListTools.tsx'
import { NoMatch } from '../panels/inventory/NoMatch.tsx'
import { ServiceNames } from '../panels/inventory/ServiceNames.tsx'
import { stackColumn } from '../panels/inventory/StackLink.tsx'
import { useList } from '../panels/inventory/use-list.ts'
import { Ago } from '../ui/Ago.tsx'
import type { Column } from '../ui/column.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { counted, matches } from '../ui/words.ts'

const columns: Column<Network>[] = [
  {
    key: 'name',
    header: 'Network',
    sortBy: ({ name }) => name,
    cell: ({ name }) => <strong>{name}</strong>,
  },
  {
    key: 'services',
    header: 'Services',
    sortBy: ({ services }) => services.length,
    cell: ({ services }) => <ServiceNames names={services} />,
  },
  {
    key: 'driver',
    header: 'Driver',
    sortBy: ({ driver }) => driver,
    cell: ({ driver }) => driver,
    wideOnly: true,
  },
  {
    key: 'subnets',
    header: 'Subnets',
    sortBy: ({ subnets }) => subnets[0] ?? null,
    cell: ({ subnets }) => subnets.length > 0 && <code>{subnets.join(', ')}</code>,
    wideOnly: true,
  },
  {
    key: 'traits',
    header: 'Traits',
    cell: (network) => traits(network).join(', '),
    wideOnly: true,
  },
  stackColumn,
  {
    key: 'created',
    header: 'Created',
    align: 'end',
    sortBy: ({ createdAt }) => Date.parse(createdAt),
    cell: ({ createdAt }) => <Ago at={createdAt} as="past" dense />,
    wideOnly: true,
  },
]

/** Which networks are there, and who joins them? */
export function NetworksPage() {
  const networks = Object.values(useNetworks())
  const list = useList('name')
  const shown = networks.filter(({ name, driver, stack, subnets, services }) =>
    matches(list.q, name, driver, stack, ...subnets, ...services),
  )
  return (
    <>
      <InventorySwitch />
      <PageHeader subject="Networks" verdict={sentence(networks)} />
      <ListTools list={list} label="Filter networks" />
      <DataTable
        label="Networks"
        columns={columns}
        rows={shown}
        rowKey={({ id }) => id}
        summary={(network) => [network.driver, ...traits(network)].join(', ')}
        sort={list.sort}
        onSort={list.setSort}
        empty={
          networks.length > 0 ? (
            <NoMatch list={list} things="networks" />
          ) : (
            <EmptyState>
              No networks yet. <code>docker network create -d overlay</code> or deploy a
              stack.
            </EmptyState>
          )
        }
      />
    </>
  )
}

function sentence(networks: Network[]): string {
  const unused = networks.filter(
    ({ services, ingress }) => services.length === 0 && !ingress,
  )
  const total = `${networks.length} in this swarm`
  return unused.length > 0
    ? `${total}, ${counted(unused.length, 'is', 'are')} joined by no service.`
    : `${total}.`
}

const traits = ({ ingress, internal, attachable, encrypted }: Network): string[] => [
  ...(ingress ? ['ingress'] : []),
  ...(internal ? ['internal'] : []),
  ...(attachable ? ['attachable'] : []),
  ...(encrypted ? ['encrypted'] : []),
]
