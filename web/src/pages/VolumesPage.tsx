import type { Volume } from '@skep/shared/contract/volume'
import { volumeScopeWords } from '@skep/shared/vocabulary'
import { useVolumes } from '../cluster/stored.ts'
import { InventorySwitch } from '../panels/inventory/InventorySwitch.tsx'
import { ListTools } from '../panels/inventory/ListTools.tsx'
import { NoMatch } from '../panels/inventory/NoMatch.tsx'
import { useList } from '../panels/inventory/use-list.ts'
import { DetailError } from '../panels/service/DetailError.tsx'
import { Risks, volumeColumns } from '../panels/volume/volume-columns.tsx'
import {
  clusterLines,
  notAskedSentence,
  volumeSentence,
} from '../panels/volume/volume-words.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Mark } from '../ui/Mark.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Tally } from '../ui/Tally.tsx'
import { counted, matches } from '../ui/words.ts'

/** Where does data lie, and who mounts it? */
export function VolumesPage() {
  const { data, error, refetch } = useVolumes()
  const notAsked = data && notAskedSentence(data)
  return (
    <>
      <InventorySwitch />
      <PageHeader
        subject="Volumes"
        verdict={data ? volumeSentence(data.items) : 'where data lies, and who mounts it'}
      >
        {notAsked && <span data-not-asked>{notAsked}</span>}
      </PageHeader>
      {error && <DetailError error={error} onRetry={() => void refetch()} />}
      {data ? (
        <List volumes={data.items} />
      ) : (
        !error && <Skeleton rows={8} label="Reading the volumes" />
      )}
    </>
  )
}

const groups = ['risk', 'unused'] as const
const isIn = { risk: hasRisk, unused: isUnused } as const

function List({ volumes }: { volumes: Volume[] }) {
  const list = useList('name')
  const found = volumes.filter((volume) => matches(list.q, ...words(volume)))
  const chosen = groups.find((group) => group === list.status) ?? null
  const shown = found.filter((volume) => !chosen || isIn[chosen](volume))
  return (
    <>
      {volumes.length > 0 && (
        <ListTools list={list} label="Filter volumes">
          <Tally
            label="Show only"
            entries={[
              {
                key: 'risk',
                label: 'with a risk',
                count: found.filter(hasRisk).length,
                icon: <Mark mark="triangle" tone="warning" size={12} />,
              },
              {
                key: 'unused',
                label: 'mounted by no service',
                count: found.filter(isUnused).length,
                icon: <Mark mark="disc-hollow" tone="neutral" size={12} />,
              },
            ]}
            chosen={chosen}
            onChoose={list.setStatus}
          />
        </ListTools>
      )}
      <DataTable
        label="Volumes"
        columns={volumeColumns}
        rows={shown}
        // Without a name it is another one on each node; a driver is not part of a name.
        rowKey={({ name, driver }) => `${driver} ${name}`}
        summary={Summary}
        attributes={({ name }) => ({ 'data-volume': name })}
        sort={list.sort}
        onSort={list.setSort}
        empty={
          volumes.length > 0 ? (
            <NoMatch list={list} things="volumes" />
          ) : (
            <EmptyState>
              No volumes yet. A service with <code>--mount type=volume</code> makes one on
              each node that it runs on.
            </EmptyState>
          )
        }
      />
    </>
  )
}

function hasRisk({ risks }: Volume): boolean {
  return risks.length > 0
}
function isUnused({ inUse }: Volume): boolean {
  return !inUse
}

const Summary = ({ scope, consumers, risks }: Volume) => (
  <>
    {volumeScopeWords[scope]}, mounted by{' '}
    {consumers.length === 0 ? 'no service' : counted(consumers.length, 'service')}
    <Risks risks={risks} />
  </>
)

const words = ({
  name,
  driver,
  scope,
  stack,
  consumers,
  places,
  risks,
  cluster,
}: Volume) => [
  name,
  driver,
  volumeScopeWords[scope],
  stack,
  ...consumers.flatMap(({ service, target }) => [service, target]),
  ...places.map(({ node }) => node),
  ...(cluster?.published.map(({ node }) => node) ?? []),
  ...(cluster ? clusterLines(cluster) : []),
  ...risks.map(({ sentence }) => sentence),
]
