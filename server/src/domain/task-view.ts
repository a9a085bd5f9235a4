import type { Task as TaskView } from '@skep/shared/contract/task'
import { instant } from './instant.ts'
import { type NodeFacts, nodeName } from './node-facts.ts'
import type { Task } from './state.ts'
import { isTaskLost } from './task-life.ts'

/**
 * One task as screens show it.
 * @param service name of its service
 */
export const taskView = (task: Task, service: string, nodes: NodeFacts): TaskView => ({
  id: task.id,
  service,
  slot: task.slot,
  node: task.nodeId === null ? null : nodeName(nodes, task.nodeId),
  state: task.state,
  desired: task.desired,
  since: instant(task.since),
  message: task.message,
  error: task.error,
  exitCode: task.exitCode,
  upToDate: task.upToDate,
  nodeLost: isTaskLost(task, nodes),
})
