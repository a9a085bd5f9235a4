import type { Demand } from '../placement/demand.ts'
import { firstRefusal, roomFor } from '../placement/filters.ts'
import { type Site, withTask } from '../placement/sites.ts'

/** Tasks of one service that need another node, and the nodes that would take them now. */
export type Group = {
  readonly demand: Demand
  readonly count: number
  readonly candidates: readonly Site[]
}

/** How many of a group find a node: whoever comes first, and if all others come first. */
export type Share = { readonly atBest: number; readonly atWorst: number }

/** Beyond this much work the worst case is not reckoned out; too little is assumed. */
const mostWork = 2_000_000

/**
 * Services that compete for the last room are placed in no particular order, so only what
 * the others cannot take away is sure. They are taken for one crowd of equals, each as
 * greedy as the greediest, that places itself where it does most harm: the true worst case
 * is no worse than that.
 * @see moby/swarmkit manager/scheduler/scheduler.go, tick: groups come out of a map
 */
export function share(group: Group, others: readonly Group[]): Share {
  const { count, demand, candidates } = group
  const atBest = Math.min(count, total(candidates.map((site) => roomFor(demand, site))))
  const rivals = others.filter((other) => isRival(other, group))
  if (rivals.length === 0 || atBest === 0) return { atBest, atWorst: atBest }
  const crowd = crowdOf(rivals)
  const size = rivals.reduce((sum, rival) => sum + rival.count, 0)
  if (candidates.length * size * size > mostWork) return { atBest, atWorst: 0 }
  const left = candidates.map((site) => roomsLeft(demand, site, crowd, size, count))
  return { atBest, atWorst: Math.min(count, worstSplit(left, size)) }
}

const total = (rooms: readonly number[]): number =>
  rooms.reduce((sum, room) => sum + room, 0)

/** Whether the other may go where this group may, and asks for what this group asks for. */
const isRival = (other: Group, group: Group): boolean =>
  wantsTheSame(other.demand, group.demand) &&
  group.candidates.some((site) => other.candidates.includes(site))

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
    clusterVolumes: [],
    maxReplicas: null,
    reservations: {
      nanoCpus: Math.max(...demands.map(({ reservations }) => reservations.nanoCpus)),
      memoryBytes: Math.max(...demands.map(({ reservations }) => reservations.memoryBytes)),
    },
    generic: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        Math.max(...demands.map(({ generic }) => generic[kind] ?? 0)),
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
