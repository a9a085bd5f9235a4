import type { DockerApi } from '../docker/api.ts'
import type { EngineService, EngineTask } from '../docker/engine.ts'
import { DockerError } from '../docker/errors.ts'
import type { Listed } from '../docker/json-list.ts'
import type { ClusterState, Task, TaskMap } from '../domain/state.ts'
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
  /** Which tasks were read. */
  readonly scopes: readonly TaskScope[]
  apply(state: ClusterState): ClusterState
  /** What this reading shows to be out of date in turn. */
  furtherHint(state: ClusterState): Dirty
}

/** What of the tasks is asked besides their lists. */
export type Asking = {
  /** Whether the engine knows the `_up-to-date` filter; if not, nobody tells. */
  readonly upToDate: boolean
  /**
   * Whether all that is held is known to be as up to date as it is held to be. Not while a
   * list of all tasks is owed, or on its way: which services changed may be in that alone.
   */
  readonly trustsHeld: boolean
  /** The versions that the push feed alone told of, by their tasks: a list is to say the same. */
  readonly unproven: ReadonlyMap<string, number>
}

/**
 * Reads what is dirty, all at once.
 * @param held what was read before
 * @throws DockerError; `not-found` when a service vanished between the hint and the call
 */
export async function read(
  api: DockerApi,
  dirty: Dirty,
  asking: Asking,
  held: ClusterState,
): Promise<Reading> {
  const scopes = taskScopes(dirty)
  const [services, nodes, networks, stored, ...tasks] = await Promise.all([
    readServices(api, dirty.services),
    // Without a leader the engine answers with its local networks alone, and calls that
    // success: networks count only beside something that needs a leader.
    dirty.nodes || dirty.networks ? api.nodes() : null,
    dirty.networks ? api.networks() : null,
    dirty.stored ? readStored(api) : null,
    ...scopes.map((scope) => readTasks(api, scope, asking, held)),
  ])
  return {
    scopes,
    apply: (state) => {
      let next = state
      if (nodes) next = replaceNodes(next, nodes.map(toNode))
      if (networks) next = replaceNetworks(next, networks.map(toNetwork))
      if (stored) next = replaceStored(next, storedFacts(stored, held))
      if (services) {
        const ids = dirty.services
        const listed = services.map(known(held.services, toService))
        next = replaceServices(next, listed, ids === 'all' ? ids : { ids })
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

type StoredLists = Awaited<ReturnType<typeof readStored>>

function storedFacts({ secrets, configs }: StoredLists, held: ClusterState) {
  return {
    secrets: secrets.map(known(held.secrets, toStored)),
    configs: configs.map(known(held.configs, toStored)),
  }
}

/** What is held already in the version that was read, or what was read in our terms. */
const known =
  <R extends { ID: string; Version: { Index: number } }, T extends { version: number }>(
    held: ReadonlyMap<string, T>,
    translate: (raw: R) => T,
  ) =>
  (raw: R): T => {
    const found = held.get(raw.ID)
    return found?.version === raw.Version.Index ? found : translate(raw)
  }

function readServices(api: DockerApi, ids: Dirty['services']) {
  if (ids === 'all') return api.services()
  return ids.size > 0 ? api.services([...ids]) : null
}

function taskScopes({ tasks, tasksOf }: Dirty): AskedScope[] {
  if (tasks === 'all') return ['all']
  const others = [...tasks].filter(([, serviceId]) => !tasksOf.has(serviceId ?? ''))
  const scopes: AskedScope[] = []
  if (tasksOf.size > 0) scopes.push({ services: tasksOf })
  if (others.length > 0) scopes.push({ tasks: new Map(others) })
  return scopes
}

type AskedScope = Exclude<TaskScope, { allBut: unknown }>

/** One call after another: together they would wait for the engine's time and for sockets. */
async function readTasks(
  api: DockerApi,
  scope: AskedScope,
  asking: Asking,
  held: ClusterState,
): Promise<Task[]> {
  if (scope === 'all') return readAllTasks(api, asking, held)
  if ('services' in scope) {
    return readTasksOf(api, [...scope.services], asking, held)
  }
  const tasks: Task[] = []
  const ids = [...scope.tasks]
  for (let first = 0; first < ids.length; first += idsInACall) {
    const some = new Map(ids.slice(first, first + idsInACall))
    for (const task of await readById(api, some, asking, held)) tasks.push(task)
  }
  return tasks
}

/**
 * What is held in the version that is listed is not read again, but for what the push feed
 * alone told of it: that the list is to say as well.
 * @throws DockerError
 */
export async function readAllTasks(
  api: DockerApi,
  { upToDate: asksUpToDate, unproven }: Pick<Asking, 'upToDate' | 'unproven'>,
  { tasksByService }: ClusterState,
): Promise<Task[]> {
  const held = new Map<string, Task>()
  for (const tasks of tasksByService.values()) {
    for (const [id, task] of tasks) {
      if (unproven.get(id) !== task.version) held.set(id, task)
    }
  }
  const known = (id: string) => held.get(id)
  const [all, current] = await Promise.all([
    api.allTasks(known),
    asksUpToDate ? api.allTasks(known, { upToDate: true }) : inFull([]),
  ])
  const otherwise = () => (asksUpToDate ? false : null)
  return joined(({ ID }) => known(ID), { all, current, otherwise })
}

/**
 * The engine does not say of a task whether it is up to date: it has to be asked for the
 * tasks that are. The two answers are moments apart, so of a task in both the newer counts.
 */
async function readTasksOf(
  api: DockerApi,
  services: readonly string[],
  { upToDate: asksUpToDate, unproven }: Asking,
  held: ClusterState,
): Promise<Task[]> {
  const [all, current] = await Promise.all([
    api.tasks({ services }),
    asksUpToDate ? api.tasks({ services, upToDate: true }) : [],
  ])
  const otherwise = () => (asksUpToDate ? false : null)
  const answers = { all: inFull(all), current: inFull(current), otherwise }
  return joined(heldIn(held, unproven), answers)
}

/**
 * Tasks that changed by themselves. One that was up to date still is: that changes with its
 * service, and then all tasks of that are read. There are two exceptions, which the
 * next list of all tasks sets right: a node of which a label changed, and a task that fails
 * after an update of nothing but the registry's credentials.
 * @see moby/swarmkit manager/orchestrator/task.go, IsTaskDirty
 */
async function readById(
  api: DockerApi,
  ids: ReadonlyMap<string, string | null>,
  asking: Asking,
  held: ClusterState,
): Promise<Task[]> {
  const known = new Set<string>()
  if (asking.trustsHeld) {
    for (const [id, serviceId] of ids) {
      const task = held.tasksByService.get(serviceId ?? '')?.get(id)
      if (task?.upToDate) known.add(id)
    }
  }
  const unknown = [...ids.keys()].filter((id) => !known.has(id))
  const asks = asking.upToDate && unknown.length > 0
  const [all, current] = await Promise.all([
    api.tasks({ ids: [...ids.keys()] }),
    asks ? api.tasks({ ids: unknown, upToDate: true }) : [],
  ])
  const otherwise = (id: string) => (asking.upToDate ? known.has(id) : null)
  const answers = { all: inFull(all), current: inFull(current), otherwise }
  return joined(heldIn(held, asking.unproven), answers)
}

type Tasks = Listed<Task, EngineTask>

const inFull = (others: readonly EngineTask[]): Tasks => ({ known: [], others })

type Answers = {
  readonly all: Tasks
  /** Those that are up to date. */
  readonly current: Tasks
  /** Whether a task is that is not among them. */
  readonly otherwise: (id: string) => boolean | null
}

/** What is held of a task that is listed. */
type Find = (task: EngineTask) => Task | undefined

const heldIn =
  ({ tasksByService }: ClusterState, unproven: Asking['unproven']): Find =>
  (task) => {
    const held = tasksByService.get(task.ServiceID ?? '')?.get(task.ID)
    return unproven.get(task.ID) === held?.version ? undefined : held
  }

/** A task that is as it was is not put into our terms again: mostly they are thousands. */
function joined(find: Find, { all, current, otherwise }: Answers): Task[] {
  const knownCurrent = new Set(current.known)
  const otherCurrent = new Map(current.others.map((task) => [task.ID, task]))
  const ofKnown = all.known.map((task) => {
    const twin = otherCurrent.get(task.id)
    if (twin && twin.Version.Index > task.version) return toTask(twin, true)
    const isCurrent = twin !== undefined || knownCurrent.has(task)
    return asCurrent(task, isCurrent || otherwise(task.id))
  })
  const ofOthers = all.others.map((task) => {
    const twin = otherCurrent.get(task.ID)
    const held = find(task)
    const isKnownTwin = held !== undefined && knownCurrent.has(held)
    if (isKnownTwin && held.version > task.Version.Index) return asCurrent(held, true)
    const newest = twin && twin.Version.Index > task.Version.Index ? twin : task
    return asListed(newest, twin !== undefined || isKnownTwin || otherwise(task.ID), held)
  })
  return [...ofKnown, ...ofOthers]
}

const asCurrent = (task: Task, upToDate: boolean | null): Task =>
  task.upToDate === upToDate ? task : { ...task, upToDate }

function asListed(raw: EngineTask, upToDate: boolean | null, held: Task | undefined): Task {
  return held?.version === raw.Version.Index
    ? asCurrent(held, upToDate)
    : toTask(raw, upToDate)
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
    const running = runningOf(state.tasksByService.get(ID) ?? none)
    if (running !== (ServiceStatus.RunningTasks ?? 0)) moved.add(ID)
  }
  return { ...nothing(), tasksOf: moved }
}

const none: TaskMap = new Map()
/** The tasks of a service are never edited, and mostly the same as at the last look. */
const counts = new WeakMap<TaskMap, number>()

function runningOf(tasks: TaskMap): number {
  const known = counts.get(tasks)
  if (known !== undefined) return known
  let running = 0
  for (const { state } of tasks.values()) if (state === 'running') running += 1
  counts.set(tasks, running)
  return running
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
