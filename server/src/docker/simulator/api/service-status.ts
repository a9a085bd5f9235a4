import { isOfLastRun, modeOf } from '../orchestrator/modes.ts'
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
  const status = { RunningTasks: 0, DesiredTasks: 0, CompletedTasks: 0 }
  if (mode === 'replicated') {
    status.DesiredTasks = service.Spec.Mode.Replicated?.Replicas ?? 1
  } else if (mode === 'replicated-job') {
    status.DesiredTasks = service.Spec.Mode.ReplicatedJob?.MaxConcurrent ?? 1
  }
  for (const task of store.tasks.by('service', service.ID)) {
    if (!isOfLastRun(task, service)) continue
    const { Status, DesiredState } = task
    if (Status.State === 'running') status.RunningTasks++
    if (service.JobStatus && Status.State === 'complete') status.CompletedTasks++
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
