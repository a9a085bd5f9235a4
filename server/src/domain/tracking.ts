import type { Operation } from '@skep/shared/contract/operation'
import { type NodeTracking, nodeOutcome } from './node-outcome.ts'
import { outcome, type ServiceTracking } from './outcome.ts'
import type { ClusterState, Millis } from './state.ts'

/** What is remembered of a command beside itself: of one on a service, or on a node. */
export type Tracking = ServiceTracking | NodeTracking

export const isOfNode = (tracking: Tracking): tracking is NodeTracking =>
  'write' in tracking

/** How a command stands, by what the swarm shows, and what to remember of it from now on. */
export function standingOf(
  operation: Operation,
  tracking: Tracking,
  state: ClusterState,
  now: Millis,
): Pick<Operation, 'state' | 'sentence'> & { readonly tracking: Tracking } {
  return isOfNode(tracking)
    ? { ...nodeOutcome(operation, tracking, state, now), tracking }
    : outcome(operation, tracking, state, now)
}
