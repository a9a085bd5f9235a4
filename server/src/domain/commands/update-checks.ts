import type { Check } from '@skep/shared/contract/preview'
import { hostPortsOf } from '../placement/demand.ts'
import { counted } from '../words.ts'
import { block, info, itself, warn } from './check.ts'
import type { Consequence } from './consequence.ts'
import { type Room, room } from './room.ts'
import { effectOnTasks, isSame } from './same-spec.ts'
import { isMoving, isPaused, type Situation } from './situation.ts'
import { isJobDocument, type Pace, paceOf, type SpecDocument } from './spec-document.ts'

/** What to know before any ordinary update: all commands but rollback and remove. */
export const updateChecks = (
  on: Situation,
  after: SpecDocument,
  what: Consequence,
): Check[] => [
  ...noChange(on, after),
  ...jobChecks(on),
  ...motionChecks(on, after),
  ...targetChecks(on, after),
  ...paceChecks(on, after, paceOf(after.UpdateConfig), what),
]

/** @param hint what to do instead */
export function noChange(on: Situation, after: SpecDocument): Check[] {
  if (!isSame(on.document, after)) return []
  const harm = isMoving(on)
    ? ` Written again, it would leave the running ${on.motion === 'updating' ? 'update' : 'rollback'} without a status and without its failure action.`
    : ''
  return [block('no-change', `${on.name} is asked for exactly this already.${harm}`)]
}

export const jobChecks = (on: Situation): Check[] =>
  isJobDocument(on.document)
    ? [warn('job-runs-again', `Any edit of a job runs it again: ${on.name} starts anew.`)]
    : []

function motionChecks(on: Situation, after: SpecDocument): Check[] {
  const { name } = on
  const replaces = effectOnTasks(on.document, after) !== 'keeps'
  if (isPaused(on)) {
    const sentence = replaces
      ? `${name} is paused. This begins another rollout in its place.`
      : `${name} is paused. Any change resumes its rollout, of the spec that it paused on.`
    return [warn('resumes-paused-update', sentence, itself(on))]
  }
  if (!isMoving(on)) return []
  const sentence =
    on.motion === 'rolling back'
      ? `${name} is rolling back. This takes its place, as an update with the update settings.`
      : replaces
        ? `${name} is updating. This takes the place of the running update.`
        : `${name} is updating. This begins the running update anew: failures count from 0.`
  return [warn('update-in-progress', sentence, itself(on))]
}

/** What becomes of the one spec that the swarm can roll back to. */
function targetChecks(on: Situation, after: SpecDocument): Check[] {
  const { document, previous, name, service } = on
  if (previous === null) {
    return service.update?.state.startsWith('rollback')
      ? [
          info(
            'automatic-rollback',
            `The swarm rolled ${name} back by itself and forgot the spec that failed. From this change on it can roll back again.`,
          ),
        ]
      : []
  }
  if (isSame(previous, document)) return []
  const effect = effectOnTasks(previous, document)
  const isTrifle = isSame(withoutCount(document), withoutCount(after))
  const loses = effect !== 'keeps' && (isTrifle || isPaused(on) || isMoving(on))
  const bad = isPaused(on) || isMoving(on) ? ', which has not been rolled out' : ''
  const sentence = `The swarm remembers one earlier spec. From then on it is the one asked for now${bad}; the one before it can only be restored from the history here.`
  return [
    loses
      ? warn('overwrites-rollback-target', sentence, itself(on))
      : info('overwrites-rollback-target', sentence, itself(on)),
  ]
}

/** A spec without what scaling, restarting and tuning change. */
function withoutCount(document: SpecDocument): unknown {
  const { Mode, UpdateConfig, RollbackConfig, TaskTemplate, ...rest } = document
  return { ...rest, TaskTemplate: { ...TaskTemplate, ForceUpdate: 0 } }
}

/** What the way in which tasks are replaced can lead to. */
export function paceChecks(
  on: Situation,
  after: SpecDocument,
  pace: Pace,
  { restarts }: Consequence,
  id = 'parallelism-zero',
): Check[] {
  if (restarts === 0 || isJobDocument(after)) return []
  const { Parallelism, Order, FailureAction } = pace
  const { name } = on
  const checks: Check[] = []
  const stopsFirst = Order === 'stop-first'
  if (Parallelism === 0 && restarts > 1) {
    checks.push(warn(id, `Parallelism is 0: all ${restarts} tasks are replaced at once.`))
  } else if (restarts > 1 && Parallelism >= restarts && stopsFirst) {
    const all = `all ${restarts} tasks stop at the same time`
    checks.push(warn('all-at-once', `Parallelism is ${Parallelism}: ${all}.`))
  }
  if (on.kind === 'replicated' && on.replicas === 1 && stopsFirst) {
    checks.push(
      warn(
        'single-replica-outage',
        `${name} has one replica and stops it first: it is down until the new task runs.`,
        itself(on),
      ),
    )
  }
  if (!stopsFirst) checks.push(...startFirstChecks(on, after, pace))
  if (FailureAction === 'continue') {
    const sentence = 'Failures do not stop this: the failure action is continue.'
    checks.push(info('failure-action-continue', sentence))
  }
  return checks
}

/** Where the new task starts beside the old one, there must be room for both. */
function startFirstChecks(on: Situation, after: SpecDocument, pace: Pace): Check[] {
  const { tasks, refusals } = room(on, after, 'stay')
  // A global service's new task starts beside the old one on each node.
  const ports = hostPortsOf(on.asService(after))
  const global = on.kind === 'global' && ports.length > 0
  if (tasks >= 1 && !global) {
    const lanes = Math.min(pace.Parallelism || Number.POSITIVE_INFINITY, on.slots.length)
    if (tasks >= lanes) return []
    const sentence = `New tasks start before old ones stop, ${lanes} at a time, and there is room for ${tasks}: the rest wait.`
    return [warn('start-first-no-room', sentence)]
  }
  const why = global ? `host port ${ports.join(', ')} in use by the old task` : refusals
  return [
    warn(
      'start-first-no-room',
      `New tasks start before old ones stop, and no node has room for one: ${why}. The update waits for ever.`,
      itself(on),
    ),
  ]
}

/** Whether what is asked for can be placed at all, with the old tasks out of the way. */
export function placementChecks(
  on: Situation,
  after: SpecDocument,
  { restarts, starts }: Consequence,
  id: 'not-placeable' | 'target-not-placeable',
): Check[] {
  if (restarts + starts === 0 || on.state.nodes.size === 0) return []
  const found = room(on, after, 'make place')
  const { tasks, refusals } = found
  const needs = on.kind === 'replicated' ? restarts + starts : 1
  if (tasks >= needs) return volumeDoubts(on, found)
  const sentence =
    tasks === 0
      ? `No node takes its tasks now: ${refusals}.`
      : `Room for ${tasks} of ${counted(needs, 'task')} now${refusals ? `: ${refusals}` : ''}.`
  return [warn(id, sentence, itself(on)), ...volumeDoubts(on, found)]
}

/** Nodes that may lack a cluster volume count as room: where all of them may, it is said. */
export function volumeDoubts(on: Situation, { nodes, doubt }: Room): Check[] {
  if (doubt === null) return []
  const where = nodes.length === 1 ? 'the node' : `any of the ${nodes.length} nodes`
  const sentence = `Whether its tasks get their cluster volumes on ${where} that may take them cannot be told: ${doubt}.`
  return [info('volumes-not-known', sentence, itself(on))]
}
