import type { ClusterState, Node } from '../state.ts'

/**
 * What is found of a node is found once for each state: a state never changes, and every
 * service that leaves a node asks the same of the others.
 */
export function perNode<V extends object>(
  find: (state: ClusterState, node: Node) => V,
): (state: ClusterState, node: Node) => V {
  const ofState = new WeakMap<ClusterState, Map<string, V>>()
  return (state, node) => {
    const known = ofState.get(state) ?? new Map<string, V>()
    ofState.set(state, known)
    const found = known.get(node.id) ?? find(state, node)
    known.set(node.id, found)
    return found
  }
}
