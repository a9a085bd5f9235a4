import type { Node } from './state.ts'

export type Quorum = {
  readonly total: number
  readonly reachable: number
  /** Managers that must be reachable for anything to change: more than half. */
  readonly needed: number
  /** Managers that can fail before that is so no longer. */
  readonly canLose: number
}

/**
 * The arithmetic of the managers. One that is being promoted or demoted counts while it is
 * a member of the raft, whatever role it is meant to have; reachability is the leader's
 * view.
 * @see moby/swarmkit manager/state/raft/membership/cluster.go, CanRemoveMember
 */
export function quorum(nodes: Iterable<Pick<Node, 'manager'>>): Quorum {
  let total = 0
  let reachable = 0
  for (const { manager } of nodes) {
    if (!manager) continue
    total += 1
    if (manager.reachability === 'reachable') reachable += 1
  }
  const needed = Math.floor(total / 2) + 1
  return { total, reachable, needed, canLose: Math.max(0, reachable - needed) }
}

/** Whether the managers can agree on anything. Before they are known, nobody says no. */
export function hasQuorum(nodes: Iterable<Pick<Node, 'manager'>>): boolean {
  const { total, reachable, needed } = quorum(nodes)
  return total === 0 || reachable >= needed
}
