import type { Stay } from '../residency.ts'
import type { TaskMap } from '../state.ts'

/**
 * Id of the node where the data of a service was last: by what is remembered of its volumes,
 * or else where its newest task had a container. Null: none of its tasks ran anywhere.
 * @param stays of this service, newest first
 */
export function lastHome(stays: readonly Stay[], tasks: TaskMap): string | null {
  const ran = [...tasks.values()].filter(
    ({ nodeId, containerId }) => nodeId !== null && containerId !== null,
  )
  const newest = ran.sort((a, b) => b.createdAt - a.createdAt)[0]
  return stays[0]?.nodeId ?? newest?.nodeId ?? null
}
