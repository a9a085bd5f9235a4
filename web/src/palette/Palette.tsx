import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import '@mantine/core/styles/Input.layer.css'
import '@mantine/spotlight/styles.layer.css'
import { openSpotlight, Spotlight } from '@mantine/spotlight'
import { nodeWords, verdictWords } from '@skep/shared/vocabulary'
import { useMatches, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { pick, useClusterIfAny } from '../cluster/queries.ts'
import { nodeOffersOf, offersOf } from '../operate/command-words.ts'
import { useStandstill } from '../operate/standstill.ts'
import { type Target, titleOf } from '../operate/target.ts'
import { useSheet } from '../operate/use-sheet.ts'
import { StateBadge } from '../panels/state/StateBadge.tsx'
import { Mark } from '../ui/Mark.tsx'
import { actionsOn, type Entry, entriesOf, matching } from './entries.ts'
import { missingWords, useEverything } from './everything.ts'
import styles from './Palette.module.css'

/** Goes anywhere by name. Opens when it is first rendered, and on each new request. */
export function Palette({ request }: { request: number }) {
  const navigate = useNavigate()
  const { open } = useSheet()
  const [query, setQuery] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: each request opens it anew
  useEffect(() => openSpotlight(), [request])

  const actions = useActions()
  const go = ({ to, command, refused }: Entry) => {
    if (command) open(command)
    else if (!refused) void navigate({ href: to })
  }
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      overlayProps={{ blur: 0 }}
      attributes={{ content: { 'aria-label': 'Go to' } }}
      maxHeight={480}
      transitionProps={{ duration: 120, transition: 'fade' }}
      classNames={{
        content: styles.content,
        search: styles.search,
        actionsList: styles.list,
        actionsGroup: styles.group,
        action: styles.action,
        empty: styles.empty,
        overlay: styles.scrim,
      }}
    >
      <Spotlight.Search
        placeholder="Go to anything by its name, or do something here"
        aria-label="Go to a page, service or node, a secret, config or volume, or do something here"
      />
      <Results query={query} actions={actions} onGo={go} />
    </Spotlight.Root>
  )
}

type ResultsProps = { query: string; actions: Entry[]; onGo: (entry: Entry) => void }

/** What is called like that. It is there as long as the palette is open. */
function Results({ query, actions, onGo }: ResultsProps) {
  const services = useClusterIfAny((cluster) => cluster.services) ?? {}
  const nodes = useClusterIfAny((cluster) => cluster.nodes) ?? {}
  const { everything, reading, unread } = useEverything()
  const known = useMemo(() => entriesOf(everything), [everything])
  const groups = [...matching([...actions, ...known], query)]
  const markOf = (group: string, name: string) => {
    const service = group === 'Services' ? services[name] : undefined
    if (service) return verdictWords[service.convergence.verdict]
    const node = group === 'Nodes' ? nodes[name] : undefined
    return node && nodeWords[node.status]
  }
  return (
    <>
      <Spotlight.ActionsList>
        {groups.map(([group, found]) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {found.map((entry) => {
              const { label, detail, to } = entry
              const mark = markOf(group, label)
              const state = group === 'Services' ? services[label]?.state : null
              return (
                <Spotlight.Action key={to} onClick={() => onGo(entry)}>
                  {mark && <Mark mark={mark.mark} tone={mark.tone} />}
                  <span className={styles.label}>{label}</span>
                  <StateBadge state={state ?? null} />
                  <span className={styles.detail}>{detail}</span>
                </Spotlight.Action>
              )
            })}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && reading.length === 0 && (
          <Spotlight.Empty>Nothing here is called “{query.trim()}”.</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
      <p className={styles.missing} role="status">
        {missingWords(reading, unread)}
      </p>
    </>
  )
}

/** What can be done on this page; while nothing can be, that is what each of them says. */
function useActions(): Entry[] {
  const { name } = useParams({ strict: false })
  const service = useClusterIfAny(({ services }) => (name ? pick(services, name) : null))
  const standstill = useStandstill()
  const node = useClusterIfAny(({ nodes }) => (name ? pick(nodes, name) : null))
  const routes = useMatches().map(({ routeId }) => routeId)
  const action = (target: Target, refusal: string | null) => ({
    target,
    label: titleOf(target),
    refusal: standstill ?? refusal,
  })
  if (service && routes.includes('/services/$name')) {
    const { first, more } = offersOf(service)
    return actionsOn(
      [...first, ...more].map(({ kind, refusal }) =>
        action({ subject: 'service', name: service.name, kind }, refusal),
      ),
    )
  }
  if (node && routes.includes('/nodes/$name')) {
    const { first, more } = nodeOffersOf(node)
    return actionsOn(
      [...first, ...more].map(({ kind, refusal }) =>
        action({ subject: 'node', name: node.name, kind }, refusal),
      ),
    )
  }
  return []
}
