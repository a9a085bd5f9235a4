import { failureWindow, flapsFrom, recentFailures, slotOf } from './failures.ts'
import { unplacedAfter, type WhyMissing, whyMissing } from './missing.ts'
import type { NodeFacts } from './node-facts.ts'
import type { Hold, Occupancy } from './occupancy.ts'
import type { Millis, Service, Task, TaskMap } from './state.ts'
import { isServing, type Tally, tally } from './tally.ts'
import { isUpToDate } from './task-life.ts'

/** All that a verdict on a service is made of, gathered once. */
export type Evidence = {
  readonly service: Service
  readonly tasks: TaskMap
  readonly nodes: NodeFacts
  readonly now: Millis
  readonly tally: Tally
  /** How long a state must hold before it counts as stable, in milliseconds. */
  readonly monitor: Millis
  /** Failures of the last ten minutes, newest first; of any spec. */
  readonly failures: readonly Task[]
  /** Those of them that are the current spec's own. */
  readonly ownFailures: readonly Task[]
  /**
   * Slots that are short of a task, and why. Where tasks of the current spec keep failing,
   * one that has only just started is no more than the next attempt, and its slot counts as
   * short; one of another spec is none of these attempts, however young.
   */
  readonly shortfall: readonly Shortfall[]
  /** Instants at which some of this would read differently; some may be past. */
  readonly turns: readonly Millis[]
}

export type Shortfall = { readonly hold: Hold; readonly why: WhyMissing }

/** Whether the current spec fails again and again. */
export const isFlapping = ({ ownFailures }: Pick<Evidence, 'ownFailures'>): boolean =>
  ownFailures.length >= flapsFrom

/** An attempt that has run this long, in milliseconds, is no longer just an attempt. */
const attemptSettlesAfter = 30_000

export function evidence(
  service: Service,
  tasks: TaskMap,
  nodes: NodeFacts,
  now: Millis,
  occupied: Occupancy,
): Evidence {
  const failures = recentFailures(service, tasks, now)
  const ownFailures = failures.filter((task) => isUpToDate(task, service.image))
  const monitor = monitorOf(service)
  const count = tally(service, occupied, nodes)
  const settles = Math.max(monitor, attemptSettlesAfter)
  const attempts = isFlapping({ ownFailures })
    ? occupied.holds.filter(
        (hold) =>
          hold.expected &&
          !count.missing.includes(hold) &&
          isServedByCurrent(service, hold, nodes) &&
          servingSince(service, hold, nodes) + settles > now &&
          hold.status !== 'complete',
      )
    : []
  const failed = new Set(ownFailures.map((task) => slotOf(service, task)))
  const short = [...count.missing, ...attempts]
  return {
    service,
    tasks,
    nodes,
    now,
    tally: count,
    monitor,
    failures,
    ownFailures,
    shortfall: short.map((hold) => ({
      hold,
      why: whyMissing(
        hold,
        { service, nodes, now },
        failed.has(hold.number ?? hold.nodeId),
      ),
    })),
    turns: [
      ...failures.map((task) => task.updatedAt + failureWindow),
      ...attempts.map((hold) => servingSince(service, hold, nodes) + settles),
      ...count.missing.flatMap(({ tasks: [task] }) =>
        task?.state === 'pending' ? [task.since + unplacedAfter] : [],
      ),
      ...(nodes.settlingUntil === null ? [] : [nodes.settlingUntil]),
    ],
  }
}

/**
 * The monitor window of the update or rollback in progress, or of the last one, in
 * milliseconds.
 * @see moby/swarmkit manager/orchestrator/update/updater.go; docker/cli always takes the
 * update's, also while rolling back
 */
function monitorOf({ spec, update }: Service): Millis {
  const pace = update?.state.startsWith('rollback') ? spec.rollback : spec.update
  return pace.monitorNs / 1e6
}

/** Whether all that serves a slot is of the current spec. */
const isServedByCurrent = (service: Service, { tasks }: Hold, nodes: NodeFacts): boolean =>
  tasks.every((task) => !isServing(service, task, nodes) || isUpToDate(task, service.image))

/** When the task that serves a slot best last changed: the longest-serving one counts. */
const servingSince = (service: Service, { tasks }: Hold, nodes: NodeFacts): Millis =>
  Math.min(
    ...tasks
      .filter((task) => isServing(service, task, nodes))
      .map(({ updatedAt }) => updatedAt),
  )
