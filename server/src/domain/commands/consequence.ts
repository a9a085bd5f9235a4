import { matchesAll } from '../constraints.ts'
import { eligibleNodes } from '../eligibility.ts'
import type { Task } from '../state.ts'
import { isLive } from '../task-life.ts'
import { effectOnTasks } from './same-spec.ts'
import { isCurrent, isPaused, type Situation } from './situation.ts'
import { imageOf, replicasOf, type SpecDocument } from './spec-document.ts'

/** How many tasks a command replaces, adds, and ends without a successor. */
export type Consequence = {
  readonly restarts: number
  readonly starts: number
  readonly stops: number
}

export const nothingHappens: Consequence = { restarts: 0, starts: 0, stops: 0 }

/** What happens to the tasks when the service is asked for `after` instead. */
export function consequence(on: Situation, after: SpecDocument): Consequence {
  switch (on.kind) {
    case 'replicated':
      return ofReplicas(on, after)
    case 'global':
      return ofNodes(on, after)
    case 'replicated-job': {
      const job = after.Mode.ReplicatedJob
      return ofJob(on, job?.TotalCompletions ?? job?.MaxConcurrent ?? 1)
    }
    case 'global-job':
      return ofJob(on, eligible(on, after).size)
  }
}

function ofReplicas(on: Situation, after: SpecDocument): Consequence {
  const wanted = replicasOf(after) ?? 0
  const asked = on.replicas ?? 0
  const live = on.slots.flatMap(({ task }) => task ?? [])
  const replaced = replacedSlots(on, after).length
  // Slots that lost their task for good are filled by a rollout, and only by one.
  const rollout = rollsOut(on, after)
  const empty = rollout ? Math.max(0, Math.min(asked, wanted) - live.length) : 0
  // One that failed just now is about to be tried again: in a loop it is there and gone.
  const retried = on.slots.filter(
    ({ hold, task }) => task === null && hold.tasks.length > 0,
  )
  const { condition, maxAttempts } = on.service.spec.restart
  const isRetried = rollout && condition !== 'none' && maxAttempts === 0
  const looping = isRetried ? Math.min(empty, retried.length) : 0
  return {
    // Which slots a scale-down takes is the swarm's choice.
    restarts: Math.min(replaced + looping, wanted),
    starts: Math.max(0, wanted - asked) + empty - looping,
    stops: Math.max(0, Math.min(live.length, asked) - wanted),
  }
}

function ofNodes(on: Situation, after: SpecDocument): Consequence {
  const asked = eligible(on, after)
  const live = on.slots.flatMap(({ task }) => task ?? [])
  const isAsked = (task: Task) => task.nodeId !== null && asked.has(task.nodeId)
  const staying = live.filter(isAsked)
  const held = new Set(live.map(({ nodeId }) => nodeId))
  const isNew = rollsOut(on, after)
  return {
    restarts: replacedSlots(on, after).filter((tasks) => tasks.some(isAsked)).length,
    starts: isNew ? [...asked].filter((id) => !held.has(id)).length : 0,
    stops: live.length - staying.length,
  }
}

/** Any edit of a job starts a new run; what still runs of the old one is stopped. */
function ofJob(on: Situation, completions: number): Consequence {
  const live = [...on.tasks.values()].filter(isLive).length
  const restarts = Math.min(live, completions)
  return { restarts, starts: completions - restarts, stops: live - restarts }
}

/** The live tasks that make room for others. */
export const replacedBy = (on: Situation, after: SpecDocument): Task[] =>
  replacedSlots(on, after).flat()

/**
 * The live tasks of each slot that gets another one. Where an update waits for room to start
 * first, a slot has two: going back calls off the one that waits, and the other one stays.
 * A global service's task on a paused node is not touched while that is paused.
 * @see moby/swarmkit manager/orchestrator/update/updater.go, worker, useExistingTask;
 * manager/orchestrator/global/global.go, reconcileServices
 */
const replacedSlots = (on: Situation, after: SpecDocument): Task[][] =>
  on.slots
    .filter(({ hold }) => !isOnPaused(on, hold.nodeId))
    .map(({ hold }) => hold.tasks.filter(isLive))
    .filter(
      (tasks) => tasks.length > 0 && tasks.every((task) => isReplaced(on, after, task)),
    )

const isOnPaused = ({ nodes }: Situation, nodeId: string | null): boolean =>
  nodes.byId.get(nodeId ?? '')?.availability === 'pause'

/**
 * Names of the paused nodes on which a global service's tasks would be replaced, and stay as
 * they are.
 */
export function passedOver(on: Situation, after: SpecDocument): string[] {
  if (on.kind !== 'global') return []
  const asked = eligible(on, after)
  return on.slots.flatMap(({ hold, task }) =>
    task &&
    isOnPaused(on, hold.nodeId) &&
    asked.has(hold.nodeId ?? '') &&
    isReplaced(on, after, task)
      ? hold.key
      : [],
  )
}

/** Ids of the nodes on which a global service would run. */
export function eligible(on: Situation, after: SpecDocument): ReadonlySet<string> {
  const constraints = after.TaskTemplate.Placement?.Constraints ?? []
  const spec = { ...on.service.spec, constraints }
  const live = [...on.tasks.values()].filter(isLive)
  const holding = new Set(live.flatMap(({ nodeId }) => nodeId ?? []))
  return new Set(
    eligibleNodes({ ...on.service, spec }, on.nodes, holding).map(({ id }) => id),
  )
}

/** Whether tasks are replaced at all, by this change or by the update that it resumes. */
const rollsOut = (on: Situation, after: SpecDocument): boolean =>
  isPaused(on) || effectOnTasks(on.document, after) !== 'keeps'

/**
 * Whether this task makes room for another. While an update is paused, tasks of the spec
 * before run on: a rollback keeps them, and anything else that resumes replaces them.
 */
function isReplaced(on: Situation, after: SpecDocument, task: Task): boolean {
  const current = isCurrent(on, task)
  const own = current ? on.document : specOf(on, task)
  if (own === null) return true
  // A rollout on its way replaces what is not current yet, with this command or without.
  if (!current && !isPaused(on) && effectOnTasks(on.document, after) === 'keeps')
    return false
  switch (effectOnTasks(own, after)) {
    case 'keeps':
      return false
    case 'replaces':
      return true
    case 'replaces misplaced': {
      const node = on.nodes.byId.get(task.nodeId ?? '')
      return !node || !matchesAll(after.TaskTemplate.Placement?.Constraints ?? [], node)
    }
  }
}

/**
 * The spec of a task that is not current: the previous one, as far as the image tells. If
 * that asks the same of tasks as the current one, the task is of an older one still.
 */
export const specOf = (
  { previous, document }: Situation,
  task: Task,
): SpecDocument | null =>
  previous !== null &&
  imageOf(previous) === task.image &&
  effectOnTasks(previous, document) !== 'keeps'
    ? previous
    : null
