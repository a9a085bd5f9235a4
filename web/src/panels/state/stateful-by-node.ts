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

/** How many tasks that run on a node hold data that is pinned to it: they can run nowhere else. */
export const pinnedOn = (services: Record<string, Service>, node: string): number =>
  Object.values(services)
    .filter(({ state }) => state?.placement === 'pinned')
    .flatMap(({ slots }) => slots.flatMap(({ tasks }) => tasks))
    .filter((task) => task.node === node && task.state === 'running').length
