import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useCluster } from '../cluster/queries.ts'
import { Choice } from '../panels/journal/Choice.tsx'
import { ExportButtons } from '../panels/journal/ExportButtons.tsx'
import { InstantField } from '../panels/journal/InstantField.tsx'
import { JournalList } from '../panels/journal/JournalList.tsx'
import { readInstant, readKind } from '../panels/journal/journal-filter.ts'
import { memoryWords, zoneOf } from '../panels/journal/journal-words.ts'
import { KindFilter } from '../panels/journal/KindFilter.tsx'
import { useJournal } from '../panels/journal/use-journal.ts'
import type { JournalSearch } from '../routes.tsx'
import { Button } from '../ui/Button.tsx'
import { useClock } from '../ui/clock.ts'
import { FilterBox } from '../ui/FilterBox.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import styles from './JournalPage.module.css'

const route = getRouteApi('/journal')

/** Who did what, and what did the swarm do? */
export function JournalPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [more, setMore] = useState(false)
  const seq = useCluster((cluster) => cluster.seq)
  const now = useClock((clock) => Math.floor(clock.now() / 60_000)) * 60_000
  const { q, actor } = search
  const kind = readKind(search.kind)
  const from = readInstant(search.from)
  const to = readInstant(search.to)
  const before = /^\d+$/.test(search.before ?? '') ? Number(search.before) : null
  const journal = useJournal({
    filter: {
      ...(q && { q }),
      ...(kind && { kind }),
      ...(actor && { actor }),
      ...(from && { from }),
      ...(to && { to }),
    },
    limit: 100,
    basis: seq,
    before,
  })
  const actors = useActors(journal.page?.entries ?? [])
  const narrow = (change: JournalSearch) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true })
  const isNarrowed = Boolean(q || kind || actor || from || to)
  const others = [actor, from, to].filter(Boolean).length
  return (
    <>
      <PageHeader
        subject="Journal"
        verdict="what people did, and what the swarm was seen to do"
      >
        {journal.page && <span>{memoryWords(journal.page, now)}</span>}
        <span>Times in {zoneOf(now)}.</span>
      </PageHeader>
      <search className={styles.tools}>
        <FilterBox
          label="Filter by subject or words"
          value={q ?? ''}
          onChange={(text) => narrow({ q: text })}
        />
        <KindFilter chosen={kind} onChoose={(chosen) => narrow({ kind: chosen ?? '' })} />
        <Button className={styles.more} aria-expanded={more} onClick={() => setMore(!more)}>
          {others > 0 ? `Who, when, export (${others})` : 'Who, when, export'}
        </Button>
        <div className={styles.others} data-open={more || undefined}>
          <Choice
            label="Only what one person did"
            all="Everyone"
            options={actors}
            value={actor}
            onChange={(chosen) => narrow({ actor: chosen })}
          />
          <span className={styles.span}>
            <InstantField
              label="From"
              value={from}
              onChange={(at) => narrow({ from: at })}
            />
            <InstantField label="To" value={to} onChange={(at) => narrow({ to: at })} />
          </span>
          <ExportButtons entries={journal.entries} page={journal.page} />
        </div>
      </search>
      {before !== null && (
        <p className={styles.anchored}>
          Not from the newest on.{' '}
          <Link to="/journal" search={({ before: _, ...others }) => others}>
            The newest entries
          </Link>
        </p>
      )}
      <JournalList
        journal={journal}
        label="Journal"
        what="the swarm"
        about={null}
        isDated
        onClear={
          isNarrowed ? () => narrow({ q: '', kind: '', actor: '', from: '', to: '' }) : null
        }
      />
    </>
  )
}

/** Everyone that entries named so far: a filter must not take away its own choices. */
function useActors(entries: readonly { actor: string | null }[]): string[] {
  const [known, setKnown] = useState<string[]>([])
  const unknown = new Set<string>()
  for (const { actor } of entries)
    if (actor !== null && !known.includes(actor)) unknown.add(actor)
  if (unknown.size > 0) setKnown([...known, ...unknown].sort())
  return known
}
