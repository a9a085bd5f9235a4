import { isDeepStrictEqual } from 'node:util'
import { noteChanged } from '../domain/changed-keys.ts'
import type {
  ClusterState,
  ClusterVolume,
  Network,
  Node,
  Service,
  StoredFacts,
  Task,
  TaskMap,
} from '../domain/state.ts'
import { withChanges } from './layered-map.ts'

/**
 * How fresh lists become the next ClusterState. Pure.
 *
 * Readers may rely on this. Every state is one assignment, seen whole or not at all. The
 * states that a reader sees of one entity are a subsequence of the ones it really had, in
 * order: readings are applied one after another, so none arrives late; a list that took its
 * time (sweep.ts) is passed over where something newer was read; and what the push feed tells
 * (task-news.ts) counts if its version is newer, but for a task that was gone before a late
 * feed told that it was made: that is seen until its end is told. A version may go back, when
 * a swarm is restored from an older copy, and then it is followed. An entity whose version did
 * not move keeps its identity, unless a list corrects what the feed alone had told, so what
 * changed is reference inequality; and a state in which nothing changed is the very same state.
 *
 * They may not rely on order between entities (a task can be seen before its service), on
 * seeing every state that an entity passed through, or on a task's service or node being
 * there at all.
 */

type Scope = 'all' | { readonly ids: ReadonlySet<string> }

export function replaceServices(
  state: ClusterState,
  listed: readonly Service[],
  scope: Scope,
): ClusterState {
  const services = replaced(state.services, listed, scope, moved)
  return services === state.services ? state : { ...state, services }
}

/** Manager status carries no version, so nodes are compared by value. */
export function replaceNodes(state: ClusterState, listed: readonly Node[]): ClusterState {
  const nodes = replaced(state.nodes, listed, 'all', different)
  return nodes === state.nodes ? state : { ...state, nodes }
}

/** Networks carry no version, so they are compared by value. */
export function replaceNetworks(
  state: ClusterState,
  listed: readonly Network[],
): ClusterState {
  const networks = replaced(state.networks, listed, 'all', different)
  return networks === state.networks ? state : { ...state, networks }
}

export function replaceStored(
  state: ClusterState,
  listed: {
    readonly secrets: readonly StoredFacts[]
    readonly configs: readonly StoredFacts[]
  },
): ClusterState {
  const secrets = replaced(state.secrets, listed.secrets, 'all', moved)
  const configs = replaced(state.configs, listed.configs, 'all', moved)
  const same = secrets === state.secrets && configs === state.configs
  return same ? state : { ...state, secrets, configs }
}

/** @param listed null where they could not be listed */
export function replaceClusterVolumes(
  state: ClusterState,
  listed: readonly ClusterVolume[] | null,
): ClusterState {
  const held = state.clusterVolumes
  const clusterVolumes = listed && replaced(held ?? new Map(), listed, 'all', moved)
  // An empty list, where nothing was known before, is news.
  const same = clusterVolumes === held
  return same ? state : { ...state, clusterVolumes }
}

export type TaskScope =
  | 'all'
  /** By their ids, each with that of its service, if it has one. */
  | { readonly tasks: ReadonlyMap<string, string | null> }
  | { readonly services: ReadonlySet<string> }
  /** All but those tasks, and those of the services. */
  | { readonly allBut: Omitted }

type Omitted = {
  readonly tasks: ReadonlySet<string>
  readonly services: ReadonlySet<string>
}

/**
 * Within its scope the list is the whole truth: what it lacks is gone. Costs as much as the
 * scope holds, never as much as the cluster holds, unless the scope is all of it.
 */
export function replaceTasks(
  state: ClusterState,
  listed: readonly Task[],
  scope: TaskScope,
): ClusterState {
  const { tasksByService } = state
  const serviceOf = new Map<string, string>()
  const out: Task[] = []
  const into: Task[] = []
  for (const task of within(scope, listed)) {
    serviceOf.set(task.id, task.serviceId)
    const old = tasksByService.get(task.serviceId)?.get(task.id)
    if (old && !isOther(old, task)) continue
    into.push(task)
    if (old) out.push(old)
  }
  for (const task of heldIn(state, scope)) {
    if (serviceOf.get(task.id) !== task.serviceId) out.push(task)
  }
  if (into.length === 0 && out.length === 0) return state
  return {
    ...state,
    tasksByService: regrouped(tasksByService, out, into, (task) => task.serviceId),
    tasksByNode: regrouped(state.tasksByNode, out, into, (task) => task.nodeId),
  }
}

/** Of one version the two differ only where the push feed had told something else. */
const isOther = (old: Task, listed: Task): boolean =>
  moved(old, listed) ||
  old.upToDate !== listed.upToDate ||
  (old !== listed && !isDeepStrictEqual(old, listed))

/** Of what was listed, what the scope holds. */
const within = (scope: TaskScope, listed: readonly Task[]): readonly Task[] =>
  scope !== 'all' && 'allBut' in scope
    ? listed.filter((task) => !isOmitted(scope.allBut, task))
    : listed

const isOmitted = ({ tasks, services }: Omitted, { id, serviceId }: Task): boolean =>
  tasks.has(id) || services.has(serviceId)

function* heldIn({ tasksByService }: ClusterState, scope: TaskScope): Generator<Task> {
  if (scope !== 'all' && 'tasks' in scope) {
    for (const [id, serviceId] of scope.tasks) {
      const task = tasksByService.get(serviceId ?? '')?.get(id)
      if (task) yield task
    }
    return
  }
  const isWhole = scope === 'all' || 'allBut' in scope
  for (const service of isWhole ? tasksByService.keys() : scope.services) {
    for (const task of tasksByService.get(service)?.values() ?? []) {
      if (scope !== 'all' && 'allBut' in scope && isOmitted(scope.allBut, task)) continue
      yield task
    }
  }
}

type Groups = ReadonlyMap<string, TaskMap>

/** Takes tasks out of their groups and puts others in, copying only the groups touched. */
function regrouped(
  groups: Groups,
  out: readonly Task[],
  into: readonly Task[],
  keyOf: (task: Task) => string | null,
): Groups {
  const touched = new Map<string, Map<string, Task | undefined>>()
  const open = (key: string) => {
    const changes = touched.get(key) ?? new Map<string, Task | undefined>()
    touched.set(key, changes)
    return changes
  }
  for (const task of out) {
    const key = keyOf(task)
    if (key !== null) open(key).set(task.id, undefined)
  }
  for (const task of into) {
    const key = keyOf(task)
    if (key !== null) open(key).set(task.id, task)
  }
  const others = new Map<string, TaskMap | undefined>()
  for (const [key, changes] of touched) {
    const group = withChanges(groups.get(key) ?? none, changes)
    others.set(key, group.size > 0 ? group : undefined)
  }
  const next = withChanges(groups, others)
  noteChanged(groups, next, new Set(touched.keys()))
  return next
}

const none: TaskMap = new Map()

/** What is held keeps its place: a list that is in order of it need not be sorted again. */
function replaced<T extends { readonly id: string }>(
  held: ReadonlyMap<string, T>,
  listed: readonly T[],
  scope: Scope,
  changed: (old: T, listed: T) => boolean,
): ReadonlyMap<string, T> {
  const asked = scope === 'all' ? held.keys() : scope.ids
  const gone = new Set(asked).intersection(held)
  const others: T[] = []
  for (const entity of listed) {
    const old = held.get(entity.id)
    gone.delete(entity.id)
    if (!old || changed(old, entity)) others.push(entity)
  }
  if (others.length === 0 && gone.size === 0) return held
  const changes = new Map<string, T | undefined>([...gone].map((id) => [id, undefined]))
  for (const entity of others) changes.set(entity.id, entity)
  const next = withChanges(held, changes)
  noteChanged(held, next, new Set(changes.keys()))
  return next
}

type Versioned = { readonly version: number }
const moved = (old: Versioned, listed: Versioned) => listed.version !== old.version

/** Both sides come from translate.ts, which writes fields in one order. */
const different = (old: object, listed: object) =>
  JSON.stringify(old) !== JSON.stringify(listed)
