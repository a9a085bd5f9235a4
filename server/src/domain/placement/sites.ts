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
 * Whether a node has so many of a kind left. Who asks for none of a kind needs it to be there
 * all the same, and it is gone from the list once all of it is taken.
 * @see moby/swarmkit api/genericresource/validate.go, HasEnough; helpers.go,
 * ConsumeNodeResources
 */
export function hasEnough({ node, free }: Site, kind: string, need: number): boolean {
  const left = countOf(free.generic, kind)
  if (need > 0) return need <= left
  return left > 0 || (Object.hasOwn(node.generic, kind) && node.generic[kind] === 0)
}

/**
 * The scheduler counts the ports that a task was made with. While it is on its service's spec
 * they are those of its service; of one that is not, or whose service was removed, the engine
 * tells no more than the ports of its container, once that runs.
 * @see moby/swarmkit manager/scheduler/nodeinfo.go, addTask; moby/moby
 * daemon/cluster/convert/task.go, TaskFromGRPC: leaves the endpoint of the task behind
 */
function portsOf(
  state: ClusterState,
  { serviceId, upToDate, hostPorts }: Task,
): readonly string[] {
  const service = state.services.get(serviceId)
  const isAsAsked = upToDate === true || hostPorts === null
  return service && isAsAsked ? hostPortsOf(service) : (hostPorts ?? [])
}
