import type { Node, Service, Task } from '../store/objects.ts'
import type { ServiceSpec } from '../store/specs.ts'

export type ModeName = 'replicated' | 'global' | 'replicated-job' | 'global-job'

export function modeOf({ Mode }: ServiceSpec): ModeName {
  if (Mode.Global) return 'global'
  if (Mode.ReplicatedJob) return 'replicated-job'
  return Mode.GlobalJob ? 'global-job' : 'replicated'
}

export function isJob(service: Service): boolean {
  const mode = modeOf(service.Spec)
  return mode === 'replicated-job' || mode === 'global-job'
}

/** Of a job that ran several times; of what is no job, any task is. */
export function isOfLastRun({ JobIteration }: Task, { JobStatus }: Service): boolean {
  return !JobStatus || JobIteration?.Index === JobStatus.JobIteration.Index
}

/**
 * Whether tasks cannot stay on a node; undefined is a node that is gone.
 * @see moby/swarmkit manager/orchestrator/task.go InvalidNode
 */
export function isInvalid(node: Node | undefined): boolean {
  return !node || node.Status.State === 'down' || node.Spec.Availability === 'drain'
}
