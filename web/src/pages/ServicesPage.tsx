import type { Service, Verdict } from '@skep/shared/contract/service'
import { stateWord, verdictWords } from '@skep/shared/vocabulary'
import { useOverview, useServices } from '../cluster/queries.ts'
import { useUnseen } from '../cluster/status.ts'
import { ListTools } from '../panels/inventory/ListTools.tsx'
import { NoMatch } from '../panels/inventory/NoMatch.tsx'
import { useList } from '../panels/inventory/use-list.ts'
import { serviceColumns } from '../panels/service/service-columns.tsx'
import { portWords, shortImage } from '../panels/service/service-words.ts'
import { Breakable } from '../ui/Breakable.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { LongTable } from '../ui/LongTable.tsx'
import { Mark } from '../ui/Mark.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { sortedBy } from '../ui/sort.ts'
import { Tally } from '../ui/Tally.tsx'
import { counted, matches, numeral } from '../ui/words.ts'

/** The legend: verdicts that ask the same of a person go by one name. */
const groups = {
  down: { label: 'down', verdicts: ['down'] },
  paused: { label: 'paused', verdicts: ['paused', 'rollback-paused'] },
  'rolled-back': { label: 'rolled back', verdicts: ['rolled-back'] },
  degraded: { label: 'degraded', verdicts: ['degraded', 'flapping'] },
  moving: {
    label: 'in motion',
    verdicts: ['updating', 'rolling-back', 'converging', 'verifying', 'running-job'],
  },
  converged: { label: 'converged', verdicts: ['converged'] },
  resting: { label: 'at rest', verdicts: ['scaled-to-zero', 'complete'] },
  unknown: { label: 'unknown', verdicts: ['unknown'] },
} as const satisfies Record<string, { label: string; verdicts: readonly Verdict[] }>

type Group = keyof typeof groups
const groupNames = Object.keys(groups) as Group[] // Object.keys forgets the key type

const isIn = (group: Group, { convergence: { verdict } }: Service) =>
  groups[group].verdicts.some((one) => one === verdict)

/** What runs here, and is it as asked? */
export function ServicesPage() {
  const services = Object.values(useServices())
  const overview = useOverview()
  const unseen = useUnseen()
  const list = useList('name')
  const chosen = groupNames.find((group) => group === list.status) ?? null
  const found = services.filter((service) => matches(list.q, ...words(service)))
  const { sort } = list
  const wanted = found.filter((service) => !chosen || isIn(chosen, service))
  const shown = sortedBy(wanted, serviceColumns, sort)
  return (
    <>
      <PageHeader subject="Services" verdict={sentence(overview.services)}>
        {services.length > 0 && (
          <span>
            {numeral(overview.tasks.running)} of {counted(overview.tasks.desired, 'task')}{' '}
            running
          </span>
        )}
      </PageHeader>
      {services.length > 0 && (
        <ListTools list={list} label="Filter services">
          <Tally
            label="Show only"
            entries={groupNames.map((group) => ({
              key: group,
              label: groups[group].label,
              count: found.filter((service) => isIn(group, service)).length,
              icon: <Mark {...look(groups[group].verdicts[0])} size={12} />,
            }))}
            chosen={chosen}
            onChoose={list.setStatus}
          />
        </ListTools>
      )}
      <LongTable
        label="Services"
        columns={serviceColumns}
        rows={shown}
        rowKey={idOf}
        summary={({ convergence, image }) => (
          <>
            {convergence.sentence}&nbsp;· <Breakable text={shortImage(image)} />
          </>
        )}
        tone={attentionTone}
        changed={({ name }) => unseen('service', name)}
        attributes={({ name, convergence }) => ({
          'data-service': name,
          'data-verdict': convergence.verdict,
        })}
        sort={sort}
        onSort={list.setSort}
        empty={
          services.length > 0 ? (
            <NoMatch list={list} things="services" />
          ) : (
            <EmptyState>
              No services yet. <code>docker service create</code> or deploy a stack.
            </EmptyState>
          )
        }
      />
    </>
  )
}

const idOf = ({ id }: Service) => id

const look = (verdict: Verdict) => {
  const { mark, tone } = verdictWords[verdict]
  return { mark, tone }
}

function attentionTone({ convergence: { verdict } }: Service) {
  const { tone } = verdictWords[verdict]
  return tone === 'warning' || tone === 'critical' ? tone : null
}

const words = ({
  name,
  image,
  stack,
  convergence,
  mode,
  ports,
  networks,
  state,
}: Service) => [
  name,
  image,
  stack,
  mode,
  verdictWords[convergence.verdict].label,
  state && (stateWord(state)?.label ?? null),
  convergence.sentence,
  ...ports.map(portWords),
  ...networks,
]

type Counts = ReturnType<typeof useOverview>['services']

function sentence({ total, converged, needYou, inMotion, unknown }: Counts): string {
  if (total === 0) return 'None yet.'
  if (converged === total) return `All ${total} converged.`
  const parts = [
    `${converged} of ${total} converged`,
    needYou > 0 && counted(needYou, 'needs you', 'need you'),
    inMotion > 0 && `${inMotion} in motion`,
    unknown > 0 && `${unknown} unknown`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}
