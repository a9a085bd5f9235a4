import type { FilterId, Placement } from '@skep/shared/contract/placement'
import { instant } from '../instant.ts'
import { nodeNames, shortId } from '../names.ts'
import type { ClusterState, Millis, Node, Service, Task } from '../state.ts'
import { holdsShare, isLive } from '../task-life.ts'
import { type Demand, demandOf } from './demand.ts'
import { explanation, sameExplanation } from './explanation.ts'
import { firstRefusal, isSure, verdicts } from './filters.ts'
import { type Site, siteOf, sitesOf } from './sites.ts'

/**
 * Where the next task of a service could run, what refuses every other node, and whether
 * the engine says the same of the tasks that wait for a node.
 * @param now when the state was true, by the clock of the console
 */
export function placement(service: Service, state: ClusterState, now: Millis): Placement {
  const demand = demandOf(service, state)
  const names = nodeNames(state.nodes)
  const mode = modeOf(service)
  const sites = sitesOf(state)
  const pending = pendingOf(service, state)
  const awaited = new Set(pending.map(({ nodeId }) => nodeId))
  const nodes = [...sites.values()].map((site): Placement['nodes'][number] => {
    const { node, counts } = site
    const replaced = mode === 'per-node' && !awaited.has(node.id)
    const offered = replaced ? withoutOwn(service, state, node) : site
    const first = firstRefusal(demand, offered)
    return {
      node: names.get(node.id) ?? shortId(node.id),
      fits: isOpen(demand, offered) ? null : first === null,
      first,
      verdicts: verdicts(demand, offered),
      running: counts.get(service.id) ?? 0,
    }
  })
  const refusals = nodes.map(({ first }) => first)
  return {
    service: service.name,
    asOf: instant(now),
    mode,
    nodes: nodes.sort((a, b) => (a.node < b.node ? -1 : 1)),
    sentence: sentence(
      nodes.map(({ fits }) => fits),
      state,
    ),
    explanation: explanation(refusals, mode),
    pending: pending.map((task) => {
      const own = task.nodeId === null ? undefined : sites.get(task.nodeId)
      const first = own ? [firstRefusal(demand, own)] : refusals
      const cannotTell = own ? isOpen(demand, own) : nodes.some(({ fits }) => fits === null)
      return {
        task: task.id,
        slot: slotOf(task, names),
        since: instant(task.since),
        engine: task.error,
        agrees: cannotTell ? null : agrees(task, first),
      }
    }),
  }
}

function modeOf({ mode }: Service): Placement['mode'] {
  switch (mode.kind) {
    case 'replicated':
    case 'replicated-job':
      return 'anywhere'
    case 'global':
    case 'global-job':
      return 'per-node'
  }
}

/**
 * A node without the service's tasks on it: the next task of a global service takes the
 * place of the one that is there. While it waits beside that one, both count, as they do
 * for the scheduler.
 */
function withoutOwn(service: Service, state: ClusterState, node: Node): Site {
  const there = [...(state.tasksByNode.get(node.id)?.values() ?? [])]
  const own = there.filter((task) => task.serviceId === service.id && holdsShare(task))
  return siteOf(state, node, new Set(own.map(({ id }) => id)))
}

/** Whether no filter refuses a node, and it may yet be that it has not its cluster volumes. */
const isOpen = (demand: Demand, site: Site): boolean =>
  firstRefusal(demand, site) === null && !isSure(demand, site)

/** Oldest first. */
const pendingOf = ({ id }: Service, state: ClusterState): Task[] =>
  [...(state.tasksByService.get(id)?.values() ?? [])]
    .filter((task) => task.state === 'pending' && isLive(task))
    .sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1))

const slotOf = ({ slot, nodeId }: Task, names: ReadonlyMap<string, string>): string =>
  nodeId === null ? String(slot ?? '') : (names.get(nodeId) ?? shortId(nodeId))

/**
 * Null where there is nothing to compare: the scheduler has not spoken yet, or what it says
 * is of an older spec.
 */
function agrees(
  { error, nodeId, upToDate }: Task,
  refusals: readonly (FilterId | null)[],
): boolean | null {
  if (error === null || upToDate === false) return null
  const ours = explanation(refusals, nodeId === null ? 'anywhere' : 'per-node')
  return ours !== null && sameExplanation(ours, error)
}

function sentence(
  fits: readonly (boolean | null)[],
  { clusterVolumes }: ClusterState,
): string {
  const count = fits.length
  if (count === 0) return 'No node is known.'
  const of = count === 1 ? '1 node' : `${count} nodes`
  const unknown = fits.filter((fit) => fit === null).length
  if (unknown > 0) {
    const sure = fits.filter(Boolean).length
    const also = sure > 0 ? `Fits on ${sure} of ${of}, and may on ${unknown} more` : null
    const why =
      clusterVolumes === null
        ? 'its cluster volumes are not known here'
        : 'of its cluster volumes it cannot be told'
    return `${also ?? `May fit on ${unknown} of ${of}`}: ${why}.`
  }
  return `Fits on ${fits.filter(Boolean).length || 'none'} of ${of}.`
}
