import { Problem } from '../api/problem.ts'
import type { Clock } from '../clock.ts'
import type { Managers } from './managers.ts'
import {
  LOCKED,
  leadershipLost,
  NO_SWARM,
  NOT_A_MANAGER,
  noLeader,
  tooLate,
} from './texts.ts'

/** @see moby/moby daemon/cluster/cluster.go swarmRequestTimeout */
const REQUEST_TIMEOUT = 20_000

/** For so long after the quorum is lost, calls block. @see moby/swarmkit raft.go */
const BLOCKS_FOR = 10_000

const OF_THE_SWARM = /^\/(swarm|nodes|services|tasks|secrets|configs)(\/|$)/
const OF_THE_LOCK = /^\/swarm\/(unlock|leave)$/

export type GateOptions = {
  managers: Managers
  clock: Clock
  nodeId: string
  hasLeft: boolean
  isWrite: boolean
  path: string
  /** Told when the managers' state changes; answers how to stop. */
  onChange(heard: () => void): () => void
  /**
   * It is refused, and in the log of the leader that was: it is done if that one leads again.
   * @see moby/swarmkit manager/state/raft/raft.go processEntry, where nobody waits any more
   */
  onLostWrite(): void
  signal: AbortSignal
}

/**
 * Settles when a request may go on. Calls that concern the node alone always may.
 * @throws Problem with the engine's words, after as long as the engine takes
 * @see swarm-lab FACTS i, recordings quorum-lost-28.txt, quorum-leader-survives-28.txt
 */
export function gateFor(options: GateOptions): Promise<void> {
  const { managers, clock, nodeId, isWrite, path, onChange, signal } = options
  if (!OF_THE_SWARM.test(path) || OF_THE_LOCK.test(path)) return Promise.resolve()
  if (managers.isLocked(nodeId)) return Promise.reject(new Problem(503, LOCKED))
  if (options.hasLeft) return Promise.reject(new Problem(503, NO_SWARM))
  if (!managers.members.has(nodeId)) return Promise.reject(new Problem(503, NOT_A_MANAGER))
  // Alive, but cut off from the others.
  if (!managers.takesPart(nodeId)) return Promise.reject(noLeader())

  const { phase } = managers
  if (phase.name === 'led' || (managers.canRead(nodeId) && !isWrite))
    return Promise.resolve()
  if (phase.name === 'lost' && clock.now - phase.since >= BLOCKS_FOR) {
    return Promise.reject(noLeader())
  }
  const wasLeader = phase.name === 'stale' && phase.leader === nodeId
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      stop()
      cancel()
      signal.removeEventListener('abort', leave)
      done()
    }
    const stop = onChange(() => {
      if (wasLeader && managers.phase.name === 'lost') {
        options.onLostWrite()
        settle(() => reject(leadershipLost()))
      } else if (managers.phase.name === 'led') {
        settle(resolve)
      }
    })
    const cancel = clock.schedule(REQUEST_TIMEOUT, () => settle(() => reject(tooLate())))
    const leave = () => settle(() => reject(tooLate()))
    signal.addEventListener('abort', leave)
  })
}
