import { changedKeys } from './changed-keys.ts'
import { nodeNames, shortId } from './names.ts'
import type { Residency, Stay } from './residency.ts'
import { bounded } from './residency-bounds.ts'
import { isGoneOrHeard, type Run, runsOf } from './residency-runs.ts'
import type { ClusterState, Millis } from './state.ts'
import { tasksOfService } from './tasks-of.ts'

export type StayChange = { readonly serviceId: string; readonly stay: Stay }

export type Advance = {
  readonly residency: Residency
  /** Ids of the services that have other stays than before. */
  readonly changed: readonly string[]
  readonly changes: {
    readonly opened: readonly StayChange[]
    readonly closed: readonly StayChange[]
  }
}

/** What is known of the nodes, and the present. */
type Facts = { readonly nodes: ClusterState['nodes']; readonly now: Millis }

const noStays: readonly Stay[] = []
const noNodes: ClusterState['nodes'] = new Map()

/**
 * Where the node-local volumes are, after the swarm was seen in this state. The tasks that
 * it still remembers tell what happened while nobody watched. The same state once more
 * changes nothing.
 *
 * A stay begins when a task with the volume runs on a node, and ends when none does any
 * more. Where it runs there again and was nowhere else meanwhile, it is the same stay: its
 * restarts are no news of its data. On a node that is not in contact it lasts, whatever the
 * swarm made of its tasks: they may run on.
 * @param seen the state that `before` came of, so that only what differs is looked at
 */
export function advance(
  before: Residency,
  state: ClusterState,
  now: Millis,
  seen: ClusterState | null = null,
): Advance {
  const opened: StayChange[] = []
  const closed: StayChange[] = []
  const found = new Map<string, readonly Stay[]>()
  const changed: string[] = []
  for (const serviceId of concerned(before, state, seen)) {
    const held = before.get(serviceId) ?? noStays
    const stays = staysNow(serviceId, held, state, now)
    if (stays === held) continue
    found.set(serviceId, stays)
    changed.push(serviceId)
    for (const stay of stays) {
      const was = held.find((other) => isSame(stay, other))
      const lasted = was?.to === null
      if (!was || (stay.to === null && !lasted)) opened.push({ serviceId, stay })
      if (stay.to !== null && (!was || lasted)) closed.push({ serviceId, stay })
    }
  }
  const residency = changed.length === 0 ? before : new Map([...before, ...found])
  return { residency, changed, changes: { opened, closed } }
}

/** The same stay at another time: only its end differs. */
export const isSame = (a: Stay, b: Stay): boolean =>
  a.volume === b.volume && a.nodeId === b.nodeId && a.from === b.from

function staysNow(
  serviceId: string,
  held: readonly Stay[],
  state: ClusterState,
  now: Millis,
): readonly Stay[] {
  const service = state.services.get(serviceId)
  if (!service) return ended(held, now)
  const tasks = tasksOfService(state, serviceId)
  return folded(held, runsOf(service, tasks, state.nodes, held), {
    nodes: state.nodes,
    now,
  })
}

/** The stays of a service that was removed: nobody tells of its tasks any more. */
export const ended = (held: readonly Stay[], now: Millis): readonly Stay[] =>
  folded(held, [], { nodes: noNodes, now })

/** The stays that were known from elsewhere, and those that were seen meanwhile. */
export function joined(
  held: readonly Stay[],
  seen: readonly Stay[],
  nodes: ClusterState['nodes'],
): readonly Stay[] {
  const runs = seen.toReversed().map((stay) => ({ ...stay, shared: false }))
  return folded(held, runs, { nodes, now: seen[0]?.from ?? 0 })
}

/** Ids of the services whose stays may be other ones now. */
function concerned(
  before: Residency,
  state: ClusterState,
  seen: ClusterState | null,
): Iterable<string> {
  if (!seen) return new Set([...before.keys(), ...state.services.keys()])
  const ids = new Set<string>()
  const services = changedKeys(seen.services, state.services)
  const tasks = changedKeys(seen.tasksByService, state.tasksByService)
  for (const id of services.union(tasks)) {
    if (state.services.has(id) || seen.services.has(id)) ids.add(id)
  }
  if (state.nodes !== seen.nodes) {
    const other = (id: string) =>
      isGoneOrHeard(state.nodes, id) !== isGoneOrHeard(seen.nodes, id) ||
      state.nodes.has(id) !== seen.nodes.has(id)
    for (const [id, stays] of before) {
      if (stays.some(({ nodeId, to }) => to === null && other(nodeId))) ids.add(id)
    }
  }
  return ids
}

/** A stay, and what tells of it now. */
type Entry = { readonly stay: Stay; readonly isNew: boolean; readonly runs: Run[] }

/**
 * The stays after these runs were seen.
 * @param held newest first @param runs oldest first
 */
function folded(
  held: readonly Stay[],
  runs: readonly Run[],
  facts: Facts,
): readonly Stay[] {
  const names = nodeNames(facts.nodes)
  const entries: Entry[] = held
    .toReversed()
    .map((stay) => ({ stay, isNew: false, runs: [] }))
  for (const run of runs) {
    const entry = entryOf(entries, run)
    if (entry) entry.runs.push(run)
    else {
      const { volume, nodeId, from, to } = run
      const node = names.get(nodeId) ?? shortId(nodeId)
      const stay = { volume, nodeId, node, from, to }
      const after = entries.findLastIndex((other) => other.stay.from <= from)
      entries.splice(after + 1, 0, { stay, isNew: true, runs: [run] })
    }
  }
  const stays = entries.map((entry) => withEnd(entry, entries, facts)).reverse()
  const same = stays.length === held.length && stays.every((stay, i) => stay === held[i])
  return same ? held : bounded(stays)
}

/** The stay that a run belongs to: they overlap, or it was nowhere else in between. */
function entryOf(entries: readonly Entry[], run: Run): Entry | undefined {
  const here = entries.filter(({ stay }) => isAt(stay, run))
  const overlapping = here.findLast(
    (entry) => run.from <= reach(entry) && (run.to ?? forever) >= entry.stay.from,
  )
  if (overlapping) return overlapping
  const last = here.findLast((entry) => reach(entry) < run.from)
  if (!last || run.shared) return last
  const wasElsewhere = entries.some(
    (entry) =>
      entry.stay.volume === run.volume &&
      !isAt(entry.stay, run) &&
      entry.stay.from > last.stay.from &&
      entry.stay.from <= run.from &&
      reach(entry) > reach(last),
  )
  return wasElsewhere ? undefined : last
}

const forever = Number.POSITIVE_INFINITY

const isAt = (stay: Stay, { volume, nodeId }: Run): boolean =>
  stay.volume === volume && stay.nodeId === nodeId

/** How far a stay is known to go by now: one of which nothing was heard yet may still last. */
function reach({ stay, runs }: Entry): Millis {
  if (runs.length === 0) return stay.to ?? forever
  const told = Math.max(...runs.map(({ to }) => to ?? forever))
  return Math.max(told, stay.to ?? told)
}

/** The stay with its end, which is the very same one where that did not change. */
function withEnd(entry: Entry, entries: readonly Entry[], facts: Facts): Stay {
  const { stay, isNew, runs } = entry
  const isLasting =
    runs.length > 0
      ? runs.some(({ to }) => to === null)
      : stay.to === null && !isGoneOrHeard(facts.nodes, stay.nodeId)
  const to = isLasting
    ? null
    : runs.length > 0
      ? reach(entry)
      : (stay.to ?? unseenEnd(stay, entries, facts.now))
  return to === stay.to && !isNew ? stay : { ...stay, to }
}

/**
 * The end of a stay whose tasks the swarm has forgotten: now at the latest, and no later than
 * the volume is known to have been used elsewhere since.
 */
function unseenEnd(stay: Stay, entries: readonly Entry[], now: Millis): Millis {
  const after = entries.flatMap(({ stay: other, isNew }) =>
    isNew && other.volume === stay.volume && other.from > stay.from ? other.from : [],
  )
  return Math.max(stay.from, Math.min(now, ...after))
}
