import type { AffectedTask, NodeRoom } from '@skep/shared/contract/node-preview'
import { elsewhereOf, nameIn, type Situation } from './facts.ts'

/**
 * What the nodes that remain have reserved, now and at the most afterwards: every task that
 * a node could take is reckoned to go there, as far as the node goes.
 */
export function capacity(on: Situation, affected: readonly AffectedTask[]): NodeRoom[] {
  const arriving = new Map<string, { cpu: number; memory: number }>()
  const services = new Map([...on.state.services.values()].map((one) => [one.name, one]))
  const coming = affected.filter(({ outcome }) => comes.has(outcome))
  // Services that demand the same have one list of candidates between them.
  for (const [names, tasks] of Map.groupBy(coming, ({ candidates }) => candidates)) {
    let [cpu, memory] = [0, 0]
    for (const { service } of tasks) {
      const asks = services.get(service)?.spec.reservations
      cpu += asks?.nanoCpus ?? 0
      memory += asks?.memoryBytes ?? 0
    }
    if (cpu === 0 && memory === 0) continue
    for (const name of names) {
      const sum = arriving.get(name) ?? { cpu: 0, memory: 0 }
      arriving.set(name, { cpu: sum.cpu + cpu, memory: sum.memory + memory })
    }
  }
  return elsewhereOf(on)
    .filter(({ node }) => node.state === 'ready' && node.availability === 'active')
    .map(({ node, free }): NodeRoom => {
      const name = nameIn(on.names, node.id)
      const { cpu = 0, memory = 0 } = arriving.get(name) ?? {}
      return {
        node: name,
        nanoCpus: reserved(node.resources.nanoCpus, free.nanoCpus, cpu),
        memoryBytes: reserved(node.resources.memoryBytes, free.memoryBytes, memory),
      }
    })
}

const comes: ReadonlySet<AffectedTask['outcome']> = new Set(['moves', 'may-wait', 'fails'])

function reserved(total: number, free: number, more: number) {
  const now = total - free
  return { total, now, after: Math.max(now, Math.min(total, now + more)) }
}
