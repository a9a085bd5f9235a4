import type { Operation } from '@skep/shared/contract/operation'
import type { NodeWrite } from './node-commands/plan.ts'
import { nodeFacts } from './node-facts.ts'
import { occupancy } from './occupancy.ts'
import {
  accepted,
  converged,
  failed,
  neverSeen,
  stillThere,
  superseded,
  takenOver,
  type Verdict,
} from './operation-verdict.ts'
import { answerLostAfter, mostPatience, startPatience } from './patience.ts'
import type { ClusterState, Millis, Node, Service, TaskMap } from './state.ts'
import { isHealthy, isLive, isOver, rank } from './task-life.ts'
import { tasksOfService } from './tasks-of.ts'
import { counted } from './words.ts'

/** What must be remembered of a node command, besides itself, to judge how it ended. */
export type NodeTracking = {
  readonly write: NodeWrite
  /** Services whose tasks it moves, with how many of each are sure to run again. */
  readonly services: readonly { readonly id: string; readonly settles: number }[]
  /** How the tasks were to end, in words: `moves 9, stops 3`. */
  readonly announced: string
}

/** How long what was announced may take without any sign of motion, in milliseconds. */
const patience = 60_000

/**
 * How a node command stands, by what the swarm shows. It converged when the node is as
 * asked, nothing that was to leave is left, and what was announced to run again does.
 * @param now by the managers' clock
 */
export function nodeOutcome(
  operation: Pick<
    Operation,
    'kind' | 'subject' | 'state' | 'sentence' | 'requestedAt' | 'acceptedAt'
  >,
  tracking: NodeTracking,
  state: ClusterState,
  now: Millis,
): Verdict {
  const { name, id } = operation.subject
  const same = { state: operation.state, sentence: operation.sentence }
  if (state.swarm.state !== 'live') return same
  const node = state.nodes.get(id)
  const waited = now - Date.parse(operation.acceptedAt ?? operation.requestedAt)
  const { write } = tracking
  if (write.kind === 'remove') {
    if (!node) return settling(tracking, state, waited, now, `${name} is gone.`)
    return waited < answerLostAfter ? same : stillThere(name, operation.state)
  }
  if (!node) return superseded(`${name} was removed.`)
  if (!isWritten(node, write.change)) {
    if (operation.state === 'accepted') return takenOver(name)
    return waited < answerLostAfter ? same : neverSeen(name)
  }
  const { role } = write.change
  if (role !== undefined && (role === 'manager') !== (node.manager !== null)) {
    const sentence = `${name} is becoming a ${role}.`
    return waited < mostPatience ? accepted(`Accepted: ${sentence}`) : failed(sentence)
  }
  const left = operation.kind === 'drain' ? leftOn(node, state) : 0
  if (left > 0) {
    const sentence = `${counted(left, 'task')} left on ${name}.`
    return waited < mostPatience ? accepted(`Accepted: ${sentence}`) : failed(sentence)
  }
  return settling(tracking, state, waited, now, doneWords(operation, tracking))
}

const isWritten = (
  node: Node,
  { availability, role, labels }: Partial<Pick<Node, 'availability' | 'role' | 'labels'>>,
): boolean =>
  (availability === undefined || node.availability === availability) &&
  (role === undefined || node.role === role) &&
  (labels === undefined || isSame(node.labels, labels))

const isSame = (a: Node['labels'], b: Node['labels']): boolean => {
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key])
  )
}

/**
 * Jobs run to their end; nobody waits for them. What is on a node that is down is not known,
 * and the swarm has replaced it.
 */
const leftOn = ({ id, state }: Node, { tasksByNode }: ClusterState): number =>
  state === 'down'
    ? 0
    : [...(tasksByNode.get(id)?.values() ?? [])].filter(
        (task) => !isOver(task) && task.jobIteration === null,
      ).length

function doneWords(
  { kind, subject: { name } }: Pick<Operation, 'kind' | 'subject'>,
  { announced }: NodeTracking,
): string {
  const counts = announced === '' ? '' : ` As previewed: ${announced}.`
  switch (kind) {
    case 'drain':
      return `${name} is drained.${counts}`
    case 'pause':
      return `${name} is paused.`
    case 'activate':
      return `${name} is active. Tasks do not move back by themselves.`
    case 'promote':
      return `${name} is a manager.`
    case 'demote':
      return `${name} is a worker.${counts}`
    default:
      return `${name} is as asked.${counts}`
  }
}

/** Done, once every service that was to run again does. */
function settling(
  { services }: NodeTracking,
  state: ClusterState,
  waited: Millis,
  now: Millis,
  done: string,
): Verdict {
  const nodes = nodeFacts(state.nodes)
  const missing = services.flatMap(({ id, settles }) => {
    const service = state.services.get(id)
    if (!service) return []
    const tasks = tasksOfService(state, id)
    const running = [...tasks.values()].filter((task) => isHealthy(task, nodes)).length
    // Scaled meanwhile, it owes no more than it is asked for.
    const owed = Math.min(settles, occupancy(service, tasks, nodes).desired)
    return running < owed ? [{ service, tasks, running, owed }] : []
  })
  if (missing.length === 0) return converged(done)
  const words = missing
    .map(({ service: { name }, running, owed }) => `${name} runs ${running} of ${owed}`)
    .join(', ')
  const isMoving = missing.some((one) => inMotion(one, now))
  if (waited < patience || (isMoving && waited < mostPatience)) {
    return accepted(`Accepted: ${words}.`)
  }
  return failed(`Not as previewed: ${words}.`)
}

const inMotion = (
  { service, tasks }: { service: Service; tasks: TaskMap },
  now: Millis,
): boolean =>
  [...tasks.values()].some(
    (task) =>
      isLive(task) &&
      rank(task.state) < rank('running') &&
      !(task.state === 'pending' && task.error !== null) &&
      now - task.updatedAt < startPatience + service.spec.restart.delayNs / 1e6,
  )
