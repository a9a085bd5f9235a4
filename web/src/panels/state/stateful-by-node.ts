import type { Service } from '@skep/shared/contract/service'

const counted = new WeakMap<Record<string, Service>, Map<string, number>>()

/** How many services with data have a task on each node; counted once for each snapshot. */
export function statefulByNode(services: Record<string, Service>): Map<string, number> {
  const known = counted.get(services)
  if (known) return known
  const counts = new Map<string, number>()
  for (const { state, slots } of Object.values(services)) {
    if (state === null || state.class === 'stateless') continue
    const nodes = new Set(slots.flatMap(({ tasks }) => tasks.map(({ node }) => node)))
    for (const node of nodes)
      if (node !== null) counts.set(node, (counts.get(node) ?? 0) + 1)
  }
  counted.set(services, counts)
  return counts
}
