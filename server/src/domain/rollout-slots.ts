import type { SlotPhase } from '@skep/shared/contract/rollout'
import { isFailure, slotOf } from './failures.ts'
import type { NodeFacts } from './node-facts.ts'
import { type Hold, isCurrentRun, type Occupancy } from './occupancy.ts'
import type { Millis, Service, Task, TaskMap } from './state.ts'
import { isServing } from './tally.ts'
import { isJob, isLive, isOver, isUpToDate, newestFirst } from './task-life.ts'

/** A slot that the service asks for, and how far it is on the way to the current spec. */
export type RolloutSlot = {
  readonly hold: Hold
  readonly phase: SlotPhase
  /** The task on the current spec that the slot has now, or the last one it had. */
  readonly fresh: Task | null
  /**
   * When the swarm's work on the slot was done, by the managers' clock: that task began to
   * run, or in a job it ended. Null where neither is so.
   */
  readonly doneAt: Millis | null
  /** Tasks made under this rollout that ended badly and are still remembered, newest first. */
  readonly failures: readonly Task[]
  /** Whether the rollout had, or has, to work on it. */
  readonly dirty: boolean
  /** The first task that was made for it under this rollout, as far as is remembered. */
  readonly first: Task | null
}

/**
 * The slots of a service on their way to its current spec, which for a rollback is the one
 * that was brought back. Slots on their way out have no part in it.
 *
 * A slot is updated when its task on the current spec has run for the monitor window: until
 * then its failure would count. Where an older task still runs beside it and is wanted, the
 * swarm has not let go of the slot.
 * @param startedAt tasks made since then are this rollout's own
 * @param monitor in milliseconds
 * @see moby/swarmkit manager/orchestrator/update/updater.go, worker and updateTask
 */
export function rolloutSlots(
  service: Service,
  tasks: TaskMap,
  nodes: NodeFacts,
  { holds }: Occupancy,
  { startedAt, monitor, now }: { startedAt: Millis; monitor: Millis; now: Millis },
): RolloutSlot[] {
  const made = madeSince(service, tasks, startedAt)
  return holds.flatMap((hold) => {
    if (!hold.expected) return []
    const mine = made.get(hold.number ?? hold.nodeId) ?? []
    const held = heldBy(service, hold, nodes)
    const fresh = held.live ?? held.ended ?? mine[0] ?? null
    const { doneAt } = held
    const phase = isJob(service.mode)
      ? jobPhase(held)
      : phaseOf(held, mine.length > 0, doneAt !== null && now < doneAt + monitor)
    return [
      {
        hold,
        phase,
        fresh,
        doneAt,
        failures: mine.filter((task) => isFailure(service, task)),
        dirty: phase === 'to-update' || phase === 'in-flight' || mine.length > 0,
        first: mine.at(-1) ?? null,
      },
    ]
  })
}

type Held = {
  /** The wanted task on the current spec: the one that runs, if one does. */
  readonly live: Task | null
  readonly ended: Task | null
  readonly doneAt: Millis | null
  /** Whether a task on an older spec is still wanted. */
  readonly old: boolean
}

function heldBy(service: Service, { tasks, status }: Hold, nodes: NodeFacts): Held {
  const current = tasks.filter((task) => isFresh(service, task))
  const serving = current.find((task) => isServing(service, task, nodes))
  const live = serving ?? current.find(isLive) ?? null
  const old = tasks.some((task) => isLive(task) && !isFresh(service, task))
  const ended = live ? null : (current.find(isOver) ?? null)
  const complete = status === 'complete' ? ended : null
  const done = isJob(service.mode) ? complete : serving
  return { live, ended, old, doneAt: done?.updatedAt ?? null }
}

function phaseOf({ live, doneAt, old }: Held, tried: boolean, watched: boolean): SlotPhase {
  if (doneAt !== null && !old) return watched ? 'verifying' : 'updated'
  return live || tried ? 'in-flight' : 'to-update'
}

/** There is nothing to verify in a job: a slot is done when its task ran to the end. */
function jobPhase({ live, doneAt }: Held): SlotPhase {
  if (doneAt !== null) return 'updated'
  return live ? 'in-flight' : 'to-update'
}

/** Whether a task is of the spec that is being rolled out, and of a job's current run. */
export const isFresh = (service: Service, task: Task): boolean =>
  isCurrentRun(service, task) && (isJob(service.mode) || isUpToDate(task, service.image))

/** Tasks on the current spec that were made since then, by slot, newest first. */
function madeSince(
  service: Service,
  tasks: TaskMap,
  startedAt: Millis,
): ReadonlyMap<string | number | null, readonly Task[]> {
  const made = new Map<string | number | null, Task[]>()
  for (const task of tasks.values()) {
    if (task.createdAt < startedAt || !isFresh(service, task)) continue
    const slot = slotOf(service, task)
    const known = made.get(slot)
    if (known) known.push(task)
    else made.set(slot, [task])
  }
  for (const list of made.values()) list.sort(newestFirst)
  return made
}

/**
 * Tasks of each slot that ended badly, as far as the swarm remembers them; of a job, those
 * of its current run.
 */
export function restartsBySlot(
  service: Service,
  tasks: TaskMap,
): ReadonlyMap<string | number | null, number> {
  const counts = new Map<string | number | null, number>()
  for (const task of tasks.values()) {
    if (!isCurrentRun(service, task) || !isFailure(service, task)) continue
    const slot = slotOf(service, task)
    counts.set(slot, (counts.get(slot) ?? 0) + 1)
  }
  return counts
}
