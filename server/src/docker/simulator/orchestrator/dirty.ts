import { isDeepStrictEqual } from 'node:util'
import { suits } from '../scheduler/constraints.ts'
import type { Node, Service, Task } from '../store/objects.ts'
import type { TaskSpec } from '../store/specs.ts'
import { taskSpecOf } from './new-task.ts'

const compared = new WeakMap<object, WeakMap<object, boolean>>()

/**
 * Whether a task is not of its service's current spec.
 * @see moby/swarmkit manager/orchestrator/task.go IsTaskDirty
 */
export function isTaskDirty(service: Service, task: Task, node: Node | undefined): boolean {
  if (task.hidden.specVersion === service.hidden.specVersion) return false
  const spec = taskSpecOf(service.Spec.TaskTemplate)
  if (onlyConstraintsDiffer(spec, task.Spec) && node && suits(spec, node)) return false
  const { endpoint } = task.hidden
  return (
    !areEqual(spec, task.Spec) ||
    (endpoint !== null && !areEqual(service.Spec.EndpointSpec ?? {}, endpoint))
  )
}

function onlyConstraintsDiffer(service: TaskSpec, task: TaskSpec): boolean {
  if (service === task || areEqual(service.Placement ?? {}, task.Placement ?? {})) {
    return false
  }
  const { Placement: _, ...ofService } = service
  const { Placement: __, ...ofTask } = task
  return isDeepStrictEqual(ofService, ofTask)
}

/** Specs are never changed in place, so each pair is compared once. */
function areEqual(one: object, other: object): boolean {
  if (one === other) return true
  const known = compared.get(one)?.get(other)
  if (known !== undefined) return known
  const equal = isDeepStrictEqual(one, other)
  const answers = compared.get(one) ?? new WeakMap<object, boolean>()
  compared.set(one, answers.set(other, equal))
  return equal
}
