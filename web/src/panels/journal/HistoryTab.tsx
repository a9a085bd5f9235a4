import type { Service } from '@skep/shared/contract/service'
import { verdictWords } from '@skep/shared/vocabulary'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useService } from '../../cluster/queries.ts'
import { Section } from '../../ui/Section.tsx'
import { Choice } from './Choice.tsx'
import styles from './HistoryTab.module.css'
import { JournalList } from './JournalList.tsx'
import { readInstant, readKind } from './journal-filter.ts'
import { KindFilter } from './KindFilter.tsx'
import { SpecVersions } from './SpecVersions.tsx'
import { Suspects } from './Suspects.tsx'
import { useJournal } from './use-journal.ts'

const route = getRouteApi('/services/$name/history')

/** What happened to a service, and what was asked of it before. */
export function HistoryTab() {
  const { name } = route.useParams()
  const service = useService(name)
  return service && <History service={service} />
}

function History({ service }: { service: Service }) {
  const { slot, kind: anyKind, at: anyAt } = route.useSearch()
  const navigate = route.useNavigate()
  const { name, slots } = service
  const kind = readKind(anyKind)
  const at = readInstant(anyAt)
  const journal = useJournal({
    filter: { service: name, ...(slot && { slot }), ...(kind && { kind }) },
    limit: 50,
    basis: service,
  })
  const narrow = (change: { slot?: string; kind?: string; at?: string }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  return (
    <div className={styles.history}>
      {at !== undefined && (
        <Suspects
          service={name}
          at={at}
          since={journal.page?.since ?? null}
          onAt={(chosen) => narrow({ at: chosen })}
        />
      )}
      <div className={styles.parts}>
        <Section title="Timeline">
          {at === undefined && <WhatBefore service={service} />}
          <search className={styles.tools}>
            <KindFilter
              chosen={kind}
              onChoose={(chosen) => narrow({ kind: chosen ?? '' })}
            />
            <Choice
              label="Only one slot"
              all="Every slot"
              options={slots.map(({ key }) => key)}
              word={slotWord}
              value={slot}
              onChange={(chosen) => narrow({ slot: chosen })}
            />
            <a className={styles.toVersions} href="#versions">
              Spec versions
            </a>
          </search>
          <JournalList
            journal={journal}
            label={`Timeline of ${name}`}
            what={name}
            about={{ kind: 'service', name }}
            onClear={slot || kind ? () => narrow({ slot: '', kind: '' }) : null}
          />
        </Section>
        <SpecVersions service={service} />
      </div>
    </div>
  )
}

const slotWord = (key: string) => (/^\d+$/.test(key) ? `Slot ${key}` : key)

/** While something is amiss: to what preceded that. */
function WhatBefore({ service }: { service: Service }) {
  const { verdict, since } = service.convergence
  const { tone } = verdictWords[verdict]
  if ((tone !== 'warning' && tone !== 'critical') || since === null) return null
  return (
    <Link to="." search={(now) => ({ ...now, at: since })} className={styles.before}>
      What changed before this?
    </Link>
  )
}
