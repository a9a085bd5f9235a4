import type { TaskState } from '@skep/shared/contract/task-state'
import type { ClusterState, Service, Task } from '../domain/state.ts'

/** A service that has not changed for this long is at rest, however unsettled it is. */
const restsAfter = 30_000

const settled: ReadonlySet<TaskState> = new Set([
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'orphaned',
])
const ended: ReadonlySet<TaskState> = new Set(['shutdown', 'remove'])

/**
 * Services whose tasks are about to change: an unfinished update, or a task that is not
 * yet, or no longer, where the swarm wants it. A task that waits for a node for ever would
 * be in motion for ever, so only services that changed lately count.
 * @param changedAt when each service was last seen to change, by service id
 */
export function inMotion(
  state: ClusterState,
  changedAt: ReadonlyMap<string, number>,
  now: number,
): Set<string> {
  const moving = new Set<string>()
  for (const [id, at] of changedAt) {
    if (now - at > restsAfter) continue
    const service = state.services.get(id)
    if (service && (updating(service) || unsettled(state, id))) moving.add(id)
  }
  return moving
}

const updating = ({ update }: Service) =>
  update?.state === 'updating' || update?.state === 'rollback_started'

function unsettled(state: ClusterState, serviceId: string): boolean {
  for (const task of state.tasksByService.get(serviceId)?.values() ?? []) {
    if (isUnsettled(task)) return true
  }
  return false
}

const isUnsettled = ({ state, desired }: Task) =>
  !settled.has(state) || (ended.has(desired) && state === 'running')
