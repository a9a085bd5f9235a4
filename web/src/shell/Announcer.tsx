import type { Transition } from '@skep/shared/contract/attention'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useClusterIfAny } from '../cluster/queries.ts'
import { useStatus } from '../cluster/status.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { alarm, lately, noted, summary } from './announcement.ts'
import { changesAway, lossSentence } from './words.ts'

/** At most one summary per this many milliseconds, so that a rollout is no recital. */
const pace = 10_000

/** Says what happens to who cannot see it: gently, except for what cannot wait. */
export function Announcer() {
  return (
    <VisuallyHidden>
      <span role="status">{useGentleWords()}</span>
      <span role="status">{useCaughtUpWords()}</span>
      <span role="alert">{useUrgentWords()}</span>
    </VisuallyHidden>
  )
}

function useGentleWords(): string {
  const epoch = useClusterIfAny((cluster) => cluster.epoch)
  const recent = useClusterIfAny((cluster) => cluster.recent)
  const [words, setWords] = useState('')
  const told = useRef<{ epoch: string; id: number; at: number } | null>(null)
  useEffect(() => {
    if (!recent || epoch === undefined) return
    const newest = recent[0]?.id ?? -1
    const { current } = told
    // What was there when the page opened, or when the console was restarted, is no news.
    if (current?.epoch !== epoch) {
      told.current = { epoch, id: newest, at: current?.at ?? 0 }
      return
    }
    if (newest <= current.id) return
    const tell = () => {
      const news = recent.filter(({ id }: Transition) => id > current.id)
      told.current = { epoch, id: newest, at: Date.now() }
      setWords(summary(news) ?? '')
    }
    const timer = setTimeout(tell, Math.max(0, current.at + pace - Date.now()))
    return () => clearTimeout(timer)
  }, [epoch, recent])
  return words
}

function useCaughtUpWords(): string {
  const missed = useStatus(({ away }) => away?.changes.length ?? null)
  if (missed === null) return ''
  return missed === 0 ? 'Caught up. Nothing changed.' : `Caught up. ${changesAway(missed)}.`
}

function useUrgentWords(): string {
  const attention = useClusterIfAny((cluster) => cluster.attention)
  const loss = useStatus(({ known, trusted, link, swarm }) => {
    if (!known || trusted) return null
    if (link.state === 'lost' || !swarm || swarm.state === 'live') return lossSentence(link)
    return swarm.sentence
  })
  const [words, setWords] = useState('')
  const seen = useRef<Map<string, number> | null>(null)
  useEffect(() => {
    if (!attention) return
    const said = seen.current && alarm(attention, lately(seen.current, Date.now()))
    seen.current = noted(seen.current ?? new Map(), attention, Date.now())
    if (said) setWords(said)
  }, [attention])

  // A loss is told once, in the words it began with, and its end takes them back.
  const lost = loss !== null
  const began = useEffectEvent(() => setWords(loss ?? ''))
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when this changes
  useEffect(() => began(), [lost])
  return words
}
