import type { EngineEvent } from '../docker/engine.ts'
import type { ObjectChange } from '../docker/watch-message.ts'

/**
 * What has to be read again. Hints say where to look, never what is there: the lists do, and
 * of a task's course the push feed (task-news.ts). A hint that names too many ids to ask for
 * singly grows into "all of them".
 */
export type Dirty = {
  services: Set<string> | 'all'
  /** Ids of tasks, each with that of its service, if it has one. */
  tasks: ReadonlyMap<string, string | null> | 'all'
  /** Services whose tasks are all to be read again. */
  tasksOf: Set<string>
  nodes: boolean
  networks: boolean
  /** Secrets and configs. */
  stored: boolean
}

/** 25 characters an id: two hundred stay well below any limit on a request's head. */
export const idsInACall = 200

/**
 * Tasks that are still asked for by their ids, in several calls. A manager commits hundreds
 * of changes at once, and a list of 10,000 tasks takes it seconds when it is busy.
 */
const mostTasks = 5 * idsInACall

export const nothing = (): Dirty => ({
  services: new Set(),
  tasks: new Map(),
  tasksOf: new Set(),
  nodes: false,
  networks: false,
  stored: false,
})

/** All but secrets and configs, whose payloads are heavy and change with an event only. */
export const everything = (): Dirty => ({
  services: 'all',
  tasks: 'all',
  tasksOf: new Set(),
  nodes: true,
  networks: true,
  stored: false,
})

export function isEmpty(dirty: Dirty): boolean {
  const none = (ids: { size: number } | 'all') => ids !== 'all' && ids.size === 0
  return (
    none(dirty.services) &&
    none(dirty.tasks) &&
    dirty.tasksOf.size === 0 &&
    !dirty.nodes &&
    !dirty.networks &&
    !dirty.stored
  )
}

/**
 * Both hints in one. Services whose tasks are to be read stay named beside all tasks: those
 * are soon read, and of the rest the list may take its time.
 */
export function merged(a: Dirty, b: Dirty): Dirty {
  const tasks = tasksOfBoth(a.tasks, b.tasks)
  const tasksOf = union(a.tasksOf, b.tasksOf)
  return {
    services: union(a.services, b.services),
    tasks: tasksOf === 'all' ? 'all' : tasks,
    tasksOf: tasksOf === 'all' ? new Set() : tasksOf,
    nodes: a.nodes || b.nodes,
    networks: a.networks || b.networks,
    stored: a.stored || b.stored,
  }
}

function union(a: Set<string> | 'all', b: Set<string> | 'all'): Set<string> | 'all' {
  if (a === 'all' || b === 'all') return 'all'
  const ids = a.union(b)
  return ids.size > idsInACall ? 'all' : ids
}

function tasksOfBoth(a: Dirty['tasks'], b: Dirty['tasks']): Dirty['tasks'] {
  if (a === 'all' || b === 'all') return 'all'
  const tasks = new Map([...a, ...b])
  return tasks.size > mostTasks ? 'all' : tasks
}

/** What an engine event tells us to read. */
export function hintOfEvent({ Type, Action, Actor }: EngineEvent): Dirty {
  switch (Type) {
    case 'service':
      return hintOfService(Actor.ID, Action)
    case 'node':
      return { ...nothing(), nodes: true }
    case 'network':
      return { ...nothing(), networks: true }
    case 'secret':
    case 'config':
      return { ...nothing(), stored: true }
    default:
      return nothing()
  }
}

/** What a change from the push feed tells us to read; of a task it tells by itself. */
export function hintOfChange({ kind, id, action }: ObjectChange): Dirty {
  switch (kind) {
    case 'service':
      return hintOfService(id, action)
    case 'node':
      return { ...nothing(), nodes: true }
  }
}

/**
 * A changed service may have changed which of its tasks are up to date, so they are read
 * too. Of a removed one they cannot be asked for by name; the feed tells of each, or it
 * waits for the sweep.
 */
function hintOfService(id: string, action: string): Dirty {
  const tasksOf = new Set(action === 'remove' ? [] : [id])
  return { ...nothing(), services: new Set([id]), tasksOf }
}
