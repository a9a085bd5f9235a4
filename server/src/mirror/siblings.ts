import type { TaskChange } from '../docker/watch-message.ts'
import type { ClusterState, Service, Task } from '../domain/state.ts'

/**
 * Tasks that were made of the very same version of their service's spec: what one of them was
 * made with, all were.
 * @see moby/swarmkit manager/orchestrator/task.go, NewTask
 */
export type Siblings = {
  /** A held sibling of the task that was told of, if one is known. */
  of(change: TaskChange, held: ClusterState): Task | undefined
  /** What was told may be the sibling of what is told later. */
  note(change: TaskChange): void
  /** Forgets those of other services. */
  retain(services: ReadonlyMap<string, Service>): void
}

/** Of each service the task that was told of last among those that the swarm wants to run. */
export function createSiblings(): Siblings {
  const latest = new Map<string, { readonly id: string; readonly specVersion: number }>()
  return {
    of: ({ serviceId, making }, { tasksByService }) => {
      if (serviceId === null || !making) return undefined
      const known = latest.get(serviceId)
      if (known?.specVersion !== making.specVersion) return undefined
      return tasksByService.get(serviceId)?.get(known.id)
    },
    note: ({ id, serviceId, action, course, making }) => {
      if (serviceId === null || !course || !making || action === 'remove') return
      if (course.DesiredState !== 'running' && course.DesiredState !== 'ready') return
      latest.set(serviceId, { id, specVersion: making.specVersion })
    },
    retain: (services) => {
      for (const id of latest.keys()) if (!services.has(id)) latest.delete(id)
    },
  }
}
