import type { ClusterState, Mount, Service, Task } from '../state.ts'
import { type Naming, namingOf } from '../statefulness/naming.ts'
import { isOver } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { volumeName } from '../volume-name.ts'

/** How one service uses a volume: a mount of its spec, or what only its older tasks have. */
export type Use = {
  readonly service: Service
  readonly naming: Naming
  /** As written: tasks and the ledger go by it. */
  readonly source: string
  /** Null where the spec of now does not name it any more. */
  readonly mount: Mount | null
  /** Tasks that were given it and are not over. */
  readonly tasks: readonly Task[]
}

/**
 * Every volume that a spec or a task refers to, but for cluster volumes, by its name. What a
 * template makes of the service is filled in, since it is another volume for each; of nodes
 * and tasks it is left as written. Volumes without a name are left out.
 */
export function volumeUses(state: ClusterState): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>()
  for (const service of state.services.values()) {
    const tasks = [...tasksOfService(state, service.id).values()]
    const live = tasks.filter((task) => !isOver(task))
    const add = (source: string, mount: Mount | null) => {
      const name = volumeName(source, noTask, service, state.nodes)
      const of = live.filter(({ volumes }) => volumes.includes(source))
      const use = { service, naming: namingOf(source), source, mount, tasks: of }
      uses.set(name, [...(uses.get(name) ?? []), use])
    }
    const named = new Set<string>()
    for (const mount of service.spec.mounts) {
      if (mount.source === null || mount.type !== 'volume') continue
      named.add(mount.source)
      add(mount.source, mount)
    }
    for (const source of new Set(tasks.flatMap(({ volumes }) => volumes))) {
      if (!named.has(source)) add(source, null)
    }
  }
  return uses
}

const noTask = { slot: null, nodeId: null }
