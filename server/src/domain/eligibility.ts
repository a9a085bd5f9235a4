import { matchesAll } from './constraints.ts'
import type { NodeFact, NodeFacts } from './node-facts.ts'
import type { Service } from './state.ts'

/**
 * The nodes that a global service is to run on, and those of a global job that has yet to
 * start. Resources, platform and ports are not considered: there a task is made, and waits.
 * @param holding ids of the nodes that hold a live task of the service
 * @see moby/swarmkit manager/orchestrator/global/global.go, jobs/global/reconciler.go
 */
export function eligibleNodes(
  service: Service,
  { nodes }: NodeFacts,
  holding: ReadonlySet<string>,
): readonly NodeFact[] {
  const { constraints } = service.spec
  return nodes.filter(
    (node) => isOpen(service, node, holding) && matchesAll(constraints, node),
  )
}

function isOpen(service: Service, node: NodeFact, holding: ReadonlySet<string>): boolean {
  if (service.mode.kind === 'global-job')
    return node.state === 'ready' && node.availability === 'active'
  if (node.state === 'down') return false
  switch (node.availability) {
    case 'active':
      return true
    case 'pause':
      // A paused node keeps what it has, but is given no task that it lacks.
      return holding.has(node.id)
    case 'drain':
      return false
  }
}
