import { type Attention, compareAttention } from '@skep/shared/contract/attention'
import type { Node as NodeView } from '@skep/shared/contract/node'
import type { Swarm } from '@skep/shared/contract/swarm'
import { instant } from './instant.ts'
import { awaitsNewLeader } from './node-facts.ts'
import type { Millis, Node } from './state.ts'
import { counted } from './words.ts'

/**
 * What needs a human, most urgent first, and each thing once: of two services of one name,
 * as they are read while one is made in place of another, that is one row.
 * @param others what nodes, services and rotations ask for: of each, one of a kind at most
 */
export function attention(
  swarm: Swarm,
  ...others: readonly (readonly Attention[])[]
): Attention[] {
  const rows = [...managers(swarm), ...others.flat()]
  return [...new Map(rows.map((row) => [row.id, row])).values()].sort(compareAttention)
}

/** Whether the swarm could still agree after one more loss, and whether it was built to. */
function managers(swarm: Swarm): Attention[] {
  const { total, reachable, canLose } = swarm.managers
  const row = (
    kind: 'quorum' | 'posture',
    tone: Attention['tone'],
    title: string,
    detail: string,
  ): Attention => ({
    id: `${kind}:swarm`,
    kind,
    tone,
    subject: { kind: 'swarm', name: 'swarm' },
    title,
    detail,
    cause: kind === 'quorum' ? swarm.cause : null,
    since: kind === 'quorum' && swarm.state === 'no-quorum' ? swarm.since : null,
  })
  if (swarm.state === 'no-quorum') {
    return [row('quorum', 'critical', 'The swarm has no quorum', swarm.sentence)]
  }
  if (total === 0) return []
  const counts = `${reachable} of ${total} managers reachable`
  if (reachable < total && canLose === 0) {
    return [row('quorum', 'critical', 'The swarm can lose no more managers', counts)]
  }
  if (total === 1) {
    const detail = 'losing it loses control of the swarm; three tolerate one loss'
    return [row('posture', 'neutral', 'The swarm has a single manager', detail)]
  }
  if (total % 2 === 0) {
    const detail = `${total} tolerate no more losses than ${total - 1}`
    return [row('posture', 'neutral', 'The number of managers is even', detail)]
  }
  return []
}

/**
 * What a node needs a human for. One that is silent because the swarm has a new leader is
 * given time to report; one that was drained first was taken down on purpose.
 */
export function nodeAttention(
  node: Node,
  view: NodeView,
  settlingUntil: Millis | null,
  now: Millis,
): Attention | null {
  const title = silence(node, settlingUntil, now)
  if (title === null) return null
  const drained = node.availability === 'drain'
  const { live } = view.tasks
  return {
    id: `node-down:${view.name}`,
    kind: 'node-down',
    tone: drained ? 'neutral' : node.state === 'down' ? 'critical' : 'warning',
    subject: { kind: 'node', name: view.name },
    title: `${view.name} ${title}`,
    detail:
      live > 0
        ? `what became of ${counted(live, 'task')} is not known`
        : drained
          ? 'it was drained before'
          : 'no tasks on it',
    cause: node.message || null,
    since: instant(node.updatedAt),
  }
}

function silence(node: Node, settlingUntil: Millis | null, now: Millis): string | null {
  switch (node.state) {
    case 'ready':
      return null
    case 'down':
      return 'is down'
    case 'disconnected':
      return 'is disconnected'
    case 'unknown': {
      const waits = awaitsNewLeader(node) && settlingUntil !== null && now < settlingUntil
      return waits ? null : 'has not been heard of'
    }
  }
}
