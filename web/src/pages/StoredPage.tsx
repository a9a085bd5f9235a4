import type { Stored, StoredEntry, StoredKind } from '@skep/shared/contract/stored'
import { storedWords } from '@skep/shared/vocabulary'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useStored, useStoredOne } from '../cluster/stored.ts'
import { OperateStored } from '../operate/stored/OperateStored.tsx'
import { StandstillNote, StoredButton } from '../operate/stored/StoredButton.tsx'
import { storedOpen } from '../operate/stored/stored-open.ts'
import { Labels } from '../panels/node/Labels.tsx'
import { DetailError } from '../panels/service/DetailError.tsx'
import { ConfigText } from '../panels/stored/ConfigText.tsx'
import { Consumers } from '../panels/stored/Consumers.tsx'
import { Flags } from '../panels/stored/Flags.tsx'
import { RotationList } from '../panels/stored/RotationList.tsx'
import { StoredFacts } from '../panels/stored/StoredFacts.tsx'
import { familyOf } from '../panels/stored/stored-list.ts'
import { usedSentence } from '../panels/stored/stored-words.ts'
import { Versions } from '../panels/stored/Versions.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Section } from '../ui/Section.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { Split } from '../ui/Split.tsx'

const routes = {
  secret: getRouteApi('/secrets/$name'),
  config: getRouteApi('/configs/$name'),
} as const

/** Who uses it, as whom, and what is it? */
export const SecretPage = () => <StoredPage kind="secret" />
export const ConfigPage = () => <StoredPage kind="config" />

function StoredPage({ kind }: { kind: StoredKind }) {
  const { name } = routes[kind].useParams()
  const search = routes[kind].useSearch()
  const list = useStored(kind)
  const one = useStoredOne(kind, name)
  const { data } = list
  const items = data?.items ?? []
  // What is there is for the list to say; the other may still be of the one before.
  const entry = items.find((other) => other.name === name) ?? null
  const stored = entry && one.data?.stored.id === entry.id ? one.data.stored : null
  const failed = list.error ? list : entry && one.error ? one : null
  return (
    <>
      {failed?.error && (
        <DetailError error={failed.error} onRetry={() => void failed.refetch()} />
      )}
      {stored ? (
        <Present key={name} stored={stored} items={items} />
      ) : data && !entry ? (
        <Absent kind={kind} name={name} />
      ) : (
        !failed && <Skeleton rows={8} label={`Reading ${name}`} />
      )}
      {/* It outlives what it removes, to tell so. */}
      {data && (
        <OperateStored
          kind={kind}
          open={storedOpen(search.do, {
            name,
            family: search.family ?? entry?.family ?? null,
          })}
          taken={(other) => items.some((one) => one.name === other)}
        />
      )}
    </>
  )
}

function Absent({ kind, name }: { kind: StoredKind; name: string }) {
  const { one, many } = storedWords[kind]
  return (
    <>
      <PageHeader
        subject={name}
        verdict={`is not a ${one} of this swarm, or not any more.`}
        status={{ mark: 'circle-dashed', tone: 'neutral' }}
      />
      <p>
        <Link to={kind === 'secret' ? '/secrets' : '/configs'}>All {many}</Link>
      </p>
    </>
  )
}

function Present({ stored, items }: { stored: Stored; items: StoredEntry[] }) {
  const { kind, name, family, consumers, volumes, flags, labels } = stored
  const versions = familyOf(items, stored)
  const compared = routes[kind].useSearch().with ?? null
  const navigate = routes[kind].useNavigate()
  const compareWith = (other: string | null) =>
    void navigate({
      to: '.',
      search: (now: object) => ({ ...now, with: other ?? '' }),
      replace: true,
      resetScroll: false,
    })
  const others = versions.filter((one) => one.name !== name)
  return (
    <>
      <PageHeader
        subject={name}
        verdict={usedSentence(stored)}
        actions={
          <>
            <StoredButton what="rotate">Rotate</StoredButton>
            <StoredButton
              what="prune"
              refusal={others.length === 0 ? `${family} has this one version only.` : null}
            >
              Remove old versions…
            </StoredButton>
            <StoredButton what="remove">Remove</StoredButton>
          </>
        }
      >
        <Flags flags={flags} />
        <StandstillNote />
      </PageHeader>
      <RotationList kind={kind} name={name} />
      <Split
        below={
          kind === 'config' && (
            <Section title="Content">
              <ConfigText
                name={name}
                others={others}
                compared={others.some((one) => one.name === compared) ? compared : null}
                onCompare={compareWith}
              />
            </Section>
          )
        }
        aside={
          <>
            <Section title="Facts">
              <StoredFacts stored={stored} />
            </Section>
            <Section title="Labels">
              <Labels labels={labels} none="No labels." />
            </Section>
          </>
        }
      >
        <Section
          title="Used by"
          note="By the spec of now, by running tasks of an older one, by rollback targets, and by the drivers of cluster volumes."
        >
          <Consumers consumers={consumers} volumes={volumes} />
        </Section>
        <Section title={`Versions of ${family}`}>
          <Versions versions={versions} here={name} />
        </Section>
      </Split>
    </>
  )
}
