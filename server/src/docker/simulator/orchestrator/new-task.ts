import type { Service, Task } from '../store/objects.ts'
import type { TaskSpec } from '../store/specs.ts'
import type { TaskState } from '../store/states.ts'
import type { World } from '../world.ts'
import { desiredStateOf } from './desired.ts'

export type Place = { slot: number } | { node: string }

const shown = new WeakMap<TaskSpec, TaskSpec>()

/** A service's task template as its tasks show it: the runtime is only said in services. */
export function taskSpecOf(template: TaskSpec): TaskSpec {
  const known = shown.get(template)
  if (known) return known
  const { Runtime: _, ...spec } = template
  shown.set(template, spec)
  return spec
}

/**
 * Creates a task of the service's current spec.
 * @param desired for tasks that wait for an old one, `ready`
 * @see moby/swarmkit manager/orchestrator/task.go NewTask
 */
export function createTask(
  { store, random, clock }: World,
  service: Service,
  place: Place,
  desired: TaskState = desiredStateOf(service),
): Task {
  return store.create('task', {
    ID: random.id(),
    Labels: {},
    Spec: taskSpecOf(service.Spec.TaskTemplate),
    ServiceID: service.ID,
    ...('slot' in place ? { Slot: place.slot } : { NodeID: place.node }),
    Status: {
      Timestamp: store.stamp(),
      State: 'new',
      Message: 'created',
      PortStatus: {},
    },
    DesiredState: desired,
    ...(service.JobStatus && { JobIteration: service.JobStatus.JobIteration }),
    Volumes: null,
    hidden: {
      serviceName: service.Spec.Name,
      serviceLabels: service.Spec.Labels,
      specVersion: service.hidden.specVersion,
      endpoint: service.Spec.EndpointSpec ?? null,
      since: clock.now,
      createdAt: clock.now,
    },
  })
}
