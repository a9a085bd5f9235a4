import type { Attention, Transition } from '@skep/shared/contract/attention'

const gravity = { critical: 0, warning: 1, progress: 2, ok: 3, neutral: 4 } as const

/**
 * What is said of transitions in one breath: the sentence of the only one, or how many
 * there are and the gravest, the newest of those. Null if there is nothing to say.
 */
export function summary(news: Transition[]): string | null {
  const [gravest] = news.toSorted(
    (a, b) => gravity[a.tone] - gravity[b.tone] || b.id - a.id,
  )
  if (!gravest) return null
  return news.length === 1
    ? gravest.sentence
    : `${news.length} changes. ${gravest.sentence}`
}

/** What comes back within this many milliseconds is the same trouble, and was told. */
const sameTrouble = 5 * 60_000

/** When each thing that needs a person was last on the list. */
export function noted(
  before: ReadonlyMap<string, number>,
  attention: Attention[],
  now: number,
): Map<string, number> {
  const recent = [...before].filter(([, at]) => now - at < sameTrouble)
  return new Map([...recent, ...attention.map(({ id }) => [id, now] as const)])
}

/** What was on the list a short while ago, whether or not it is on it still. */
export function lately(seen: ReadonlyMap<string, number>, now: number): Set<string> {
  return new Set([...seen].filter(([, at]) => now - at < sameTrouble).map(([id]) => id))
}

/** What interrupts: that something new is critical. Null if nothing is. */
export function alarm(attention: Attention[], seen: ReadonlySet<string>): string | null {
  const fresh = attention.filter(({ id, tone }) => tone === 'critical' && !seen.has(id))
  const [first] = fresh
  if (!first) return null
  const rest = fresh.length > 1 ? ` And ${fresh.length - 1} more.` : ''
  return `${first.title}. ${first.detail}.${rest}`
}
