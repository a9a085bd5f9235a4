import type { Names } from './names.ts'
import type { Residency } from './residency.ts'
import type { ClusterState } from './state.ts'

/**
 * The services of which nothing is known, each with the id of the one that had its name: a
 * stack that is deployed anew has other ids, and its volumes are where they were. One of
 * another swarm that was watched before does not count: none of its nodes is here.
 * @param names of the services that the residency tells of
 */
export function heirs(
  residency: Residency,
  names: Names,
  state: ClusterState,
): ReadonlyMap<string, string> {
  const left = new Map<string, string>()
  for (const [id, stays] of residency) {
    const name = names.get(id)
    if (name === undefined || state.services.has(id)) continue
    if (stays.some(({ nodeId }) => state.nodes.has(nodeId))) left.set(name, id)
  }
  const found = new Map<string, string>()
  if (left.size === 0) return found
  for (const { id, name } of state.services.values()) {
    const old = left.get(name)
    if (old !== undefined && !residency.has(id)) found.set(id, old)
  }
  return found
}
