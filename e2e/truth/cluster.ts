import type { Deployed } from './deploy.ts'
import type { Task } from './engine.ts'
import type { Kind } from './fate.ts'
import type { Seat } from './markers.ts'
import { isUnsteady } from './scenario.ts'
import type { Setting } from './setting.ts'

/** A swarm with the services of one scenario on it. */
export type Cluster = Setting & {
  deployed: readonly Deployed[]
  /** Where the task of each slot ran when it was last looked at, by `homeKey`. */
  homes: Map<string, Seat>
}

/** Names a slot of a service, or the place of a global one on its node. */
export const homeKey = ({ plan, slot, nodeId }: Seat): string =>
  `${plan.name} ${slot === 0 ? nodeId : slot}`

/** @throws Error where the task is of no service of the scenario */
export function planOf({ deployed }: Cluster, { ServiceID }: Task): Deployed['plan'] {
  const plan = deployed.find(({ id }) => id === ServiceID)?.plan
  if (!plan) throw new Error(`nobody deployed ${ServiceID}`)
  return plan
}

export function kindOf(cluster: Cluster, task: Task): Kind {
  const { mode, behaviour } = planOf(cluster, task)
  const global = mode === 'global' || mode === 'global-job'
  return { global, crashes: behaviour === 'crash' }
}

export const isUnsteadyTask = (cluster: Cluster, task: Task): boolean =>
  isUnsteady(planOf(cluster, task))

/** Null where it is on no node. */
export function seatOf(cluster: Cluster, task: Task): Seat | null {
  const nodeId = task.NodeID ?? ''
  const node = cluster.names.get(nodeId)
  const plan = planOf(cluster, task)
  return node === undefined ? null : { plan, node, nodeId, slot: task.Slot ?? 0 }
}

export function idOf({ names }: Setting, node: string): string {
  for (const [id, name] of names) if (name === node) return id
  throw new Error(`there is no node ${node}`)
}
