import type { Check } from '@skep/shared/contract/preview'
import { dataChange, liveTasks } from './data-change.ts'
import { foundChecks } from './data-found.ts'
import { leftOutChecks } from './data-left-out.ts'
import { lostChecks } from './data-lost.ts'
import { sharedChecks } from './data-shared.ts'
import type { Plan } from './plan.ts'
import type { Situation } from './situation.ts'

/**
 * What a command on a service means for what its tasks keep: a new task goes to any node
 * that takes it, wherever the data of the one before is.
 * @see moby/swarmkit manager/scheduler/scheduler.go, scheduleNTasksOnNodes, which knows
 * nothing of local volumes
 */
export function dataChecks(on: Situation, plan: Plan): Check[] {
  const { after, write, consequence } = plan
  if (write === null) return []
  const isRollback = write.kind === 'update' && write.rollback
  const change = after && dataChange(on, after, consequence, isRollback)
  // Which tasks of several stop is the swarm's choice.
  const mayEnd = consequence.stops > 0 || change === null ? liveTasks(on) : change.leaving
  const specs = new Set(mayEnd.flatMap(({ spec }) => spec ?? []))
  const ending = Math.min(consequence.restarts + consequence.stops, mayEnd.length)
  // A job begins with nothing, run by run.
  const lost = on.kind.endsWith('job') ? [] : lostChecks(on, [...specs], ending)
  if (change === null) return lost
  return [
    ...lost,
    ...leftOutChecks(change),
    ...foundChecks(change),
    ...sharedChecks(change),
  ]
}

/** Ids of the warnings that tell of data which is lost, or not found again. */
const graveIds: ReadonlySet<string> = new Set([
  'data-lost',
  'data-left-out',
  'starts-empty',
  'may-start-empty',
  'other-copy',
])

/** Whether data may be lost: then the name must be typed. */
export const endangersData = (checks: readonly Check[]): boolean =>
  checks.some(({ id, level }) => level === 'warn' && graveIds.has(id))
