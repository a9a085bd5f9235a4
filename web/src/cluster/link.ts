import { type Freshness, lateAfter, lostAfter } from '@skep/shared/contract/freshness'
import type { SwarmState } from '@skep/shared/contract/swarm'

/** How long the stream may be closed, in milliseconds, before its silence is a loss. */
export const closedFor = 5_000

/** Everything the link is judged by. `at` is on the browser's clock, in milliseconds. */
export type LinkFacts = {
  /** The last frame of the stream: every one carries the server's freshness. */
  heard: { at: number; freshness: Freshness } | null
  /** Since when the stream is not open; null while it is. */
  closedAt: number | null
  /** When the swarm last answered, as far as anything ever told. On the server's clock. */
  contactAt: number | null
  swarm: SwarmState
}

export type Link = {
  state: 'connecting' | 'live' | 'late' | 'lost'
  /** The hop that owes the most: browser to console, or console to swarm. */
  hop: 'console' | 'swarm'
  /** Age of the newest fact in milliseconds; null while there is none. */
  age: number | null
  /** When the newest fact was true, in milliseconds on the server's clock. */
  since: number | null
}

/**
 * Two hops, one word: the worse of browser to console and console to swarm. A swarm that
 * is not live is lost as soon as its last answer is late; one of which a server that has
 * just started knows nothing is lost at once.
 * @see UX: the moment data goes stale
 */
export function linkOf(
  { heard, closedAt, contactAt, swarm }: LinkFacts,
  now: number,
): Link {
  const closed = closedAt !== null && now - closedAt >= closedFor
  if (!heard) {
    const state = closed ? 'lost' : 'connecting'
    return { state, hop: 'console', age: null, since: null }
  }
  const sentAt = Date.parse(heard.freshness.now)
  // A clock that was set back makes an age negative: better none than that.
  const silence = Math.max(0, now - heard.at)
  if (closed || silence > lostAfter)
    return { state: 'lost', hop: 'console', age: silence, since: sentAt }
  if (contactAt === null)
    return { state: 'connecting', hop: 'swarm', age: null, since: null }

  const owed = Math.max(0, sentAt - contactAt)
  const hop = silence > owed ? 'console' : 'swarm'
  const age = owed + silence
  const link = (state: Link['state']): Link => ({ state, hop, age, since: contactAt })
  if (heard.freshness.contactAt === null || age > lostAfter) return link('lost')
  // On a quiet swarm the console reads every five seconds and tells of it as often: the
  // two ages add up to ten with nothing late, so each has to be late by itself.
  if (Math.max(silence, owed) < lateAfter) return link('live')
  return link(swarm === 'live' ? 'late' : 'lost')
}

/**
 * Whether what is on the screen may be taken for true now. If not, no mark keeps its
 * fill: neither when the link is lost nor when the swarm itself cannot be believed.
 */
export function isTrusted(link: Link, swarm: SwarmState): boolean {
  return (link.state === 'live' || link.state === 'late') && swarm === 'live'
}
