import type { Demand } from '../placement/demand.ts'
import { firstRefusal, roomFor, roomOn } from '../placement/filters.ts'
import { countOf, type Site, withTask } from '../placement/sites.ts'

/** Tasks of one service that need another node, and the nodes that would take them now. */
export type Group = {
  readonly demand: Demand
  readonly count: number
  readonly candidates: readonly Site[]
}

/** So many that look for room on this one node; null where it takes none of them. */
export const groupOn = (site: Site, demand: Demand, count: number): Group | null =>
  firstRefusal(demand, site) === null ? { demand, count, candidates: [site] } : null

/** How many of a group find a node: whoever comes first, and if all others come first. */
export type Share = { readonly atBest: number; readonly atWorst: number }

/** Beyond this much work the worst case is not reckoned out; too little is assumed. */
const mostWork = 1_000_000

/**
 * What each group is sure of, by its place in the list. Services that compete for the last
 * room are placed in no particular order, so only what the others cannot take away is sure.
 * The others are taken for one crowd of equals, each as greedy as the greediest, that places
 * itself where it does most harm: the true worst case is no worse than that.
 * @see moby/swarmkit manager/scheduler/scheduler.go, tick: groups come out of a map
 */
export function shares(groups: readonly Group[]): Share[] {
  if (groups.length === 0) return []
  const everyone = { crowd: crowdOf(groups), size: sizeOf(groups) }
  return groups.map((group) => share(group, groups, everyone))
}

/** What one group is sure of while these others look for room too. */
export function shareOf(group: Group, others: readonly Group[]): Share {
  const all = [group, ...others]
  return share(group, all, { crowd: crowdOf(all), size: sizeOf(all) })
}

/**
 * The same where there is one node for all of them: there it is sure of what is left once each
 * of the others has taken as much as it could alone, which they cannot all do at once.
 */
export function shareOn(site: Site, group: Group, others: readonly Group[]): Share {
  const { atBest, atWorst } = shareOf(group, others)
  if (atWorst >= atBest) return { atBest, atWorst }
  const left = others
    .filter((other) => wantsTheSame(other.demand, group.demand))
    .reduce((now, { demand, count }) => {
      const most = Math.min(count, roomFor(demand, site))
      let taken = now
      for (let i = 0; i < most; i += 1) taken = withTask(taken, demand)
      return taken
    }, site)
  return {
    atBest,
    atWorst: Math.max(atWorst, Math.min(atBest, roomFor(group.demand, left))),
  }
}

type Crowd = { readonly crowd: Demand; readonly size: number }

function share(group: Group, all: readonly Group[], everyone: Crowd): Share {
  const { count, demand, candidates } = group
  // Most clusters have room for much more than is asked: seen from a few nodes already.
  const ample = count + harm(demand, everyone)
  const room = roomUpTo(group, ample)
  const atBest = Math.min(count, room)
  if (atBest === 0 || room >= ample) return { atBest, atWorst: atBest }
  const mine = new Set(candidates)
  const rivals = all.filter(
    (other) =>
      other !== group &&
      wantsTheSame(other.demand, demand) &&
      other.candidates.some((site) => mine.has(site)),
  )
  if (rivals.length === 0) return { atBest, atWorst: atBest }
  const crowd = crowdOf(rivals)
  const size = sizeOf(rivals)
  const enough = count + harm(demand, { crowd, size })
  if (roomUpTo(group, enough) >= enough) return { atBest, atWorst: atBest }
  if (candidates.length * size * size > mostWork) return { atBest, atWorst: 0 }
  const left = candidates.map((site) => roomsLeft(demand, site, crowd, size, count))
  return { atBest, atWorst: Math.min(count, worstSplit(left, size)) }
}

/** The room on all nodes together; no further than `enough`. */
function roomUpTo({ demand, candidates }: Group, enough: number): number {
  let room = 0
  for (const site of candidates) {
    if (room >= enough) return room
    room += roomOn(demand, site)
  }
  return room
}

const sizeOf = (groups: readonly Group[]): number =>
  groups.reduce((sum, { count }) => sum + count, 0)

/** The most room that a crowd can take from a demand, wherever it goes; rather too much. */
function harm(demand: Demand, { crowd, size }: Crowd): number {
  const ratios = Object.entries(demand.generic).map(([kind, need]) =>
    ratio(countOf(crowd.generic, kind), need),
  )
  const worst = Math.max(
    ratio(crowd.reservations.nanoCpus, demand.reservations.nanoCpus),
    ratio(crowd.reservations.memoryBytes, demand.reservations.memoryBytes),
    demand.hostPorts.some((port) => crowd.hostPorts.includes(port)) ? 1 : 0,
    ...ratios,
  )
  return worst * size
}

/** How many tasks that need this much lose their place to one that takes so much. */
const ratio = (taken: number, need: number): number =>
  need > 0 ? Math.ceil(taken / need) : 0

/** Whether the one asks for what the other asks for. */
const wantsTheSame = (a: Demand, b: Demand): boolean =>
  (a.reservations.nanoCpus > 0 && b.reservations.nanoCpus > 0) ||
  (a.reservations.memoryBytes > 0 && b.reservations.memoryBytes > 0) ||
  Object.keys(a.generic).some((kind) => Object.hasOwn(b.generic, kind)) ||
  a.hostPorts.some((port) => b.hostPorts.includes(port))

/** What each of the crowd takes: the most that any of them asks for. */
function crowdOf(rivals: readonly Group[]): Demand {
  const demands = rivals.map(({ demand }) => demand)
  const kinds = demands.flatMap(({ generic }) => Object.keys(generic))
  return {
    // A crowd has a service of its own: it fills nobody's places per node.
    serviceId: '',
    constraints: [],
    platforms: [],
    plugins: [],
    clusterMounts: [],
    maxReplicas: null,
    reservations: {
      nanoCpus: Math.max(...demands.map(({ reservations }) => reservations.nanoCpus)),
      memoryBytes: Math.max(...demands.map(({ reservations }) => reservations.memoryBytes)),
    },
    generic: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        Math.max(...demands.map(({ generic }) => countOf(generic, kind))),
      ]),
    ),
    hostPorts: [...new Set(demands.flatMap(({ hostPorts }) => hostPorts))],
  }
}

/** The room that is left here after 0, 1, 2, ... of the crowd have come. */
function roomsLeft(
  demand: Demand,
  site: Site,
  crowd: Demand,
  size: number,
  enough: number,
): readonly number[] {
  const rooms = [Math.min(enough, roomFor(demand, site))]
  let now = site
  for (let k = 1; k <= size; k += 1) {
    // The greediest may not fit where a lesser one does: then nothing is left to count on.
    const fits = firstRefusal(crowd, now) === null
    now = fits ? withTask(now, crowd) : now
    rooms.push(fits ? Math.min(enough, roomFor(demand, now)) : 0)
    if (rooms[k] === 0) break
  }
  return rooms
}

/** The least room in all, over every way to spread the crowd over the nodes. */
function worstSplit(left: readonly (readonly number[])[], size: number): number {
  // least[k]: with k of the crowd on the nodes seen so far.
  let least = new Array<number>(size + 1).fill(0)
  for (const rooms of left) {
    least = least.map((_, k) => {
      let worst = Number.POSITIVE_INFINITY
      for (let here = 0; here <= k; here += 1) {
        const room = rooms[Math.min(here, rooms.length - 1)] ?? 0
        worst = Math.min(worst, (least[k - here] ?? 0) + room)
      }
      return worst
    })
  }
  return least[size] ?? 0
}
