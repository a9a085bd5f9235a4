import type { Service } from '../store/objects.ts'
import type { TaskState } from '../store/states.ts'
import type { World } from '../world.ts'
import { isJob } from './modes.ts'

/** What tasks of a service are meant to reach in the end. */
export function desiredStateOf(service: Service): TaskState {
  return isJob(service) ? 'complete' : 'running'
}

export function desire(world: World, taskId: string, state: TaskState): void {
  world.store.update('task', taskId, (task) =>
    task.DesiredState === state ? task : { ...task, DesiredState: state },
  )
}

/** @see moby/swarmkit manager/orchestrator/service.go SetServiceTasksRemove */
export function removeTasksOf(world: World, serviceId: string): void {
  const { store } = world
  store.commit(() => {
    for (const { ID } of store.tasks.by('service', serviceId)) desire(world, ID, 'remove')
  })
}
