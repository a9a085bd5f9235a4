import type { Operation, OperationState } from '@skep/shared/contract/operation'
import type { Convergence } from '@skep/shared/contract/service'
import { convergence, type Judgement } from './convergence.ts'
import { flapsFrom } from './failures.ts'
import { type NodeFacts, nodeFacts } from './node-facts.ts'
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
import { isAutomatic } from './rollout-verdict.ts'
import type { ClusterState, Millis, Service, Task, TaskMap } from './state.ts'
import { stuck } from './stuck.ts'
import { isLive, isOver, isTaskLost, rank } from './task-life.ts'
import { tasksOfService } from './tasks-of.ts'
import { isUpdatePaused, isUpdating } from './update-status.ts'
import { counted } from './words.ts'

/** What must be remembered of an operation, besides itself, to judge how it ended. */
export type ServiceTracking = {
  /** Hash of the whole spec that this command left; null until the engine answered. */
  readonly specHash: string | null
  /** The service as the command found it. */
  readonly before: { readonly specHash: string; readonly version: number }
  readonly expects: 'update' | 'remove'
}

export type Outcome = Verdict & { readonly tracking: ServiceTracking }

/** The least time, in milliseconds, that a service may stand still before it is judged. */
const leastPatience = 30_000

/**
 * How an operation stands, by what the swarm shows: only what is observed ends it. Judge it
 * on a state that is no older than the write; one that is not live says nothing new.
 *
 * It converged when the service did, on the spec that this command wrote, monitor window
 * included. It failed when the swarm paused it or rolled it back, or when nothing moves any
 * more and the service is still not as asked. It is superseded when another spec took over.
 * @param now by the managers' clock
 */
export function outcome(
  operation: Pick<
    Operation,
    'kind' | 'subject' | 'state' | 'sentence' | 'requestedAt' | 'acceptedAt'
  >,
  tracking: ServiceTracking,
  state: ClusterState,
  now: Millis,
): Outcome {
  const { kind, subject } = operation
  const { name } = subject
  const same = { state: operation.state, sentence: operation.sentence, tracking }
  const answer = (verdict: Verdict): Outcome => ({ ...verdict, tracking })
  if (state.swarm.state !== 'live') return same
  const service = state.services.get(subject.id)
  if (!service) {
    return answer(
      tracking.expects === 'remove'
        ? converged(`${name} is gone.`)
        : superseded(`${name} was removed.`),
    )
  }
  const { clockAhead } = state.swarm
  const waited =
    now - clockAhead - Date.parse(operation.acceptedAt ?? operation.requestedAt)
  if (tracking.expects === 'remove') {
    return waited < answerLostAfter ? same : answer(stillThere(name, operation.state))
  }
  const ours = adopted(operation.state, tracking, service)
  if (ours === null) {
    // It came and went while nobody watched: the spec is the one before again.
    const requestedAt = Date.parse(operation.requestedAt) + clockAhead
    if (isUndone(service, tracking, requestedAt)) return answer(undoing(service))
    const isOpen = operation.state === 'accepted' || waited < answerLostAfter
    return isOpen ? same : answer(neverSeen(name))
  }
  return { ...judged({ kind, service, state, waited, now }, ours), tracking: ours }
}

/**
 * The tracking of an operation that was accepted, once what it left is seen. One whose
 * answer was lost was accepted, if the service changed since in the way it would have; null
 * if it did not.
 */
function adopted(
  state: OperationState,
  tracking: ServiceTracking,
  service: Service,
): ServiceTracking | null {
  const { before, specHash } = tracking
  if (specHash !== null) return tracking
  if (state === 'accepted') {
    // What it left could not be read: the first thing seen after it must be it.
    return service.version > before.version
      ? { ...tracking, specHash: service.specHash }
      : null
  }
  const isWritten = service.specHash !== before.specHash
  // A resume writes the spec that is there: only that the pause is over gives it away.
  const isResumed =
    service.version > before.version &&
    service.previous?.specHash === before.specHash &&
    !isUpdatePaused(service)
  return isWritten || isResumed ? { ...tracking, specHash: service.specHash } : null
}

/** How far a node's clock may be off what we take it for, in milliseconds. */
const clockSlack = 5_000

/**
 * Whether an update that nobody saw was made and taken back by the swarm: a rollback of its
 * own keeps the start of the update that it ends.
 */
const isUndone = (
  { specHash, version, previous, update }: Service,
  { before }: ServiceTracking,
  requestedAt: Millis,
): boolean =>
  specHash === before.specHash &&
  version > before.version &&
  previous === null &&
  (update?.state.startsWith('rollback') ?? false) &&
  (update?.startedAt ?? 0) >= requestedAt - clockSlack

type Case = {
  readonly kind: Operation['kind']
  readonly service: Service
  readonly state: ClusterState
  readonly waited: Millis
  readonly now: Millis
}

function judged(of: Case, { specHash }: ServiceTracking): Verdict {
  const { kind, service, state, now } = of
  if (specHash !== null && specHash !== service.specHash) return replaced(service)
  const nodes = nodeFacts(state.nodes)
  const tasks = tasksOfService(state, service.id)
  const judgement = convergence(service, tasks, nodes, now)
  const { sentence, verdict, cause } = judgement.convergence
  switch (verdict) {
    case 'converged':
    case 'complete':
      return converged(sentence)
    case 'scaled-to-zero':
      return converged(`${sentence}, nothing runs`)
    case 'paused':
    case 'rollback-paused':
      return failed(withCause(sentence, cause))
    case 'rolled-back':
      return kind === 'rollback'
        ? afterRollback(of, tasks, nodes)
        : failed(withCause(sentence, cause))
    case 'updating':
    case 'rolling-back':
      return accepted(`Accepted: ${sentence}${standstill(of, tasks, nodes)}.`)
    case 'verifying':
    case 'running-job':
      return accepted(`Accepted: ${sentence}.`)
    case 'converging':
    case 'degraded':
    case 'flapping':
    case 'down':
    case 'unknown':
      return unsettled(of, tasks, nodes, judgement)
  }
}

/**
 * That an update gets nowhere, and for how long. It stays open all the same: the swarm goes
 * on with it by itself as soon as it can, however late, and gives no end to wait for.
 */
function standstill({ service, now }: Case, tasks: TaskMap, nodes: NodeFacts): string {
  const { stuck: found } = stuck(service, occupancy(service, tasks, nodes), nodes, now)
  if (found === null) return ''
  const minutes = Math.floor((now - found.since) / 60_000)
  const time = minutes < 1 ? '' : `, for ${counted(minutes, 'minute')}`
  return `; ${found.detail}${time}`
}

const withCause = (sentence: string, cause: string | null): string =>
  cause === null ? sentence : `${sentence}: ${cause}`

/** The spec is another one: put back by the swarm itself, or changed by somebody. */
function replaced(service: Service): Verdict {
  const { message = '', state } = service.update ?? {}
  const isByItself =
    isAutomatic(service) ||
    (state === 'rollback_started' && message.startsWith('update rolled back')) ||
    (state === 'rollback_paused' && service.previous === null)
  if (isByItself) return undoing(service)
  return takenOver(service.name)
}

function undoing({ update }: Service): Verdict {
  const { message = '', state } = update ?? {}
  const way = state === 'rollback_started' ? 'is rolling it back' : 'rolled it back'
  const why = message === 'rollback completed' ? '' : `: ${message}`
  return failed(`The update failed and the swarm ${way}${why}.`)
}

/**
 * A rollback by hand ends like any other change: every task on the target, for the monitor
 * window. To the verdict on the service itself a rollback is never success.
 */
function afterRollback(of: Case, tasks: TaskMap, nodes: NodeFacts): Verdict {
  const { service, now } = of
  const paced = { ...service.spec, update: service.spec.rollback }
  const judgement = convergence(
    { ...service, update: null, spec: paced },
    tasks,
    nodes,
    now,
  )
  const { verdict, sentence } = judgement.convergence
  switch (verdict) {
    case 'converged':
    case 'complete':
    case 'scaled-to-zero':
      return converged(`Rolled back: ${sentence}`)
    case 'verifying':
    case 'running-job':
      return accepted(`Rolled back: ${sentence}.`)
    default:
      return unsettled(of, tasks, nodes, judgement)
  }
}

/** Not as asked. That is the end once nothing has moved for the monitor window. */
function unsettled(
  { service, waited, now }: Case,
  tasks: TaskMap,
  nodes: NodeFacts,
  { convergence: found, recentFailures }: Judgement,
): Verdict {
  const patience = Math.max(service.spec.update.monitorNs / 1e6, leastPatience)
  const isMoving =
    waited < mostPatience && inMotion(service, tasks, nodes, recentFailures, now)
  // A crash loop looks better every few seconds and is no nearer to its end for it.
  const isLoop = recentFailures >= flapsFrom
  const changedAt = isLoop ? service.updatedAt : lastChange(found, service)
  const still = Math.min(waited, now - changedAt)
  // While an update runs the swarm is at work, however it looks meanwhile.
  if (isUpdating(service) || isMoving || still < patience)
    return accepted(`Accepted: ${found.sentence}.`)
  return failed(withCause(`Not converged: ${found.sentence}`, found.cause))
}

/** When the service last became what it is, by the verdict or by the service itself. */
const lastChange = ({ since }: Convergence, { updatedAt }: Service): Millis =>
  Math.max(updatedAt, since === null ? 0 : Date.parse(since))

/** How long any other step may go without news, in milliseconds. */
const stepPatience = 2 * 60_000

/** Beyond the grace period, how long a task may take to stop, in milliseconds. */
const stopPatience = 60_000

/** Whether any task is on its way to where it should be, and not for the umpteenth time. */
function inMotion(
  service: Service,
  tasks: TaskMap,
  nodes: NodeFacts,
  recentFailures: number,
  now: Millis,
): boolean {
  const restartDelay = service.spec.restart.delayNs / 1e6
  return [...tasks.values()].some((task) => {
    if (isOver(task) || isTaskLost(task, nodes)) return false
    const quiet = now - task.updatedAt
    if (!isLive(task)) return quiet < service.spec.stopGraceNs / 1e6 + stopPatience
    if (rank(task.state) >= rank('running') || recentFailures >= flapsFrom) return false
    return quiet < patienceWith(task) + restartDelay
  })
}

function patienceWith({ state, error }: Task): Millis {
  if (state === 'preparing' || state === 'starting') return startPatience
  // No node takes it: the swarm says why, and nothing more will come by itself.
  return state === 'pending' && error !== null ? 0 : stepPatience
}
