import type { Dirty } from './hints.ts'
import { everything, merged, nothing } from './hints.ts'

/**
 * How often each thing is read when nothing hints at it, in milliseconds. The sums are
 * requests a minute on an idle cluster; the number of viewers is in none of them.
 *
 * With the push feed only what it does not carry is polled (manager reachability lives in
 * no object of the store), and a sweep guards against a lost hint:
 *   nodes 12 + sweep 2 × (tasks, up-to-date tasks, services, networks) 8 = 20 a minute.
 *
 * Secrets and configs change with an event alone, and every five minutes they are read in
 * case one was lost: 0.4 a minute.
 *
 * Cluster volumes are read apart from all this, by `cluster-volumes.ts`.
 *
 * Without it tasks change unannounced, so the running counts of all services, the cheapest
 * list that moves when a task does, stand guard:
 *   services 12 + nodes 6 + sweep 3 × (tasks, up-to-date tasks) 6 + networks 3 = 27 a minute.
 */
export const intervals = {
  push: { nodes: 5_000, services: 30_000, sweep: 30_000, stored: 300_000 },
  poll: { nodes: 10_000, services: 5_000, sweep: 20_000, stored: 300_000 },
} as const

/** How often the tasks of services in motion are read without the push feed. */
export const motionInterval = 400

export type Timetable = {
  readonly nodesAt: number
  readonly servicesAt: number
  readonly sweptAt: number
  readonly motionAt: number
  readonly storedAt: number
}

export const neverRead: Timetable = {
  nodesAt: -Infinity,
  servicesAt: -Infinity,
  sweptAt: -Infinity,
  motionAt: -Infinity,
  storedAt: -Infinity,
}

export type Pace = { due: Dirty; nextAt: number }

/**
 * What is due by the clock alone, and when to ask again.
 * @param moving ids of services in motion; empty while the push feed is connected
 */
export function pace(
  times: Timetable,
  feed: 'push' | 'poll',
  moving: ReadonlySet<string>,
  now: number,
): Pace {
  const every = intervals[feed]
  const dueAt = {
    nodes: times.nodesAt + every.nodes,
    services: times.servicesAt + every.services,
    sweep: times.sweptAt + every.sweep,
    stored: times.storedAt + every.stored,
    motion: moving.size > 0 ? times.motionAt + motionInterval : Infinity,
  }
  let due = nothing()
  if (dueAt.sweep <= now) due = everything()
  if (dueAt.nodes <= now) due = merged(due, { ...nothing(), nodes: true })
  if (dueAt.services <= now) due = merged(due, { ...nothing(), services: 'all' })
  if (dueAt.stored <= now) due = merged(due, { ...nothing(), stored: true })
  if (dueAt.motion <= now) {
    due = merged(due, { ...nothing(), services: new Set(moving), tasksOf: new Set(moving) })
  }
  return { due, nextAt: Math.min(...Object.values(dueAt)) }
}
