import type { Source } from '@skep/shared/contract/freshness'
import type { DockerApi } from '../docker/api.ts'
import { DockerError } from '../docker/errors.ts'
import type { TaskChange } from '../docker/watch-message.ts'
import { changedKeys } from '../domain/changed-keys.ts'
import { hasQuorum } from '../domain/quorum.ts'
import type { ClusterState, SwarmFacts } from '../domain/state.ts'
import { createBell } from './bell.ts'
import { clock } from './clock.ts'
import { followClusterVolumes } from './cluster-volumes.ts'
import { type OpenWatch, openFeeds } from './feeds.ts'
import { type Dirty, everything, isEmpty, merged, nothing } from './hints.ts'
import { inMotion } from './motion.ts'
import { neverRead, pace, type Timetable } from './pace.ts'
import { pause } from './pause.ts'
import { type Asking, knowsUpToDate, type Reading, read, readAllTasks } from './read.ts'
import { replaceTasks } from './replace.ts'
import { createSiblings } from './siblings.ts'
import { withSwarm } from './swarm-facts.ts'
import { beginSweep, type Sweep } from './sweep.ts'
import { noteNews, tellTasks } from './task-news.ts'

/** Where a session's findings go: the state is replaced whole, never edited. */
export type Sink = {
  state(): ClusterState
  publish(state: ClusterState, read: readonly Source[]): void
  /** Versions of tasks that the push feed told of, and no list of all tasks since. */
  readonly unproven: Map<string, number>
}

/** Changes come in bursts, a rollout's above all: how long to gather one, in milliseconds. */
const burst = 15

/**
 * Keeps the state in step with one engine: subscribe, list, then read again whatever a
 * hint or the clock calls for. Reads run one after another, so that no answer overtakes
 * another; but for the list of all tasks, which the others need not wait for (sweep.ts).
 * @param openWatch the push feed; null where this engine offers none
 * @throws DockerError as soon as a read fails; whoever follows starts over
 */
export async function follow(
  api: DockerApi,
  openWatch: OpenWatch | null,
  sink: Sink,
  signal: AbortSignal,
): Promise<void> {
  const { unproven } = sink
  const bell = createBell()
  let dirty = nothing()
  const onHint = (hint: Dirty) => {
    dirty = merged(dirty, hint)
    bell.ring()
  }
  let news = new Map<string, TaskChange>()
  const onTask = (change: TaskChange) => {
    noteNews(news, change)
    bell.ring()
  }
  const feeds = openFeeds(api, openWatch, { onHint, onTask }, signal)
  const [engine, upToDate] = await Promise.all([engineFacts(api), knowsUpToDate(api)])
  await feeds.settled

  let isFirst = true
  let times = neverRead
  let sweep: Sweep | null = null
  let owesSweep = false
  const siblings = createSiblings()
  const changedAt = new Map<string, number>()
  while (!signal.aborted) {
    const now = Date.now()
    const moving = feeds.push() ? none : inMotion(sink.state(), changedAt, now)
    const { due, nextAt } = pace(times, feeds.push() ? 'push' : 'poll', moving, now)
    dirty = merged(dirty, due)
    const trustsHeld = !sweep && !owesSweep && dirty.tasks !== 'all'
    const besides = dirty.tasksOf
    const told = tellTasks(sink.state(), news, { trustsHeld, besides, siblings })
    for (const change of news.values()) siblings.note(change)
    news = new Map()
    dirty = merged(dirty, { ...nothing(), tasks: told.unread })
    if (dirty.tasks === 'all' && !isFirst) {
      // One after another: what changed after the list was taken is not in it.
      owesSweep = true
      dirty = { ...dirty, tasks: new Map() }
      times = stamped(times, everyTask, now)
    }
    if (owesSweep && !sweep) {
      owesSweep = false
      sweep = beginSweep(readAllTasks(api, { upToDate, unproven }, sink.state()), bell.ring)
    }
    if (isEmpty(dirty) && told.scope.size === 0 && !sweep?.hasCome()) {
      await bell.rung(nextAt - now, signal)
      await pause(burst)
      continue
    }
    const taken = dirty
    dirty = nothing()
    const [reading] = await Promise.all([
      readOrWiden(api, taken, { upToDate, trustsHeld: !sweep, unproven }, sink.state()),
      // Somebody else may have set it to another speed.
      clock.speed() !== null && taken.nodes && followTime(api),
    ])
    if (signal.aborted) return
    const toldOf = { tasks: told.scope }
    for (const scope of [toldOf, ...reading.scopes]) sweep?.passOver(scope)
    // The volumes are read beside all this: what they come to meanwhile is kept.
    const before = sink.state()
    const swept = sweep?.hasCome() ? sweep : null
    const read = reading.apply(replaceTasks(before, told.tasks, toldOf))
    const lists = swept?.apply(read) ?? read
    if (swept) sweep = null
    if (swept || isFirst) {
      unproven.clear()
      siblings.retain(lists.services)
    }
    for (const { id, version } of told.tasks) unproven.set(id, version)
    const after = withSwarm(lists, {
      ...engine,
      simulatedSpeed: clock.speed(),
      feed: feeds.push() ? 'push' : feeds.events() ? 'events' : 'polling',
      state: hasQuorum(lists.nodes.values()) ? 'live' : 'no-quorum',
      cause: null,
    })
    noteChanges(before, after, changedAt)
    times = stamped(times, taken, now)
    sink.publish(after, [...sourcesOf(taken), ...(swept ? (['tasks'] as const) : [])])
    if (isFirst) void followClusterVolumes(api, sink, signal)
    isFirst = false
    dirty = merged(dirty, reading.furtherHint(after))
  }
}

const everyTask: Dirty = { ...nothing(), tasks: 'all' }

const none: ReadonlySet<string> = new Set()

/** Clocks that differ by less than this, in milliseconds, are the same for what they judge. */
const noticeable = 1_000

type EngineFacts = Pick<
  SwarmFacts,
  | 'id'
  | 'endpoint'
  | 'nodeId'
  | 'engineVersion'
  | 'apiVersion'
  | 'clockAhead'
  | 'taskHistory'
>

/** How a simulated engine says what it is: no real one should be labelled so. */
const simulated = 'skep.simulated=true'

async function followTime(api: DockerApi): Promise<void> {
  clock.follow(await api.simulatedTime())
}

async function engineFacts(api: DockerApi): Promise<EngineFacts> {
  const [version, swarm, info] = await Promise.all([api.version(), api.swarm(), api.info()])
  if (info.Labels?.includes(simulated)) await followTime(api)
  else clock.follow(null)
  const told = Date.parse(info.SystemTime ?? '')
  // The time of a simulation is followed, and faster than it could be compared.
  const isSame = Number.isNaN(told) || clock.speed() !== null
  const ahead = isSame ? 0 : told - Date.now()
  return {
    id: swarm.ID,
    endpoint: api.endpoint,
    nodeId: info.Swarm.NodeID || null,
    engineVersion: version.Version,
    apiVersion: version.ApiVersion,
    clockAhead: Math.abs(ahead) < noticeable ? 0 : ahead,
    taskHistory: swarm.Spec.Orchestration?.TaskHistoryRetentionLimit ?? 5,
  }
}

/**
 * A service that vanished between hint and call: what is there of the others is read without
 * it, and all beside that once more.
 */
async function readOrWiden(
  api: DockerApi,
  dirty: Dirty,
  asking: Asking,
  held: ClusterState,
): Promise<Reading> {
  const unlessGone = (error: unknown) => {
    if (!(error instanceof DockerError && error.kind === 'not-found')) throw error
    return null
  }
  const whole = await read(api, dirty, asking, held).catch(unlessGone)
  if (whole) return whole
  const there = new Set((await api.services([...dirty.tasksOf])).map(({ ID }) => ID))
  const left = { ...dirty, tasksOf: dirty.tasksOf.intersection(there) }
  const rest = await read(api, left, asking, held).catch(unlessGone)
  if (!rest) return read(api, everything(), asking, held)
  return { ...rest, furtherHint: (state) => merged(rest.furtherHint(state), everything()) }
}

function noteChanges(before: ClusterState, after: ClusterState, at: Map<string, number>) {
  const now = Date.now()
  const services = changedKeys(before.services, after.services)
  const tasks = changedKeys(before.tasksByService, after.tasksByService)
  for (const id of services.union(tasks)) {
    if (after.services.has(id)) at.set(id, now)
    else at.delete(id)
  }
}

function stamped(
  times: Timetable,
  { services, tasks, tasksOf, nodes, stored }: Dirty,
  now: number,
) {
  return {
    nodesAt: nodes ? now : times.nodesAt,
    servicesAt: services === 'all' ? now : times.servicesAt,
    sweptAt: tasks === 'all' ? now : times.sweptAt,
    motionAt: tasks === 'all' || tasksOf.size > 0 ? now : times.motionAt,
    storedAt: stored ? now : times.storedAt,
  }
}

/** Only a whole list makes a source fresh: a look at three tasks says nothing of the rest. */
function sourcesOf({ services, tasks, nodes, networks, stored }: Dirty): Source[] {
  return [
    ...(services === 'all' ? (['services'] as const) : []),
    ...(tasks === 'all' ? (['tasks'] as const) : []),
    ...(nodes ? (['nodes'] as const) : []),
    ...(networks ? (['networks'] as const) : []),
    ...(stored ? (['stored'] as const) : []),
  ]
}
