import type { TaskRecord } from '@skep/shared/contract/task'
import { instant } from './instant.ts'
import { type NodeFacts, nodeFacts } from './node-facts.ts'
import type { ClusterState, Service, Task } from './state.ts'
import { isPerNode, newestFirst } from './task-life.ts'
import { taskView } from './task-view.ts'

/** Every task the swarm still remembers of a service: by slot, newest first in each. */
export function taskHistory(state: ClusterState, service: Service): TaskRecord[] {
  const nodes = nodeFacts(state.nodes)
  const tasks = [...(state.tasksByService.get(service.id)?.values() ?? [])]
  const records = tasks.sort(newestFirst).map((task) => record(task, service, nodes))
  return records.sort(
    (a, b) => (a.slot ?? 0) - (b.slot ?? 0) || (isPerNode(service.mode) ? byNode(a, b) : 0),
  )
}

const record = (task: Task, service: Service, nodes: NodeFacts): TaskRecord => ({
  ...taskView(task, service.name, nodes),
  image: task.image,
  createdAt: instant(task.createdAt),
  containerId: task.containerId,
})

function byNode(a: TaskRecord, b: TaskRecord): number {
  const [one, other] = [a.node ?? '', b.node ?? '']
  return one < other ? -1 : one > other ? 1 : 0
}
