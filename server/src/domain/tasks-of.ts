import type { ClusterState, TaskMap } from './state.ts'

// One map for all that have none: what is remembered by identity stays remembered.
const none: TaskMap = new Map()

/** Every task of a service that the swarm remembers. */
export const tasksOfService = (
  { tasksByService }: Pick<ClusterState, 'tasksByService'>,
  serviceId: string,
): TaskMap => tasksByService.get(serviceId) ?? none

/** Every task that was given to a node, whatever became of it. */
export const tasksOfNode = (
  { tasksByNode }: Pick<ClusterState, 'tasksByNode'>,
  nodeId: string,
): TaskMap => tasksByNode.get(nodeId) ?? none
