import { nodeNames, shortId } from '../names.ts'
import type { ClusterState, ClusterVolume } from '../state.ts'
import { holdsShare } from '../task-life.ts'

/** A task that has a cluster volume, and keeps it until it has ended. */
export type VolumeUse = {
  readonly task: string
  readonly nodeId: string
  /** Name of the node. */
  readonly node: string
  readonly readOnly: boolean
  /**
   * Whether the scheduler is sure to count it. Of tasks that have a node from the start it
   * only does after a change of the leader: when it places one, it notes no use.
   * @see moby/swarmkit manager/scheduler/scheduler.go, taskFitNode and setupTasksList
   */
  readonly counted: boolean
}

/** The cluster volumes of a swarm, and who has them. */
export type VolumesInUse = {
  /** By id; null: not known. */
  readonly known: ReadonlyMap<string, ClusterVolume> | null
  /** By id of the volume. */
  readonly uses: ReadonlyMap<string, readonly VolumeUse[]>
}

/**
 * The cluster volumes with their uses, as the scheduler counts them: a task has a volume from
 * its assignment to its end, whatever the swarm wants of it meanwhile.
 * @param without ids of tasks to leave out, as if they had ended
 * @see moby/swarmkit manager/scheduler/volumes.go, reserveTaskVolumes
 */
export function volumesInUse(
  state: ClusterState,
  without?: ReadonlySet<string>,
): VolumesInUse {
  const all = ofState.get(state) ?? usesIn(state)
  ofState.set(state, all)
  return without ? released(all, without) : all
}

/** A state never changes, and each of its nodes asks the same. */
const ofState = new WeakMap<ClusterState, VolumesInUse>()

const noUses: ReadonlyMap<string, readonly VolumeUse[]> = new Map()

function usesIn(state: ClusterState): VolumesInUse {
  const known = state.clusterVolumes
  if (known === null || known.size === 0) return { known, uses: noUses }
  const names = nodeNames(state.nodes)
  const uses = new Map<string, VolumeUse[]>()
  for (const tasks of state.tasksByService.values()) {
    for (const task of tasks.values()) {
      const { id, nodeId, slot, clusterVolumes } = task
      if (clusterVolumes.length === 0 || nodeId === null || !holdsShare(task)) continue
      const node = names.get(nodeId) ?? shortId(nodeId)
      for (const { id: volume, readOnly } of clusterVolumes) {
        const use = { task: id, nodeId, node, readOnly, counted: slot !== null }
        const others = uses.get(volume)
        if (others) others.push(use)
        else uses.set(volume, [use])
      }
    }
  }
  return { known, uses }
}

/** The same once these tasks have ended. */
export function released(volumes: VolumesInUse, tasks: ReadonlySet<string>): VolumesInUse {
  if (volumes.uses.size === 0 || tasks.size === 0) return volumes
  const uses = [...volumes.uses].map(
    ([id, found]) => [id, found.filter(({ task }) => !tasks.has(task))] as const,
  )
  return { ...volumes, uses: new Map(uses) }
}

/** The same while nobody has any: who has one now may be gone tomorrow. */
export const unused = (volumes: VolumesInUse): VolumesInUse => ({
  ...volumes,
  uses: noUses,
})
