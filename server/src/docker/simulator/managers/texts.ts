import { Problem, rpc } from '../api/problem.ts'

const NO_LEADER_TEXT =
  "The swarm does not have a leader. It's possible that too few managers are online. " +
  'Make sure more than half of the managers are online.'

export const NO_LEADER = `rpc error: code = Unknown desc = ${NO_LEADER_TEXT}`

export const LOCKED =
  'Swarm is encrypted and needs to be unlocked before it can be used. Please use ' +
  '"docker swarm unlock" to unlock it.'

export const NOT_A_MANAGER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster " +
  'state. Please run this command on a manager node or promote the current node to a manager.'

/** @see moby/moby daemon/cluster/errors.go errNoSwarm */
export const NOT_IN_SWARM = 'This node is not part of a swarm'

/** @see moby/moby daemon/cluster/cluster.go errorOnNotManager */
export const NO_SWARM =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to ' +
  'connect this node to swarm and try again.'

/** @see swarm-lab recordings/quorum-lost-28.txt */
export function noLeader(): Problem {
  return new Problem(500, NO_LEADER)
}

export function tooLate(): Problem {
  return rpc('DeadlineExceeded', 'context deadline exceeded')
}

/** @see swarm-lab recordings/quorum-leader-survives-28.txt */
export function leadershipLost(): Problem {
  return rpc('Unknown', 'raft: failed to process the request: node lost leader status')
}
