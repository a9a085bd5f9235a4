import type { TaskChange } from '../docker/watch-message.ts'
import type { ClusterState, Service, Task } from '../domain/state.ts'

/**
 * Knows a task that was made of the very same version of its service's spec as another: what
 * one of them was made with, the other was.
 * @see moby/swarmkit manager/orchestrator/task.go, NewTask
 */
export type Siblings = {
  /**
   * A held sibling of the task that was told of, if one is known. None that is held to be out
   * of date: the two answers that tell are moments apart, and a task that was made in between
   * is mistaken for such a one.
   */
  of(change: TaskChange, held: ClusterState): Task | undefined
  /** What was told may be the sibling of what is told later. */
  note(change: TaskChange): void
  /** Forgets those of other services. */
  retain(services: ReadonlyMap<string, Service>): void
}

/** What the swarm wants of tasks that are to run; of those of jobs, that they complete. */
const wanted: ReadonlySet<string> = new Set(['ready', 'running', 'complete'])

/** Of each service the task that was told of last among those that the swarm wants to run. */
export function createSiblings(): Siblings {
  const latest = new Map<string, { readonly id: string; readonly specVersion: number }>()
  return {
    of: ({ serviceId, making }, { tasksByService }) => {
      if (serviceId === null || !making) return undefined
      const known = latest.get(serviceId)
      if (known?.specVersion !== making.specVersion) return undefined
      const sibling = tasksByService.get(serviceId)?.get(known.id)
      return sibling?.upToDate === false ? undefined : sibling
    },
    note: ({ id, serviceId, action, course, making }) => {
      if (serviceId === null || !course || !making || action === 'remove') return
      if (!wanted.has(course.DesiredState)) return
      latest.set(serviceId, { id, specVersion: making.specVersion })
    },
    retain: (services) => {
      for (const id of latest.keys()) if (!services.has(id)) latest.delete(id)
    },
  }
}
