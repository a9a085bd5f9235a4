import type { Swarm } from '@skep/shared/contract/swarm'
import { swarmWords } from '@skep/shared/vocabulary'
import type { Link } from '../cluster/link.ts'
import { clockTime, duration } from '../ui/time.ts'
import { counted } from '../ui/words.ts'

/** What tells the console of changes, in words. */
export const feedWords: Record<Swarm['feed'], { label: string; meaning: string }> = {
  push: { label: 'Push feed', meaning: 'the swarm tells of every change as it happens' },
  events: {
    label: 'Event stream',
    meaning: 'the engine tells of services and nodes; tasks are polled',
  },
  polling: { label: 'Polling', meaning: 'the engine is asked again and again' },
}

/** The link in a word or two, and its age: "live", "1 s ago". */
export function linkPhrase(
  link: Link,
  swarm: Swarm | null,
): { word: string; age: string | null } {
  const age = link.age === null ? null : `${duration(link.age)} ago`
  if (link.state === 'connecting') return { word: 'connecting', age: null }
  if (link.state === 'lost') return { word: 'lost', age }
  if (swarm && swarm.state !== 'live')
    return { word: swarmWords[swarm.state].label.toLowerCase(), age: null }
  return { word: link.state, age }
}

/** Which hop failed, and since when. */
export function lossSentence({ hop, since }: Link): string {
  const who =
    hop === 'console' ? 'No connection to the console' : 'No answer from the swarm'
  return since === null ? `${who}.` : `${who} since ${clockTime(since)}.`
}

/** "14 changes while away". */
export const changesAway = (count: number): string =>
  `${counted(count, 'change')} while away`
