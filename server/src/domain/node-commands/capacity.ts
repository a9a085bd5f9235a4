import type { AffectedTask, NodeRoom } from '@skep/shared/contract/node-preview'
import { demandOf } from '../placement/demand.ts'
import { firstRefusal, roomFor } from '../placement/filters.ts'
import { sitesOf } from '../placement/sites.ts'
import { nameIn, type Situation } from './facts.ts'

/**
 * What the nodes that remain have reserved, now and at the most afterwards: every task that
 * a node could take is reckoned to go there, as far as the node has room.
 */
export function capacity(on: Situation, affected: readonly AffectedTask[]): NodeRoom[] {
  const others = [...on.state.nodes.values()].filter(
    ({ id, state, availability }) =>
      id !== on.node.id && state === 'ready' && availability === 'active',
  )
  const counts = new Map<string, number>()
  for (const { service, outcome } of affected) {
    const comes = outcome === 'moves' || outcome === 'may-wait' || outcome === 'fails'
    if (comes) counts.set(service, (counts.get(service) ?? 0) + 1)
  }
  const arriving = [...on.state.services.values()].flatMap((service) => {
    const count = counts.get(service.name)
    return count ? [{ demand: demandOf(service, on.state), count }] : []
  })
  return [...sitesOf(on.state, others).values()]
    .map((site): NodeRoom => {
      const { nanoCpus, memoryBytes } = site.node.resources
      const cpuNow = nanoCpus - site.free.nanoCpus
      const memoryNow = memoryBytes - site.free.memoryBytes
      let cpu = cpuNow
      let memory = memoryNow
      for (const { demand, count } of arriving) {
        if (firstRefusal(demand, site) !== null) continue
        const most = Math.min(count, roomFor(demand, site))
        cpu += most * demand.reservations.nanoCpus
        memory += most * demand.reservations.memoryBytes
      }
      return {
        node: nameIn(on.names, site.node.id),
        nanoCpus: {
          total: nanoCpus,
          now: cpuNow,
          after: Math.max(cpuNow, Math.min(nanoCpus, cpu)),
        },
        memoryBytes: {
          total: memoryBytes,
          now: memoryNow,
          after: Math.max(memoryNow, Math.min(memoryBytes, memory)),
        },
      }
    })
    .sort((a, b) => (a.node < b.node ? -1 : 1))
}
