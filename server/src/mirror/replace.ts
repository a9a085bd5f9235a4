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

/**
 * How fresh lists become the next ClusterState. Pure.
 *
 * Readers may rely on this. Every state is one assignment, seen whole or not at all. The
 * states that a reader sees of one entity are a subsequence of the ones it really had, in
 * order: readings are applied one after another, so none arrives late; a list that took its
 * time (sweep.ts) is passed over where something newer was read; and what the push feed tells
 * (task-news.ts) counts if its version is newer. A version may go back, when a swarm is
 * restored from an older copy, and then it is followed. An entity whose version did not move
 * keeps its identity, unless a list corrects what the feed alone had told, so what changed is
 * reference inequality; and a state in which nothing changed is the very same state.
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
  const held = heldIn(state, scope)
  const gone = new Map(held)
  const changed: Task[] = []
  for (const task of within(scope, listed)) {
    const old = held.get(task.id)
    gone.delete(task.id)
    if (!old || isOther(old, task)) changed.push(task)
  }
  if (changed.length === 0 && gone.size === 0) return state
  const out = [...gone.values(), ...changed.flatMap((task) => held.get(task.id) ?? [])]
  return {
    ...state,
    tasksByService: regrouped(state.tasksByService, out, changed, (task) => task.serviceId),
    tasksByNode: regrouped(state.tasksByNode, out, changed, (task) => task.nodeId),
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

function heldIn(state: ClusterState, scope: TaskScope): Map<string, Task> {
  if (scope !== 'all' && 'tasks' in scope) return heldById(state, scope.tasks)
  const isWhole = scope === 'all' || 'allBut' in scope
  const services = isWhole ? state.tasksByService.keys() : scope.services
  const held = new Map<string, Task>()
  for (const service of services) {
    for (const [id, task] of state.tasksByService.get(service) ?? []) {
      if (scope !== 'all' && 'allBut' in scope && isOmitted(scope.allBut, task)) continue
      held.set(id, task)
    }
  }
  return held
}

function heldById(
  { tasksByService }: ClusterState,
  ids: ReadonlyMap<string, string | null>,
): Map<string, Task> {
  const held = new Map<string, Task>()
  for (const [id, serviceId] of ids) {
    const task = tasksByService.get(serviceId ?? '')?.get(id)
    if (task) held.set(id, task)
  }
  return held
}

type Groups = ReadonlyMap<string, TaskMap>

/** Takes tasks out of their groups and puts others in, copying only the groups touched. */
function regrouped(
  groups: Groups,
  out: readonly Task[],
  into: readonly Task[],
  keyOf: (task: Task) => string | null,
): Groups {
  const next = new Map(groups)
  const touched = new Map<string, Map<string, Task>>()
  const open = (key: string) => {
    const group = touched.get(key) ?? new Map(groups.get(key))
    touched.set(key, group)
    next.set(key, group)
    return group
  }
  for (const task of out) {
    const key = keyOf(task)
    if (key !== null) open(key).delete(task.id)
  }
  for (const task of into) {
    const key = keyOf(task)
    if (key !== null) open(key).set(task.id, task)
  }
  for (const [key, group] of touched) if (group.size === 0) next.delete(key)
  noteChanged(groups, next, new Set(touched.keys()))
  return next
}

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
  const next = new Map(held)
  for (const id of gone) next.delete(id)
  for (const entity of others) next.set(entity.id, entity)
  noteChanged(held, next, gone.union(new Set(others.map(({ id }) => id))))
  return next
}

type Versioned = { readonly version: number }
const moved = (old: Versioned, listed: Versioned) => listed.version !== old.version

/** Both sides come from translate.ts, which writes fields in one order. */
const different = (old: object, listed: object) =>
  JSON.stringify(old) !== JSON.stringify(listed)
