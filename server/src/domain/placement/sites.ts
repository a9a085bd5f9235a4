import type { ClusterState, Generic, Node, Resources, Task } from '../state.ts'
import { holdsShare, rank } from '../task-life.ts'
import { type Demand, hostPortsOf } from './demand.ts'
import { type VolumesInUse, volumesInUse } from './volumes-in-use.ts'

/** A node with what its tasks leave of it, as the scheduler counts. */
export type Site = {
  readonly node: Node
  /** May be below zero, where a node lost memory or CPUs that are reserved. */
  readonly free: Resources & { readonly generic: Generic }
  /** Host ports in use, as `8080/tcp`. */
  readonly ports: ReadonlySet<string>
  /** Tasks that are there to stay, by service id. */
  readonly counts: ReadonlyMap<string, number>
  /** Those of the swarm, the same for every node: a use elsewhere may be in the way here. */
  readonly volumes: VolumesInUse
}

/**
 * What a node has left. A task that stops holds its share and its ports to its end, and one
 * on a node that is down until the node is back; neither counts as a replica.
 * @param without ids of tasks to leave out, as if they had ended
 * @see moby/swarmkit manager/scheduler/nodeinfo.go, addTask
 */
export function siteOf(
  state: ClusterState,
  node: Node,
  without?: ReadonlySet<string>,
): Site {
  let { nanoCpus, memoryBytes } = node.resources
  const generic = new Map(Object.entries(node.generic))
  const ports = new Set<string>()
  const counts = new Map<string, number>()
  for (const task of state.tasksByNode.get(node.id)?.values() ?? []) {
    if (!holdsShare(task) || without?.has(task.id)) continue
    nanoCpus -= task.reserved.nanoCpus
    memoryBytes -= task.reserved.memoryBytes
    for (const [kind, count] of Object.entries(task.generic)) {
      const free = generic.get(kind)
      if (free !== undefined) generic.set(kind, free - count)
    }
    for (const port of portsOf(state, task)) ports.add(port)
    if (rank(task.desired) <= rank('complete')) {
      counts.set(task.serviceId, (counts.get(task.serviceId) ?? 0) + 1)
    }
  }
  const free = { nanoCpus, memoryBytes, generic: Object.fromEntries(generic) }
  return { node, free, ports, counts, volumes: volumesInUse(state, without) }
}

/** Every node, or these, by id. */
export function sitesOf(
  state: ClusterState,
  nodes: Iterable<Node> = state.nodes.values(),
): ReadonlyMap<string, Site> {
  const sites = new Map<string, Site>()
  for (const node of nodes) sites.set(node.id, siteOf(state, node))
  return sites
}

/**
 * The same site with one more task of this demand placed there, whether it fits or not. Which
 * cluster volumes it would be given is left open.
 */
export function withTask(site: Site, demand: Demand): Site {
  const { free, ports, counts } = site
  const { reservations, serviceId } = demand
  const generic = Object.fromEntries(
    Object.entries(free.generic).map(([kind, count]) => [
      kind,
      count - countOf(demand.generic, kind),
    ]),
  )
  return {
    ...site,
    free: {
      nanoCpus: free.nanoCpus - reservations.nanoCpus,
      memoryBytes: free.memoryBytes - reservations.memoryBytes,
      generic,
    },
    ports: demand.hostPorts.length > 0 ? new Set([...ports, ...demand.hostPorts]) : ports,
    counts: new Map(counts).set(serviceId, (counts.get(serviceId) ?? 0) + 1),
  }
}

/** How many of a kind; 0 where there are none. Kinds are named by whoever runs the node. */
export const countOf = (generic: Generic, kind: string): number =>
  (Object.hasOwn(generic, kind) ? generic[kind] : undefined) ?? 0

/**
 * The engine does not tell the ports of a task, so they are those of its service: a change
 * of ports replaces every task. Of a service that was removed none are known, and its last
 * tasks hold theirs until they have stopped.
 */
function portsOf(state: ClusterState, { serviceId }: Task): readonly string[] {
  const service = state.services.get(serviceId)
  return service ? hostPortsOf(service) : []
}
