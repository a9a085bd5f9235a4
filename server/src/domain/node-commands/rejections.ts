import { isFailure } from '../failures.ts'
import type { Service, Task, TaskMap } from '../state.ts'
import { hadContainer } from '../statefulness/last-home.ts'
import { isUpToDate, newestFirst } from '../task-life.ts'

/** Of a node that turned a task away before it started: what it said, null for nothing. */
export type Rejections = ReadonlyMap<string, string | null>

/**
 * The nodes that rejected the spec of today, by id: the newest of its tasks that came to an
 * answer there got no container, for want of its image, of a path, or of anything else that
 * the scheduler does not ask for. One that a change of the node's labels threw out says nothing
 * of that.
 * @param slot that alone; undefined: any
 * @see moby/swarmkit agent/exec/controller.go, Do: an error before `starting` is a rejection
 */
export function rejections(
  service: Service,
  tasks: TaskMap,
  slot: number | null | undefined,
): Rejections {
  const newest = new Map<string, Task>()
  for (const task of tasks.values()) {
    const { nodeId } = task
    if (nodeId === null || (slot !== undefined && task.slot !== slot)) continue
    if (!isUpToDate(task, service.image)) continue
    if (!cameThrough(task) && !wasRejected(service, task)) continue
    const held = newest.get(nodeId)
    if (!held || newestFirst(task, held) < 0) newest.set(nodeId, task)
  }
  return new Map(
    [...newest].flatMap(([nodeId, task]) =>
      cameThrough(task) ? [] : [[nodeId, task.error] as const],
    ),
  )
}

const wasRejected = (service: Service, task: Task): boolean =>
  task.state === 'rejected' && isFailure(service, task)

const cameThrough = (task: Task): boolean => task.state === 'running' || hadContainer(task)
