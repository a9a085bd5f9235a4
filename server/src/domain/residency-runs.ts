import type { Stay } from './residency.ts'
import type { ClusterState, Millis, Service, Task, TaskMap } from './state.ts'
import { isNodeLocal } from './statefulness/storage.ts'
import { volumeName } from './volume-name.ts'

/** A time in which one task had one volume on one node. */
export type Run = {
  readonly volume: string
  readonly nodeId: string
  /** When it began to run; of a task that had ended before it was seen, when it was made. */
  readonly from: Millis
  /** Null: it runs, or nobody can say that it stopped. */
  readonly to: Millis | null
  /** Whether tasks on several nodes have a volume of that name at the same time. */
  readonly shared: boolean
}

/**
 * What the tasks of a service tell of its node-local volumes, oldest first.
 * @param held what is known already: of a volume that the spec names no more, it alone tells
 * that it was node-local
 */
export function runsOf(
  service: Service,
  tasks: TaskMap,
  nodes: ClusterState['nodes'],
  held: readonly Stay[],
): Run[] {
  const locals = new Set(
    service.spec.mounts.flatMap((mount) =>
      mount.type === 'volume' && mount.source !== null && isNodeLocal(mount) === true
        ? [mount.source]
        : [],
    ),
  )
  const named = new Set(
    service.spec.mounts.flatMap(({ type, source }) => (type === 'volume' ? source : [])),
  )
  if (locals.size === 0 && held.length === 0) return []
  const runs: Run[] = []
  for (const task of tasks.values()) {
    const { nodeId } = task
    if (nodeId === null || task.volumes.length === 0 || !hasRun(task)) continue
    for (const source of new Set(task.volumes)) {
      const volume = volumeName(source, task, service, nodes)
      const isLocal = named.has(source)
        ? locals.has(source)
        : held.some((stay) => stay.volume === volume)
      const shared = isShared(service, volume !== source)
      if (isLocal) runs.push({ volume, nodeId, shared, ...timesOf(task, nodes) })
    }
  }
  return runs.sort((a, b) => a.from - b.from || endOf(a) - endOf(b))
}

/** @param perTask whether each task has a volume of its own name */
function isShared({ mode }: Service, perTask: boolean): boolean {
  switch (mode.kind) {
    case 'replicated':
      return mode.replicas > 1 && !perTask
    case 'global':
    case 'replicated-job':
    case 'global-job':
      return true
  }
}

const endOf = ({ to }: Pick<Run, 'to'>) => to ?? Number.POSITIVE_INFINITY

/**
 * Whether its container was started: until then nothing is written. A task that fails had
 * come that far, one that is rejected had not; one that was called off may have.
 * @see moby/swarmkit agent/exec/controller.go, Do
 */
function hasRun({ state, containerId }: Task): boolean {
  switch (state) {
    case 'running':
    case 'complete':
    case 'failed':
      return true
    case 'shutdown':
    case 'orphaned':
    case 'remove':
      return containerId !== null
    default:
      return false
  }
}

/**
 * A task whose node was lost reads `running` for a day and `orphaned` after it: neither
 * tells whether its container runs. Only the node could, once it is back.
 */
function timesOf(task: Task, nodes: ClusterState['nodes']): Pick<Run, 'from' | 'to'> {
  if (task.state === 'running') return { from: task.since, to: null }
  const from = Math.min(task.createdAt, task.since)
  const isUnheard = task.state === 'orphaned' && !isGoneOrHeard(nodes, task.nodeId)
  return { from, to: isUnheard ? null : task.since }
}

/** Whether what a node does not tell of is not there: it is in contact, or no member. */
export function isGoneOrHeard(nodes: ClusterState['nodes'], nodeId: string | null) {
  return (nodeId === null ? undefined : (nodes.get(nodeId)?.state ?? 'ready')) === 'ready'
}
