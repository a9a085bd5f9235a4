import type { StoredEntry, StoredKind } from '@skep/shared/contract/stored'
import { StoredFlag as Flag, type StoredFlag } from '@skep/shared/contract/stored'
import { storedFlagWords, storedWords } from '@skep/shared/vocabulary'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useStored } from '../cluster/stored.ts'
import { OperateStored } from '../operate/stored/OperateStored.tsx'
import { StandstillNote, StoredButton } from '../operate/stored/StoredButton.tsx'
import { storedOpen } from '../operate/stored/stored-open.ts'
import { ListTools } from '../panels/inventory/ListTools.tsx'
import { NoMatch } from '../panels/inventory/NoMatch.tsx'
import { useList } from '../panels/inventory/use-list.ts'
import { DetailError } from '../panels/service/DetailError.tsx'
import { Flags } from '../panels/stored/Flags.tsx'
import { RotationList } from '../panels/stored/RotationList.tsx'
import { StoredSwitch } from '../panels/stored/StoredSwitch.tsx'
import { storedColumns } from '../panels/stored/stored-columns.tsx'
import {
  flagCounts,
  type StoredRow,
  searched,
  storedRows,
} from '../panels/stored/stored-list.ts'
import { storedSentence } from '../panels/stored/stored-words.ts'
import { Ago } from '../ui/Ago.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { LongTable } from '../ui/LongTable.tsx'
import { Mark } from '../ui/Mark.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Tally } from '../ui/Tally.tsx'

const routes = {
  secret: getRouteApi('/secrets'),
  config: getRouteApi('/configs'),
} as const

/** Who uses what, and how old is it? */
export const SecretsPage = () => <StoredListPage key="secret" kind="secret" />
export const ConfigsPage = () => <StoredListPage key="config" kind="config" />

const subjects: Record<StoredKind, string> = { secret: 'Secrets', config: 'Configs' }

function StoredListPage({ kind }: { kind: StoredKind }) {
  const { data, error, refetch } = useStored(kind)
  const search = routes[kind].useSearch()
  const items = data?.items
  const verdict = items && storedSentence(kind, items)
  return (
    <>
      <StoredSwitch />
      <PageHeader
        subject={subjects[kind]}
        verdict={verdict ?? 'who uses what, and how old it is'}
        actions={
          <StoredButton what="create">{`New ${storedWords[kind].one}`}</StoredButton>
        }
      >
        <StandstillNote />
      </PageHeader>
      <RotationList kind={kind} />
      {error && <DetailError error={error} onRetry={() => void refetch()} />}
      {items ? (
        <List kind={kind} items={items} />
      ) : (
        !error && <Skeleton rows={8} label={`Reading the ${storedWords[kind].many}`} />
      )}
      <OperateStored
        kind={kind}
        open={storedOpen(search.do, { name: null, family: search.family ?? null })}
        taken={(name) => items?.some((one) => one.name === name) ?? false}
      />
    </>
  )
}

function List({ kind, items }: { kind: StoredKind; items: StoredEntry[] }) {
  const list = useList('name')
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const { group, setGroup } = useGroup(kind)
  const flag = Flag.options.find((one) => one === list.status) ?? null
  const { q, sort } = list
  const rows = useMemo(
    () => storedRows(items, { q, flag, grouped: group, open, sort }),
    [items, q, flag, group, open, sort],
  )
  const counts = useMemo(() => flagCounts(searched(items, q)), [items, q])
  const columns = useMemo(
    () =>
      storedColumns({
        kind,
        grouped: group,
        onToggle: (family) => setOpen((before) => toggled(before, family)),
        familyAction: (family) => (
          <StoredButton what="prune" family={family} look="quiet">
            Remove old versions…
          </StoredButton>
        ),
      }),
    [kind, group],
  )
  const { many } = storedWords[kind]
  return (
    <>
      {items.length > 0 && (
        <ListTools list={list} label={`Filter ${many}`}>
          <Button aria-pressed={group} onClick={() => setGroup(!group)}>
            Group by family
          </Button>
          <Tally
            label="Show only"
            entries={flagsOf(kind).map((one) => ({
              key: one,
              label: storedFlagWords[one].label.toLowerCase(),
              count: counts.get(one) ?? 0,
              icon: (
                <Mark
                  mark={storedFlagWords[one].mark}
                  tone={storedFlagWords[one].tone}
                  size={12}
                />
              ),
            }))}
            chosen={flag}
            onChoose={list.setStatus}
          />
        </ListTools>
      )}
      <LongTable
        label={subjects[kind]}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        summary={Summary}
        attributes={attributesOf}
        sort={sort}
        onSort={list.setSort}
        empty={
          items.length > 0 ? (
            <NoMatch list={list} things={many} />
          ) : (
            <EmptyState>
              No {many} yet. <code>docker {kind} create</code>, deploy a stack, or make one
              here.
            </EmptyState>
          )
        }
      />
    </>
  )
}

const keyOf = ({ stored }: StoredRow) => stored.id
const attributesOf = ({ stored }: StoredRow) => ({ 'data-stored': stored.name })

const Summary = ({ stored }: StoredRow) => (
  <>
    <div>
      <Ago at={stored.createdAt} dense /> old
    </div>
    <Flags flags={stored.flags} />
  </>
)

/** The kinds of things there are to know, of which each can only be of some. */
const flagsOf = (kind: StoredKind): StoredFlag[] =>
  Flag.options.filter((flag) => flag !== 'credential-like' || kind === 'config')

function useGroup(kind: StoredKind) {
  const { group } = routes[kind].useSearch()
  const navigate = routes[kind].useNavigate()
  return {
    group: group === 'family',
    setGroup: (on: boolean) =>
      void navigate({
        to: '.',
        search: (now: object) => ({ ...now, group: on ? 'family' : '' }),
        replace: true,
        resetScroll: false,
      }),
  }
}

function toggled(open: ReadonlySet<string>, family: string): Set<string> {
  const next = new Set(open)
  if (!next.delete(family)) next.add(family)
  return next
}
