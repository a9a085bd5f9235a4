import type { ClusterState, SwarmFacts } from '../domain/state.ts'
import { clock } from './clock.ts'

/**
 * The state with these facts of the swarm. `since` moves only when the swarm's state does;
 * facts that did not change keep their identity, and so does a state that holds them.
 */
export function withSwarm(
  state: ClusterState,
  facts: Omit<SwarmFacts, 'since'>,
): ClusterState {
  const held = state.swarm
  const since = facts.state === held.state ? held.since : clock.now()
  const swarm: SwarmFacts = { ...facts, since }
  return sameFacts(held, swarm) ? state : { ...state, swarm }
}

function sameFacts(a: SwarmFacts, b: SwarmFacts): boolean {
  return (Object.keys(b) as (keyof SwarmFacts)[]) // Object.keys forgets the key type
    .every((fact) => a[fact] === b[fact])
}

/** Before the first look: nothing is known, and nothing is claimed. */
export function emptyState(endpoint: string): ClusterState {
  return {
    services: new Map(),
    nodes: new Map(),
    networks: new Map(),
    secrets: new Map(),
    configs: new Map(),
    clusterVolumes: null,
    tasksByService: new Map(),
    tasksByNode: new Map(),
    swarm: {
      id: null,
      state: 'connecting',
      since: clock.now(),
      cause: null,
      endpoint,
      nodeId: null,
      engineVersion: null,
      apiVersion: null,
      feed: 'polling',
      clockAhead: 0,
      taskHistory: 5,
      simulatedSpeed: null,
    },
  }
}
