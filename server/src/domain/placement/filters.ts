import {
  type FilterId,
  type FilterVerdict,
  filterIds,
} from '@skep/shared/contract/placement'
import { matchesAll } from '../constraints.ts'
import type { Demand } from './demand.ts'
import { hasPlugin } from './plugins.ts'
import { refusalSentence } from './refusal-sentence.ts'
import { countOf, hasEnough, type Site } from './sites.ts'
import { volumeRoom, volumesFinding } from './volume-finding.ts'

type Filter = {
  /** Whether a task of this demand asks anything of the filter. */
  readonly asked: (demand: Demand) => boolean
  readonly passes: (demand: Demand, site: Site) => boolean
}

/**
 * The scheduler's filters.
 * @see moby/swarmkit manager/scheduler/filter.go
 */
const filters: Readonly<Record<FilterId, Filter>> = {
  ready: {
    asked: () => true,
    passes: (_, { node }) => node.state === 'ready' && node.availability === 'active',
  },
  resources: {
    asked: ({ reservations, generic }) =>
      reservations.nanoCpus > 0 ||
      reservations.memoryBytes > 0 ||
      Object.keys(generic).length > 0,
    passes: fitsResources,
  },
  plugins: {
    asked: ({ plugins }) => plugins.length > 0,
    passes: ({ plugins }, { node }) => plugins.every((plugin) => hasPlugin(node, plugin)),
  },
  constraints: {
    asked: ({ constraints }) => constraints.length > 0,
    passes: ({ constraints }, { node }) => matchesAll(constraints, node),
  },
  platform: {
    asked: ({ platforms }) => platforms.length > 0,
    passes: fitsPlatform,
  },
  'host-port': {
    asked: ({ hostPorts }) => hostPorts.length > 0,
    passes: ({ hostPorts }, { ports }) => !hostPorts.some((port) => ports.has(port)),
  },
  'max-replicas': {
    asked: ({ maxReplicas }) => maxReplicas !== null,
    passes: ({ maxReplicas, serviceId }, { counts }) =>
      (counts.get(serviceId) ?? 0) < (maxReplicas ?? Number.POSITIVE_INFINITY),
  },
  volumes: {
    asked: ({ clusterMounts }) => clusterMounts.length > 0,
    // Nobody is refused on suspicion: what is not sure is told apart, by `isSure`.
    passes: ({ clusterMounts }, site) =>
      volumesFinding(clusterMounts, site).answer !== 'refuses',
  },
}

/** The first filter that refuses a site: the one the scheduler counts the node under. */
export function firstRefusal(demand: Demand, site: Site): FilterId | null {
  for (const id of asked(demand)) if (!filters[id].passes(demand, site)) return id
  return null
}

/**
 * Whether it can be told for certain what the filters say of a site. Where it cannot, that is
 * for its cluster volumes.
 */
export const isSure = (demand: Demand, site: Site): boolean =>
  demand.clusterMounts.length === 0 ||
  volumesFinding(demand.clusterMounts, site).answer !== 'cannot-tell'

const askedBy = new WeakMap<Demand, readonly FilterId[]>()

/** The filters that a demand concerns; asked of every node, so found once. */
function asked(demand: Demand): readonly FilterId[] {
  const known = askedBy.get(demand)
  if (known) return known
  const found = filterIds.filter((id) => filters[id].asked(demand))
  askedBy.set(demand, found)
  return found
}

/** What every filter says of a site, in the scheduler's order, after a refusal too. */
export const verdicts = (demand: Demand, site: Site): FilterVerdict[] =>
  filterIds.map((filter) => {
    const { asked, passes } = filters[filter]
    if (!asked(demand)) return { filter, verdict: 'not-asked', sentence: null }
    if (filter === 'volumes' && !isSure(demand, site)) {
      const sentence = refusalSentence(filter, demand, site)
      return { filter, verdict: 'cannot-tell', sentence }
    }
    return passes(demand, site)
      ? { filter, verdict: 'passes', sentence: null }
      : { filter, verdict: 'refuses', sentence: refusalSentence(filter, demand, site) }
  })

/** How many more tasks of this demand fit on a site; infinite where nothing limits them. */
export const roomFor = (demand: Demand, site: Site): number =>
  firstRefusal(demand, site) === null ? roomOn(demand, site) : 0

/** The same, for a site that is known to take one. */
export function roomOn(demand: Demand, site: Site): number {
  const { reservations, maxReplicas, serviceId } = demand
  const left = maxReplicas === null ? null : maxReplicas - (site.counts.get(serviceId) ?? 0)
  return Math.min(
    times(site.free.nanoCpus, reservations.nanoCpus),
    times(site.free.memoryBytes, reservations.memoryBytes),
    ...Object.entries(demand.generic).map(([kind, need]) =>
      times(countOf(site.free.generic, kind), need),
    ),
    demand.hostPorts.length > 0 ? 1 : Number.POSITIVE_INFINITY,
    left ?? Number.POSITIVE_INFINITY,
    volumeRoom(demand.clusterMounts, [site]),
  )
}

/**
 * How many more tasks of this demand fit on these sites together: a cluster volume that one
 * task has is one less for every node.
 */
export function roomForAll(demand: Demand, sites: readonly Site[]): number {
  const open = sites.filter((site) => firstRefusal(demand, site) === null)
  const sum = open.reduce((all, site) => all + roomOn(demand, site), 0)
  return Math.min(sum, volumeRoom(demand.clusterMounts, open))
}

const times = (free: number, need: number): number =>
  need > 0 ? Math.floor(free / need) : Number.POSITIVE_INFINITY

/** Where anything is reserved, all is compared: a node that is short of CPU takes no memory. */
function fitsResources({ reservations, generic }: Demand, site: Site): boolean {
  return (
    reservations.nanoCpus <= site.free.nanoCpus &&
    reservations.memoryBytes <= site.free.memoryBytes &&
    Object.entries(generic).every(([kind, need]) => hasEnough(site, kind, need))
  )
}

/** The names of architectures that are treated alike here; constraints do not. */
const alike: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['aarch64', 'arm64'],
])
const plain = (name: string): string => alike.get(name) ?? name

function fitsPlatform({ platforms }: Demand, { node }: Site): boolean {
  return platforms.some(
    ({ os, architecture }) =>
      (os === '' || os === node.os) &&
      (architecture === '' || plain(architecture) === plain(node.architecture)),
  )
}
