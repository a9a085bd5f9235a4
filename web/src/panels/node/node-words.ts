import type { Node, NodeStatus } from '@skep/shared/contract/node'
import type { Overview } from '@skep/shared/contract/overview'
import { managerWords, type Word } from '@skep/shared/vocabulary'
import { counted } from '../../ui/words.ts'

/** In the order in which lists count them. */
export const nodeStatuses = [
  'ready',
  'paused',
  'draining',
  'drained',
  'down',
  'disconnected',
  'unknown',
] as const satisfies readonly NodeStatus[]

/** All nodes in one sentence: "4 of 5 ready, 1 down." */
export function nodesSentence({ total, ready, draining, down, other }: Overview['nodes']) {
  if (total === ready) return total === 1 ? 'The only one is ready.' : `All ${total} ready.`
  const parts = [
    `${ready} of ${total} ready`,
    down > 0 ? `${down} down` : null,
    draining > 0 ? `${draining} draining or drained` : null,
    other > 0 ? `${other} not available` : null,
  ]
  return `${parts.filter((part) => part !== null).join(', ')}.`
}

/** How many of its tasks can run nowhere else; a sentence more, or nothing. */
export const pinnedSentence = (count: number): string =>
  count === 0 ? '' : ` ${counted(count, 'task is', 'tasks are')} pinned here.`

/** What a manager adds to the status of its node; null for workers. */
export function managerWord({ manager }: Node): Word | null {
  if (!manager) return null
  return managerWords[manager.leader ? 'leader' : manager.reachability]
}

export const roleWords = { manager: 'Manager', worker: 'Worker' } as const
export const availabilityWords = {
  active: 'Active',
  pause: 'Pause',
  drain: 'Drain',
} as const

/** Where the status does not tell what was asked of the node. */
const hidesAvailability: readonly NodeStatus[] = ['down', 'disconnected', 'unknown']

/** What a node is in the swarm: "Manager, leader."; one that is away: "Worker. Availability drain." */
export function roleSentence(node: Node): string {
  const word = managerWord(node)?.label.toLowerCase()
  const role = word ? `${roleWords[node.role]}, ${word}` : roleWords[node.role]
  if (!hidesAvailability.includes(node.status)) return `${role}.`
  return `${role}. Availability ${availabilityWords[node.availability].toLowerCase()}.`
}
