import type { DockerApi, TaskFilter } from '../docker/api.ts'
import type { EngineService, EngineStored, EngineTask } from '../docker/engine.ts'
import { DockerError } from '../docker/errors.ts'
import type { ClusterState, StoredFacts, Task } from '../domain/state.ts'
import { type Dirty, idsInACall, nothing } from './hints.ts'
import {
  replaceNetworks,
  replaceNodes,
  replaceServices,
  replaceStored,
  replaceTasks,
  type TaskScope,
} from './replace.ts'
import { toNetwork, toNode, toService, toStored, toTask } from './translate.ts'

/** A fresh look at what was dirty, not yet part of any state. */
export type Reading = {
  apply(state: ClusterState): ClusterState
  /** What this reading shows to be out of date in turn. */
  furtherHint(state: ClusterState): Dirty
}

/**
 * Reads what is dirty, all at once.
 * @param asksUpToDate whether this engine knows the `_up-to-date` filter
 * @throws DockerError; `not-found` when a service vanished between the hint and the call
 */
export async function read(
  api: DockerApi,
  dirty: Dirty,
  asksUpToDate: boolean,
): Promise<Reading> {
  const scopes = taskScopes(dirty)
  const [services, nodes, networks, stored, ...tasks] = await Promise.all([
    readServices(api, dirty.services),
    // Without a leader the engine answers with its local networks alone, and calls that
    // success: networks count only beside something that needs a leader.
    dirty.nodes || dirty.networks ? api.nodes() : null,
    dirty.networks ? api.networks() : null,
    dirty.stored ? readStored(api) : null,
    ...scopes.map((scope) => readTasks(api, scope, asksUpToDate)),
  ])
  return {
    apply: (state) => {
      let next = state
      if (nodes) next = replaceNodes(next, nodes.map(toNode))
      if (networks) next = replaceNetworks(next, networks.map(toNetwork))
      if (stored) next = replaceStored(next, storedFacts(stored, state))
      if (services) {
        const ids = dirty.services
        next = replaceServices(next, services.map(toService), ids === 'all' ? ids : { ids })
      }
      scopes.forEach((scope, i) => {
        next = replaceTasks(next, tasks[i] ?? [], scope)
      })
      return next
    },
    furtherHint: (state) => servicesThatMoved(state, services ?? []),
  }
}

async function readStored(api: DockerApi) {
  const [secrets, configs] = await Promise.all([api.secrets(), api.configs()])
  return { secrets, configs }
}

type Listed = Awaited<ReturnType<typeof readStored>>

/** A payload never changes, so it is judged once. */
function storedFacts({ secrets, configs }: Listed, state: ClusterState) {
  const known =
    (held: ReadonlyMap<string, StoredFacts>) =>
    (raw: EngineStored): StoredFacts => {
      const found = held.get(raw.ID)
      return found?.version === raw.Version.Index ? found : toStored(raw)
    }
  return {
    secrets: secrets.map(known(state.secrets)),
    configs: configs.map(known(state.configs)),
  }
}

function readServices(api: DockerApi, ids: Dirty['services']) {
  if (ids === 'all') return api.services()
  return ids.size > 0 ? api.services([...ids]) : null
}

function taskScopes({ tasks, tasksOf }: Dirty): TaskScope[] {
  if (tasks === 'all') return ['all']
  const scopes: TaskScope[] = []
  if (tasksOf.size > 0) scopes.push({ services: tasksOf })
  if (tasks.size > 0) scopes.push({ tasks })
  return scopes
}

/** One call after another: together they would wait for the engine's time and for sockets. */
async function readTasks(
  api: DockerApi,
  scope: TaskScope,
  asksUpToDate: boolean,
): Promise<Task[]> {
  const tasks: Task[] = []
  for (const filter of filtersOf(scope)) {
    for (const task of await readSome(api, filter, asksUpToDate)) tasks.push(task)
  }
  return tasks
}

/**
 * The engine does not say of a task whether it is up to date: it has to be asked for the
 * tasks that are. The two answers are moments apart, so of a task in both the newer counts.
 */
async function readSome(
  api: DockerApi,
  filter: TaskFilter,
  asksUpToDate: boolean,
): Promise<Task[]> {
  const [all, current] = await Promise.all([
    api.tasks(filter),
    asksUpToDate ? api.tasks({ ...filter, upToDate: true }) : [],
  ])
  const upToDate = new Map(current.map((task) => [task.ID, task]))
  return all.map((task) => {
    const twin = upToDate.get(task.ID)
    const newest = twin && isNewer(twin, task) ? twin : task
    return toTask(newest, asksUpToDate ? twin !== undefined : null)
  })
}

const isNewer = (a: EngineTask, b: EngineTask) => a.Version.Index > b.Version.Index

function filtersOf(scope: TaskScope): TaskFilter[] {
  if (scope === 'all') return [{}]
  if ('services' in scope) return [{ services: [...scope.services] }]
  const ids = [...scope.tasks]
  return Array.from({ length: Math.ceil(ids.length / idsInACall) }, (_, call) => ({
    ids: ids.slice(call * idsInACall, (call + 1) * idsInACall),
  }))
}

/**
 * Services whose own count of running tasks differs from ours: without the push feed this
 * is how a task that changed unannounced is noticed. Jobs count by iteration and are left
 * to the sweep.
 */
function servicesThatMoved(state: ClusterState, services: readonly EngineService[]): Dirty {
  const moved = new Set<string>()
  for (const { ID, ServiceStatus, JobStatus } of services) {
    if (!ServiceStatus || JobStatus) continue
    let running = 0
    for (const task of state.tasksByService.get(ID)?.values() ?? []) {
      if (task.state === 'running') running += 1
    }
    if (running !== (ServiceStatus.RunningTasks ?? 0)) moved.add(ID)
  }
  return { ...nothing(), tasksOf: moved }
}

/** Whether this engine answers the filter that docker's own CLI relies on. */
export async function knowsUpToDate(api: DockerApi): Promise<boolean> {
  try {
    await api.tasks({ ids: ['none'], upToDate: true })
    return true
  } catch (error) {
    if (error instanceof DockerError && error.kind === 'invalid') return false
    throw error
  }
}
