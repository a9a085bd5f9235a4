import type { ClusterState, Mount, Service, Task } from '../state.ts'
import { type Naming, namingOf } from '../statefulness/naming.ts'
import { isOver } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { volumeName } from '../volume-name.ts'

/**
 * How one service uses a volume: a mount of its spec, of the spec that a rollback would bring
 * back, or what only its older tasks have.
 */
export type Use = {
  readonly service: Service
  readonly naming: Naming
  /** As written: tasks and the ledger go by it. */
  readonly source: string
  /** Null where the spec of now does not name it any more. */
  readonly mount: Mount | null
  /** Of the rollback target, where only that names it. */
  readonly previous: Mount | null
  /** Tasks that were given it and are not over. */
  readonly tasks: readonly Task[]
}

/**
 * Every volume that a spec or a task refers to, but for cluster volumes, by its name. What a
 * template makes of the service is filled in, since it is another volume for each; of nodes
 * and tasks it is left as written. Volumes without a name are left out.
 * What a rollback would mount counts: its tasks would begin with an empty volume if somebody
 * had removed it.
 * @see moby/swarmkit manager/controlapi/service.go, UpdateService: it puts PreviousSpec in the
 * place of Spec as a whole
 */
export function volumeUses(state: ClusterState): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>()
  for (const service of state.services.values()) {
    const tasks = [...tasksOfService(state, service.id).values()]
    const live = tasks.filter((task) => !isOver(task))
    const add = (source: string, mount: Mount | null, previous: Mount | null) => {
      const name = volumeName(source, noTask, service, state.nodes)
      const of = live.filter(({ volumes }) => volumes.includes(source))
      const naming = namingOf(source)
      const use = { service, naming, source, mount, previous, tasks: of }
      uses.set(name, [...(uses.get(name) ?? []), use])
    }
    const named = new Set<string>()
    for (const mount of namedOf(service.spec.mounts)) {
      named.add(mount.source)
      add(mount.source, mount, null)
    }
    const before = namedOf(service.previous?.mounts ?? []).filter(
      ({ source }) => !named.has(source),
    )
    for (const mount of before) add(mount.source, null, mount)
    for (const { source } of before) named.add(source)
    for (const source of new Set(tasks.flatMap(({ volumes }) => volumes))) {
      if (!named.has(source)) add(source, null, null)
    }
  }
  return uses
}

type Named = Mount & { readonly source: string }

const namedOf = (mounts: readonly Mount[]): Named[] =>
  mounts.filter((mount): mount is Named => mount.type === 'volume' && mount.source !== null)

const noTask = { slot: null, nodeId: null }
