import { type FilterId, filterIds } from '@skep/shared/contract/placement'

/** How the engine words a refusal: before the count, and with `on`, after it. */
const words: Readonly<Record<FilterId, (nodes: string) => string>> = {
  ready: (nodes) => `${nodes} not available for new tasks`,
  resources: (nodes) => `insufficient resources on ${nodes}`,
  plugins: (nodes) => `missing plugin on ${nodes}`,
  constraints: (nodes) => `scheduling constraints not satisfied on ${nodes}`,
  platform: (nodes) => `unsupported platform on ${nodes}`,
  'host-port': (nodes) => `host-mode port already in use on ${nodes}`,
  // Not a slip of ours: the engine's text, and it tells no count.
  'max-replicas': () => 'max replicas per node limit exceed',
  volumes: (nodes) => `cannot fulfill requested CSI volume mounts on ${nodes}`,
}

const on = (count: number): string => `${count} ${count === 1 ? 'node' : 'nodes'}`

/**
 * Why no node takes a task, in the engine's words: most refusals first, filters of the same
 * count in their order. Null when a node passes.
 * @param refusals for each node, down and drained ones too, the first filter that refuses it
 * @param mode a task that has its node already, per node, is told without the wrapping
 * @see moby/swarmkit manager/scheduler/pipeline.go, Explain; scheduler.go, noSuitableNode
 */
export function explanation(
  refusals: readonly (FilterId | null)[],
  mode: 'anywhere' | 'per-node',
): string | null {
  if (refusals.includes(null)) return null
  const parts = filterIds
    .map((filter) => ({ filter, count: refusals.filter((one) => one === filter).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ filter, count }) => words[filter](on(count)))
    .join('; ')
  switch (mode) {
    case 'per-node':
      return parts || null
    case 'anywhere':
      return parts ? `no suitable node (${parts})` : 'no suitable node'
  }
}

/**
 * The filters that an engine's explanation names, each with its count of nodes; null for
 * the one that tells none. Null for a text that is no such explanation.
 */
export function parseExplanation(
  text: string,
): ReadonlyMap<FilterId, number | null> | null {
  const counts = new Map<FilterId, number | null>()
  if (text === 'no suitable node') return counts
  const parts = text.match(/^no suitable node \((.*)\)$/)?.[1] ?? text
  for (const part of parts.split('; ')) {
    const count = part.match(/\b(\d{1,9}) nodes?\b/)?.[1]
    const filter = filterIds.find((id) => words[id](on(Number(count ?? 0))) === part)
    if (!filter) return null
    counts.set(filter, count === undefined ? null : Number(count))
  }
  return counts
}

/** Whether two explanations name the same filters with the same counts. */
export function sameExplanation(one: string, other: string): boolean {
  const [a, b] = [parseExplanation(one), parseExplanation(other)]
  if (!a || !b || a.size !== b.size) return false
  return [...a].every(([filter, count]) => b.get(filter) === count)
}
