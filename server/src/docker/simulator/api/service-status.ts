import { modeOf } from '../orchestrator/modes.ts'
import type { Service } from '../store/objects.ts'
import type { Store } from '../store/store.ts'

export type ServiceStatus = {
  RunningTasks: number
  DesiredTasks: number
  CompletedTasks: number
}

/**
 * Counts tasks by their observed state alone, wherever and of whatever spec they are.
 * @see moby/swarmkit manager/controlapi/service.go ListServiceStatuses
 */
export function serviceStatus(store: Store, service: Service): ServiceStatus {
  const mode = modeOf(service.Spec)
  const iteration = service.JobStatus?.JobIteration.Index
  const status = { RunningTasks: 0, DesiredTasks: 0, CompletedTasks: 0 }
  if (mode === 'replicated') {
    status.DesiredTasks = service.Spec.Mode.Replicated?.Replicas ?? 1
  } else if (mode === 'replicated-job') {
    status.DesiredTasks = service.Spec.Mode.ReplicatedJob?.MaxConcurrent ?? 1
  }
  for (const { Status, DesiredState, JobIteration } of store.tasks.by(
    'service',
    service.ID,
  )) {
    if (iteration !== undefined && JobIteration?.Index !== iteration) continue
    if (Status.State === 'running') status.RunningTasks++
    if (iteration !== undefined && Status.State === 'complete') status.CompletedTasks++
    if (mode === 'global' && DesiredState === 'running') status.DesiredTasks++
    if (
      mode === 'global-job' &&
      DesiredState === 'complete' &&
      Status.State !== 'complete'
    ) {
      status.DesiredTasks++
    }
  }
  return status
}
