/** Where the managers stand, as far as those who ask them can tell. */
export type Phase =
  | { name: 'led'; leader: string }
  /** The leader is gone; the others will elect one. */
  | { name: 'electing' }
  /** The leader has not yet noticed that most of the others are gone. */
  | { name: 'stale'; leader: string; since: number }
  | { name: 'lost'; since: number }

/** Most of `count` managers. */
export function quorumOf(count: number): number {
  return Math.floor(count / 2) + 1
}

/**
 * Whether a member that is there can be taken out. @see moby/swarmkit
 * manager/state/raft/raft.go CanRemoveMember
 */
export function canSpare(
  reachable: number,
  members: number,
  isReachable: boolean,
): boolean {
  if (members <= 1) return false
  const left = isReachable ? reachable - 1 : reachable
  return left >= quorumOf(members - 1)
}
