import type { Stay } from '../residency.ts'
import type { Task, TaskMap } from '../state.ts'
import { newestFirst, rank } from '../task-life.ts'
import { standsFor } from './naming.ts'

/**
 * Id of the node where the data of a service was last: by what is remembered of its volumes,
 * or else where its newest task had a container. Null: none of its tasks ran anywhere.
 * @param stays of this service, newest first
 */
export function lastHome(stays: readonly Stay[], tasks: TaskMap): string | null {
  return stays[0]?.nodeId ?? newestWith(tasks, hadContainer)?.nodeId ?? null
}

/** A node where a volume was, by the name that it had then. */
export type Home = { readonly nodeId: string; readonly node: string | null }

/**
 * Where a volume that a service mounts was used last, as its name is written there; null:
 * it is not known to have been used at all.
 * @param stays of this service, newest first
 */
export function lastHomeOf(
  source: string,
  stays: readonly Stay[],
  tasks: TaskMap,
): Home | null {
  const stay = stays.find(({ volume }) => standsFor(source, volume))
  if (stay) return { nodeId: stay.nodeId, node: stay.node }
  const hadIt = (task: Task) => hadContainer(task) && task.volumes.includes(source)
  const nodeId = newestWith(tasks, hadIt)?.nodeId
  return nodeId ? { nodeId, node: null } : null
}

const newestWith = (tasks: TaskMap, test: (task: Task) => boolean): Task | undefined =>
  [...tasks.values()].filter(test).sort(newestFirst)[0]

/** Whether its container was made, and with it the volumes that it mounts. */
export const hadContainer = ({ state, nodeId, containerId }: Task): boolean =>
  nodeId !== null &&
  containerId !== null &&
  state !== 'rejected' &&
  rank(state) >= rank('starting')
