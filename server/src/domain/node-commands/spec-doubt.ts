import type { AffectedTask } from '@skep/shared/contract/node-preview'
import type { Service, Task } from '../state.ts'
import { isJob, isRunning, isUpToDate } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { isUpdatePaused } from '../update-status.ts'
import type { Situation } from './facts.ts'

type Doubt = Pick<AffectedTask, 'outcome' | 'why'>

/**
 * What stands against it that the replacements of these tasks run at all: they are made from
 * their service's spec of today. Null where nothing does: the tasks were made from it too, or
 * some task proves that it runs.
 */
export function specDoubt(
  on: Pick<Situation, 'state' | 'nodes' | 'now'>,
  service: Service,
  leaving: readonly Task[],
): Doubt | null {
  const isPaused = isUpdatePaused(service)
  const areOfIt = leaving.every((task) => isUpToDate(task, service.image))
  // A job that was changed is another run, which its tasks are made for anew.
  if (!isPaused && (areOfIt || isJob(service.mode))) return null
  const ofIt = [...tasksOfService(on.state, service.id).values()].filter((task) =>
    isUpToDate(task, service.image),
  )
  if (ofIt.some((task) => proves(on, service, task))) return null
  if (isPaused) {
    const why = 'The update is paused: its replacement is made from the spec that failed.'
    return { outcome: 'fails', why }
  }
  const hasFailed = ofIt.some(({ state }) => ends.has(state))
  return hasFailed
    ? {
        outcome: 'fails',
        why: 'Its replacement is made from a new spec: a task of it failed, and none has held since.',
      }
    : {
        outcome: 'may-wait',
        why: 'Its replacement is made from a spec that has not run yet, or not for long: whether it runs is not known.',
      }
}

/** Ids of the tasks of the spec of today that have not held yet. */
export const attempts = (
  on: Pick<Situation, 'state' | 'nodes' | 'now'>,
  service: Service,
): ReadonlySet<string> =>
  new Set(
    [...tasksOfService(on.state, service.id).values()]
      .filter((task) => isUpToDate(task, service.image) && !proves(on, service, task))
      .map(({ id }) => id),
  )

/** One in a crash loop runs for a moment too, so it must have held for the monitor window. */
const proves = (
  { nodes, now }: Pick<Situation, 'nodes' | 'now'>,
  { spec }: Service,
  task: Task,
): boolean => isRunning(task, nodes) && now - task.since >= spec.update.monitorNs / 1e6

/** How a task ends that nobody stopped. */
const ends: ReadonlySet<Task['state']> = new Set(['complete', 'failed', 'rejected'])
