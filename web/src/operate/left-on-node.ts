import type { Node } from '@skep/shared/contract/node'
import type { Service } from '@skep/shared/contract/service'
import { type TaskState, taskStates } from '@skep/shared/contract/task-state'

/** What one service still has on a node. */
export type LeftOver = {
  service: string
  tasks: number
  /** A job's tasks run on until they are complete: a drain does not stop them. */
  isJob: boolean
}

export type LeftOvers = {
  byService: LeftOver[]
  /** Tasks that hold the node but no slot any more: they are stopping. */
  stopping: number
}

/** What still holds a node, by service, the most first. Pure. */
export function leftOn(node: Pick<Node, 'name' | 'tasks'>, services: Service[]): LeftOvers {
  const byService = services
    .map(({ name, mode, slots }) => ({
      service: name,
      tasks: slots
        .flatMap(({ tasks }) => tasks)
        .filter((task) => task.node === node.name && isLive(task.state)).length,
      isJob: mode === 'replicated-job' || mode === 'global-job',
    }))
    .filter(({ tasks }) => tasks > 0)
    .sort((a, b) => b.tasks - a.tasks || (a.service < b.service ? -1 : 1))
  const counted = byService.reduce((sum, { tasks }) => sum + tasks, 0)
  return { byService, stopping: Math.max(0, node.tasks.live - counted) }
}

const isLive = (state: TaskState): boolean =>
  taskStates.indexOf(state) < taskStates.indexOf('complete')
