import type { AffectedTask } from '@skep/shared/contract/node-preview'
import type { Check } from '@skep/shared/contract/preview'
import { warn } from '../commands/check.ts'
import { isCurrentRun } from '../occupancy.ts'
import type { Service } from '../state.ts'
import { isLive, rank } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { counted } from '../words.ts'
import type { Situation } from './facts.ts'
import { services } from './risks.ts'

/**
 * Whether another task of a job's run is still to end on another node. Each end, a good one
 * too, makes the swarm look at the whole job anew, and it stops what it then finds of it on a
 * node that is drained.
 * @see moby/swarmkit manager/orchestrator/jobs/orchestrator.go, handleEvent;
 * manager/orchestrator/jobs/global/reconciler.go, ReconcileService: "shut down any tasks on
 * invalid nodes"
 */
export const mayEndElsewhere = (on: Situation, service: Service): boolean =>
  [...tasksOfService(on.state, service.id).values()].some(
    (task) => isLive(task) && task.nodeId !== on.node.id && isCurrentRun(service, task),
  )

/** Whether this node has, or had, a task of the job's run that the swarm counts. */
export const hasTaskOfRun = ({ tasks }: Situation, service: Service): boolean =>
  [...tasks.values()].some(
    (task) =>
      task.serviceId === service.id &&
      rank(task.desired) <= rank('complete') &&
      isCurrentRun(service, task),
  )

/** Whether a drain spares a task of this service for a while only. */
export const isSparedForNow = (on: Situation, service: Service): boolean =>
  service.mode.kind === 'global-job' && mayEndElsewhere(on, service)

/** What a drain does to global jobs after all. */
export function stoppedLater(on: Situation, tasks: readonly AffectedTask[]): Check[] {
  const jobs = new Set(
    [...on.state.services.values()].flatMap((service) =>
      isSparedForNow(on, service) ? service.name : [],
    ),
  )
  const spared = tasks.filter(({ service }) => jobs.has(service))
  if (spared.length === 0) return []
  const sentence = `${counted(spared.length, 'task of a global job runs', 'tasks of global jobs run')} on for now: when another task of the same job ends, the swarm stops what it has on a drained node, before its end.`
  return [
    warn('job-stopped-later', sentence, services(spared.map(({ service }) => service))),
  ]
}
