import { suits } from '../scheduler/constraints.ts'
import { fits, reservationsOf, take } from '../scheduler/resources.ts'
import type { Node, Task } from '../store/objects.ts'
import { compareStates } from '../store/states.ts'
import type { World } from '../world.ts'

/**
 * Evicts the tasks that an active node no longer suits: its labels or its size changed. Also
 * tasks of jobs that are complete: only engines after moby/swarmkit#3237 (2026) spare them.
 * @see moby/swarmkit manager/orchestrator/constraintenforcer/constraint_enforcer.go
 */
export function enforceConstraints(world: World): void {
  world.store.listen({
    change: ({ kind, action, object, old }) => {
      if (kind !== 'node' || action === 'remove') return
      // Nothing else that changes in a node can put a task in the wrong place.
      if (old && 'Description' in old && !concernsPlacement(old, object)) return
      if (object.Spec.Availability === 'active') evict(world, object)
    },
  })
}

function concernsPlacement(old: Node, node: Node): boolean {
  return (
    old.Spec !== node.Spec ||
    old.Description !== node.Description ||
    old.hidden.observedRole !== node.hidden.observedRole ||
    old.Status.State !== node.Status.State
  )
}

function evict(world: World, node: Node): void {
  const { store, clock } = world
  let free = node.Description.Resources
  const misplaced: Task[] = []
  for (const task of store.tasks.by('node', node.ID)) {
    const { DesiredState } = task
    if (compareStates(DesiredState, 'assigned') < 0) continue
    if (compareStates(DesiredState, 'complete') > 0) continue
    const service = store.services.get(task.ServiceID)
    const template = service?.Spec.TaskTemplate ?? task.Spec
    const reserved = reservationsOf(task.Spec)
    if (!suits(template, node) || !fits(reserved, free)) misplaced.push(task)
    else free = take(free, reserved)
  }
  if (misplaced.length === 0) return
  store.commit(() => {
    for (const { ID } of misplaced) {
      store.update('task', ID, (task) => ({
        ...task,
        Status: {
          ...task.Status,
          Timestamp: store.stamp(),
          State: 'rejected',
          Message: 'task rejected by constraint enforcer',
          Err: 'assigned node no longer meets constraints',
        },
        hidden: { ...task.hidden, since: clock.now },
      }))
    }
  })
}
