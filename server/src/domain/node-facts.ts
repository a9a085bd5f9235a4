import { keepIdentity } from './keep-identity.ts'
import { type Names, nodeNames, shortId } from './names.ts'
import type { Millis, Node } from './state.ts'

/** What services need to know of a node. Its tasks, loads and versions are not among it. */
export type NodeFact = Pick<
  Node,
  | 'id'
  | 'hostname'
  | 'availability'
  | 'state'
  | 'manager'
  | 'address'
  | 'ip'
  | 'os'
  | 'architecture'
  | 'labels'
  | 'engineLabels'
>

/**
 * The nodes as services see them. Keeps its identity while nothing in it changes: nodes
 * report in every few seconds, and no service is any different for it.
 */
export type NodeFacts = {
  readonly nodes: readonly NodeFact[]
  readonly byId: ReadonlyMap<string, NodeFact>
  readonly names: Names
  /** Until when missing news of nodes means nothing, after a leader change. */
  readonly settlingUntil: Millis | null
}

/**
 * After a leader change every node reads `unknown` until it reports to the new leader, and
 * the leader may take this long to call one down; meanwhile nothing is placed on it.
 * @see moby/swarmkit manager/dispatcher/nodes.go: grace of 6 heartbeats while unknown
 */
const settlingTime = 35_000

export function nodeFacts(nodes: ReadonlyMap<string, Node>): NodeFacts {
  const facts = [...nodes.values()].map(nodeFact)
  return {
    nodes: facts,
    byId: new Map(facts.map((fact) => [fact.id, fact])),
    names: nodeNames(nodes),
    settlingUntil: settlingUntil(nodes.values()),
  }
}

const nodeFact = (node: Node): NodeFact => ({
  id: node.id,
  hostname: node.hostname,
  availability: node.availability,
  state: node.state,
  manager: node.manager,
  address: node.address,
  ip: node.ip,
  os: node.os,
  architecture: node.architecture,
  labels: node.labels,
  engineLabels: node.engineLabels,
})

/** Whether a node is silent for no other reason than that the swarm has a new leader. */
export const awaitsNewLeader = (node: Node): boolean =>
  node.state === 'unknown' && node.message.includes('leadership change')

function settlingUntil(nodes: Iterable<Node>): Millis | null {
  let until: Millis | null = null
  for (const node of nodes) {
    if (awaitsNewLeader(node)) until = Math.max(until ?? 0, node.updatedAt + settlingTime)
  }
  return until
}

export const isSettling = ({ settlingUntil }: NodeFacts, now: Millis): boolean =>
  settlingUntil !== null && now < settlingUntil

/** The name of a node, or a piece of its id once it is gone. */
export const nodeName = ({ names }: NodeFacts, id: string): string =>
  names.get(id) ?? shortId(id)

/**
 * Whether nothing more will be heard of what was last seen on this node: it is down or was
 * removed. A node that is `unknown` is not lost: after a leader change they all are, and
 * their tasks run on. Before the nodes were first read, none counts as lost.
 */
export function isLost({ byId }: NodeFacts, nodeId: string | null): boolean {
  if (nodeId === null || byId.size === 0) return false
  return (byId.get(nodeId)?.state ?? 'down') === 'down'
}

/** The new facts, or the old ones where no service could tell the difference. */
export function keepFacts(before: NodeFacts | undefined, after: NodeFacts): NodeFacts {
  const same =
    before !== undefined &&
    before.settlingUntil === after.settlingUntil &&
    keepIdentity(before.nodes, after.nodes) === before.nodes
  return same ? before : after
}
