import { matchesAll } from '../constraints.ts'
import { isCurrentRun } from '../occupancy.ts'
import { countOf } from '../placement/sites.ts'
import type { Generic, Node, Resources, Service, Task } from '../state.ts'
import { isLive, isOver, isUpToDate, rank } from '../task-life.ts'
import type { Situation } from './facts.ts'

/**
 * Why a task leaves: a drain stops it, its node is no longer one that it may run on, others
 * leave no room for it, it is not on the spec of today, or its node is struck off.
 */
export type Reason = 'drain' | 'constraints' | 'room' | 'outdated' | 'removal'
export type Leaving = { readonly task: Task; readonly reason: Reason }

/** Tasks of a service that is still there, on this node and meant to be. */
const present = ({ tasks, state }: Situation): readonly Task[] =>
  [...tasks.values()].filter((task) => isLive(task) && state.services.has(task.serviceId))

/** The tasks that a drain touches. Those of jobs are among them, though they stay. */
export const drained = (on: Situation): readonly Leaving[] =>
  present(on).map((task) => ({ task, reason: 'drain' }))

/** The tasks of a node that is struck off. */
export const orphaned = (on: Situation): readonly Leaving[] =>
  present(on).map((task) => ({ task, reason: 'removal' }))

/**
 * The tasks that the swarm throws off this node once it looks like `after`: those whose
 * service's constraints of today it does not meet, and those whose reservations do not fit
 * beside those before them, by id. Tasks of global services that wait for room here count as
 * if they ran: one of them may push a running task out. So may the tasks of jobs that are
 * complete, and those are thrown off like any other: the job runs again for them. Only an
 * active node is looked at. Any change of it, of a label too, has the tasks of global services
 * there that are not on the spec of today made anew at once: it is no rolling update, and
 * heeds neither its pace nor that it is paused.
 * @see moby/moby#52652
 * @see moby/swarmkit manager/orchestrator/constraintenforcer/constraint_enforcer.go;
 * manager/orchestrator/global/global.go, reconcileOneNode
 */
export function evicted(on: Situation, after: Node): readonly Leaving[] {
  if (after.availability !== 'active') return []
  const free = {
    nanoCpus: after.resources.nanoCpus,
    memoryBytes: after.resources.memoryBytes,
    generic: { ...after.generic },
  }
  const inOrder = [...on.tasks.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return inOrder.flatMap((task): readonly Leaving[] => {
    if (rank(task.desired) > rank('complete')) return []
    const isDone = task.state === 'complete'
    if (isOver(task) && !isDone) return []
    const service = on.state.services.get(task.serviceId)
    // Of an earlier run nobody asks any more; what it reserved counts all the same.
    if (!service || (isDone && !isCurrentRun(service, task))) {
      takes(free, task)
      return []
    }
    if (!matchesAll(service.spec.constraints, after))
      return [{ task, reason: 'constraints' }]
    if (!takes(free, task)) return [{ task, reason: 'room' }]
    return isOutdated(service, task) ? [{ task, reason: 'outdated' }] : []
  })
}

/** @see moby/swarmkit manager/orchestrator/task.go, IsTaskDirty: what the engine is asked */
const isOutdated = ({ mode, image }: Service, task: Task): boolean =>
  mode.kind === 'global' && isLive(task) && !isUpToDate(task, image)

type Free = { nanoCpus: number; memoryBytes: number; generic: Record<string, number> }

/** Takes a task's reservations out of what is free, or says that they do not fit. */
function takes(
  free: Free,
  { reserved, generic }: { reserved: Resources; generic: Generic },
): boolean {
  const { nanoCpus, memoryBytes } = reserved
  const kinds = Object.entries(generic)
  const fits =
    nanoCpus <= free.nanoCpus &&
    memoryBytes <= free.memoryBytes &&
    kinds.every(([kind, need]) => need <= countOf(free.generic, kind))
  if (!fits) return false
  free.nanoCpus -= nanoCpus
  free.memoryBytes -= memoryBytes
  for (const [kind, need] of kinds) free.generic[kind] = countOf(free.generic, kind) - need
  return true
}
