import type { ClusterState, Node, Service } from '../state.ts'
import { isUpToDate } from '../task-life.ts'
import { hasRun } from './host-paths.ts'
import { perNode } from './per-node.ts'

/**
 * The configurations, by name, that the networks of a service are made from. Each node has its
 * own of that name, made there by hand: where it has none, the task is rejected, again and
 * again. The scheduler asks for the driver alone.
 * @see moby/moby libnetwork/controller.go, NewNetwork: `configuration network … does not exist`
 */
export const configurationsOf = (
  { networks }: ClusterState,
  { networkIds }: Service,
): readonly string[] => [
  ...new Set(networkIds.flatMap((id) => networks.get(id)?.configFrom ?? [])),
]

/** Whether tasks were seen to run on a node on networks made from all of these. */
export function configurationsKnown(
  state: ClusterState,
  names: readonly string[],
  node: Node,
): boolean {
  if (names.length === 0) return true
  const proven = provenOn(state, node)
  return names.every((name) => proven.has(name))
}

/** A task of an older spec may have been on other networks than its service is today. */
const provenOn = perNode((state, node): ReadonlySet<string> => {
  const proven = new Set<string>()
  for (const task of state.tasksByNode.get(node.id)?.values() ?? []) {
    const service = state.services.get(task.serviceId)
    if (!service || !hasRun(task) || !isUpToDate(task, service.image)) continue
    for (const name of configurationsOf(state, service)) proven.add(name)
  }
  return proven
})
