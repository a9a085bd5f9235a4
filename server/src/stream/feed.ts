import type { Transition } from '@skep/shared/contract/attention'
import { type Cluster, recentLimit } from '@skep/shared/contract/cluster'
import type { Freshness } from '@skep/shared/contract/freshness'
import type { Operation } from '@skep/shared/contract/operation'
import type { Patch } from '@skep/shared/contract/patch'
import { patchBetween } from '@skep/shared/contract/patch-between'
import { instant, instantOrNull } from '../domain/instant.ts'
import { createProjector, type Projection, type View } from '../domain/projection.ts'
import type { Residency } from '../domain/residency.ts'
import type { RotationRecord } from '../domain/rotation-record.ts'
import { type News, transitions } from '../domain/transitions.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror, ReadTimes } from '../mirror/mirror.ts'

/**
 * What browsers are told: one snapshot, and the patches that lead to it. Sequence numbers
 * count patches within an epoch, which is one run of this server; a quiet swarm makes none.
 */
export type Feed = {
  snapshot(): Cluster
  freshness(): Freshness
  /**
   * The patches after this point, oldest first, or null when they are no longer kept or
   * the point is of another epoch: then only a snapshot will do.
   */
  since(epoch: string, seq: number): Patch[] | null
  /** Calls back for each patch, until the returned function is called. */
  subscribe(listener: (patch: Patch) => void): () => void
  stop(): void
}

/** Patches kept for readers that come back: minutes of a busy swarm, at a KiB or so each. */
const keptPatches = 500

type Log = { error(details: object, message: string): void }

type FeedOptions = {
  /** Names this run of the server. */
  epoch: string
  /** Asks older tabs to reload. */
  version: string
  readOnly: boolean
  operations: OperationsView
  residency: ResidencyView
  rotations: RotationsView
  /** Told of what was seen to happen, oldest first, as it joins the snapshot. */
  onNews: (news: readonly News[]) => void
  log: Log
}

/** The commands that are being tracked; another object whenever one of them changed. */
type OperationsView = {
  all(): Readonly<Record<string, Operation>>
  onChange(listener: () => void): () => void
}

/** Where volumes are and were; another object whenever that changed. */
type ResidencyView = {
  current(): Residency
  onChange(listener: () => void): () => void
}

/** The rotations that have not ended. */
type RotationsView = {
  open(): readonly RotationRecord[]
  onChange(listener: () => void): () => void
}

export function createFeed(mirror: Mirror, options: FeedOptions): Feed {
  const { epoch, version, readOnly, operations, residency, rotations, onNews, log } =
    options
  const projector = createProjector()
  const listeners = new Set<(patch: Patch) => void>()
  const kept: Patch[] = []
  let wake: NodeJS.Timeout | undefined
  let lastId = 0

  const projection = (now: number) =>
    projector.project(mirror.state(), now, residency.current(), rotations.open())
  const first = projection(clock.now())
  let cluster: Cluster = {
    epoch,
    seq: 0,
    version,
    freshness: freshnessOf(mirror.times()),
    recent: [],
    readOnly,
    operations: operations.all(),
    ...entities(first),
  }

  // What cannot be judged is not shown, and must not look fresh: the age told is that of
  // the last state that could be.
  let judged = mirror.times()
  const lookIfAble = () => {
    try {
      look()
      judged = mirror.times()
    } catch (error) {
      log.error({ err: error }, 'a state of the swarm could not be judged')
    }
  }

  function look() {
    const now = clock.ofManagers(mirror.state())
    const view = projection(now)
    const next: Cluster = {
      ...cluster,
      ...entities(view),
      operations: operations.all(),
      freshness: freshnessOf(mirror.times()),
    }
    const after = { ...next, recent: withNews(cluster, next) }
    const patch = patchBetween(cluster, after)
    if (patch) publish(patch, { ...after, seq: patch.seq })
    clearTimeout(wake)
    if (view.wakeAt !== null) {
      wake = setTimeout(lookIfAble, clock.wait(view.wakeAt - now)).unref()
    }
  }

  function publish(patch: Patch, after: Cluster) {
    cluster = after
    kept.push(patch)
    if (kept.length > keptPatches) kept.shift()
    for (const listener of listeners) listener(patch)
  }

  /** The first look is no news of the swarm: nothing was seen to change, or to stay. */
  function withNews(before: Cluster, after: Cluster): Transition[] {
    const at = instant(clock.now())
    const first = before.freshness.contactAt === null
    // What it tells of itself before it has seen the swarm is not yet watching.
    if (after.freshness.contactAt === null) return before.recent
    const news = first ? [beginning(at)] : transitions(before, after, at)
    if (news.length === 0) return before.recent
    onNews(news)
    const numbered = news.map((transition, i) => ({ ...transition, id: lastId + 1 + i }))
    lastId += news.length
    return [...numbered.reverse(), ...before.recent].slice(0, recentLimit)
  }

  const sources = [mirror, operations, residency, rotations]
  const unfollow = sources.map((one) => one.onChange(lookIfAble))
  return {
    snapshot: () => ({ ...cluster, freshness: freshnessOf(judged) }),
    freshness: () => freshnessOf(judged),
    since: (of, seq) => {
      if (of !== epoch || seq > cluster.seq) return null
      const missed = kept.filter((patch) => patch.seq > seq)
      return missed.length === cluster.seq - seq ? missed : null
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => {
      for (const stop of unfollow) stop()
      clearTimeout(wake)
    },
  }
}

/** Without it a short list of changes would claim that nothing else had happened. */
const beginning = (at: string): News => ({
  at,
  tone: 'neutral',
  subject: { kind: 'swarm', name: 'swarm' },
  sentence: 'The console began to watch',
})

/** The parts of a view that a snapshot carries. */
function entities({ wakeAt: _, ...view }: Projection): View {
  return view
}

function freshnessOf({ contactAt, readAt }: ReadTimes): Freshness {
  return {
    now: instant(Date.now()),
    ...(clock.speed() !== null && { swarmNow: instant(clock.now()) }),
    contactAt: instantOrNull(contactAt),
    readAt: {
      nodes: instantOrNull(readAt.nodes),
      services: instantOrNull(readAt.services),
      tasks: instantOrNull(readAt.tasks),
      networks: instantOrNull(readAt.networks),
      stored: instantOrNull(readAt.stored),
    },
  }
}
