import type { ClusterState, Service, Task } from './state.ts'

const field = /\{\{\s*\.([A-Za-z]+(?:\.[A-Za-z]+)+)\s*\}\}/g

/**
 * The name of a volume on the node where a task has it: the engine there fills in what the
 * spec left open. What cannot be filled in here stays as written, and so does what differs
 * from task to task: such a volume is another one each time.
 * @see moby/swarmkit template/context.go: a task without a slot has its node's id for one
 */
export function volumeName(
  source: string,
  task: Pick<Task, 'slot' | 'nodeId'>,
  service: Pick<Service, 'id' | 'name'>,
  nodes: ClusterState['nodes'],
): string {
  if (!source.includes('{{')) return source
  const { slot, nodeId } = task
  return source.replace(field, (written, path: string) => {
    switch (path) {
      case 'Service.ID':
        return service.id
      case 'Service.Name':
        return service.name
      case 'Node.ID':
        return nodeId ?? written
      case 'Node.Hostname':
        return (nodeId === null ? undefined : nodes.get(nodeId)?.hostname) ?? written
      case 'Task.Slot':
        return slot ? String(slot) : (nodeId ?? written)
      default:
        return written
    }
  })
}
