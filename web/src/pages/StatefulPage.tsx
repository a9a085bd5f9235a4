import type { Statefulness } from '@skep/shared/contract/stateful'
import {
  ifItMovesWords,
  placementWords,
  stateClassWords,
  type Word,
} from '@skep/shared/vocabulary'
import { useStateful } from '../cluster/details.ts'
import { useAttention, useServices } from '../cluster/queries.ts'
import { useUnseen } from '../cluster/status.ts'
import { ListTools } from '../panels/inventory/ListTools.tsx'
import { NoMatch } from '../panels/inventory/NoMatch.tsx'
import { useList } from '../panels/inventory/use-list.ts'
import { DetailError } from '../panels/service/DetailError.tsx'
import { stateBasisOf } from '../panels/state/state-basis.ts'
import { statefulColumns } from '../panels/state/stateful-columns.tsx'
import {
  dataPlaces,
  type Fate,
  fateOf,
  fates,
  placeWords,
  statefulSentence,
  watchedWords,
} from '../panels/state/stateful-words.ts'
import { useClock } from '../ui/clock.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Mark } from '../ui/Mark.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Tally } from '../ui/Tally.tsx'
import { matches } from '../ui/words.ts'

const fateWords: Record<Fate, Word> = {
  misplaced: { ...placementWords.misplaced, label: 'misplaced' },
  copies: { mark: 'triangle', tone: 'warning', label: 'copies that differ' },
  'starts-empty': { ...ifItMovesWords['starts-empty'], label: 'starts empty' },
  'cannot-tell': { ...ifItMovesWords['cannot-tell'], label: 'cannot tell' },
  refuses: { ...ifItMovesWords.refuses, label: 'refuses to start' },
  keeps: { ...ifItMovesWords.keeps, label: 'keeps its data' },
}

/** What would lose data if it moved? */
export function StatefulPage() {
  const services = Object.values(useServices())
  const basis = services.filter(({ state }) => state !== null).map(stateBasisOf)
  const { data, error, refetch } = useStateful(basis.join('\n'))
  return (
    <>
      {data ? (
        <PageHeader subject="Stateful" verdict={statefulSentence(data.services)}>
          <Watched since={data.watchingSince} />
        </PageHeader>
      ) : (
        <PageHeader subject="Stateful" verdict="what would lose data if it moved" />
      )}
      {error && <DetailError error={error} onRetry={() => void refetch()} />}
      {data ? (
        <List services={data.services} />
      ) : (
        !error && <Skeleton rows={8} label="Reading what holds data" />
      )}
    </>
  )
}

function Watched({ since }: { since: string | null }) {
  const words = useClock((clock) => watchedWords(since, clock.now()))
  return <span>{words} Backups and drills are read from labels.</span>
}

function List({ services }: { services: Statefulness[] }) {
  const list = useList('moves')
  const unseen = useUnseen()
  const toneOf = useTones()
  const found = services.filter((one) => matches(list.q, ...words(one)))
  const chosen = fates.find((fate) => fate === list.status) ?? null
  const shown = found.filter((one) => !chosen || fateOf(one) === chosen)
  return (
    <>
      {services.length > 0 && (
        <ListTools list={list} label="Filter stateful services">
          <Tally
            label="Show only"
            entries={fates.map((fate) => ({
              key: fate,
              label: fateWords[fate].label,
              count: found.filter((one) => fateOf(one) === fate).length,
              icon: (
                <Mark mark={fateWords[fate].mark} tone={fateWords[fate].tone} size={12} />
              ),
            }))}
            chosen={chosen}
            onChoose={list.setStatus}
          />
        </ListTools>
      )}
      <DataTable
        label="Stateful services"
        columns={statefulColumns}
        rows={shown}
        rowKey={({ service }) => service}
        summary={summary}
        tone={toneOf}
        changed={({ service }) => unseen('service', service)}
        attributes={({ service, class: kind }) => ({
          'data-service': service,
          'data-class': kind,
        })}
        sort={list.sort}
        onSort={list.setSort}
        empty={
          services.length > 0 ? (
            <NoMatch list={list} things="stateful services" />
          ) : (
            <EmptyState>
              No stateful services yet. A service with a volume, a writable path of its
              node, or the image of a known database appears here; the label{' '}
              <code>skep.state</code> overrules.
            </EmptyState>
          )
        }
      />
    </>
  )
}

/** Rows are tinted for what stands on the first page as well, and for nothing else. */
function useTones(): (row: Statefulness) => 'warning' | 'critical' | null {
  const kinds = ['misplaced', 'replicas-on-local', 'state-stranded']
  const attention = useAttention().filter(({ kind }) => kinds.includes(kind))
  return ({ service }) => {
    const tone = attention.find(
      ({ subject }) => subject.kind === 'service' && subject.name === service,
    )?.tone
    return tone === 'warning' || tone === 'critical' ? tone : null
  }
}

const words = (one: Statefulness) => [
  one.service,
  one.stack,
  stateClassWords[one.class].label,
  one.product?.name ?? null,
  ifItMovesWords[one.ifItMoves].label,
  one.placement && placementWords[one.placement].label,
  one.pinnedTo,
  one.pinnedBy,
  ...dataPlaces(one).map(placeWords),
]

const summary = (one: Statefulness) => {
  const [place] = dataPlaces(one)
  return [place && placeWords(place), one.pinnedTo ? `pinned to ${one.pinnedTo}` : null]
    .filter(Boolean)
    .join('\u00a0· ')
}
