import type { AffectedTask } from '@skep/shared/contract/node-preview'
import { type Demand, demandOf, withoutRoom } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import type { Site } from '../placement/sites.ts'
import { likely } from '../placement/spread.ts'
import { released, unused } from '../placement/volumes-in-use.ts'
import type { Service } from '../state.ts'
import { dataOnMove } from '../statefulness/data-on-move.ts'
import { isJob, isRunning, isUpToDate } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { isUpdatePaused } from '../update-status.ts'
import { counted } from '../words.ts'
import { type Group, type Share, shareOf, shares } from './competition.ts'
import { elsewhereOf, nameIn, type Situation } from './facts.ts'
import { hostPaths, pathsKnown } from './host-paths.ts'
import { type Reception, receptions } from './reception.ts'
import { volumeDoubt } from './volume-doubt.ts'

/** What the tasks of a service that leave this node find elsewhere: all of them the same. */
export type Elsewhere = Pick<
  AffectedTask,
  'outcome' | 'candidates' | 'blockedBy' | 'data' | 'dataWhy' | 'why'
>

type Exodus = {
  /** How many tasks of each service need another node. */
  readonly leaving: ReadonlyMap<Service, number>
  /** Ids of the tasks that have ended by the time their replacements are placed. */
  readonly ended: ReadonlySet<string>
  /** Whether this node may be theirs again, with the data that is on it. */
  readonly returns: boolean
}

/**
 * Where the replacements go, by id of the service. They follow the service's spec of today,
 * not the one that their predecessors were made from.
 */
export function elsewhere(
  on: Situation,
  { leaving, ended, returns }: Exodus,
): ReadonlyMap<string, Elsewhere> {
  const volumes = released(on.here.volumes, ended)
  const others = elsewhereOf(on)
  const sites =
    volumes === on.here.volumes ? others : others.map((site) => ({ ...site, volumes }))
  const receptionOf = receptions(on, sites)
  const placed = [...leaving].map(([service, count]) => {
    const demand = demandOf(service, on.state)
    const reception = receptionOf(demand)
    const { candidates } = reception
    return { service, reception, group: { demand, count, candidates } }
  })
  const groups = placed.map(({ group }) => group)
  const found = shares(groups)
  return new Map(
    placed.map((one, i) => [
      one.service.id,
      ofService(on, one, found[i] ?? none, { sites, groups, returns }),
    ]),
  )
}

const none: Share = { atBest: 0, atWorst: 0 }

type Placed = {
  readonly service: Service
  readonly group: Group
  readonly reception: Reception
}

type Around = {
  readonly sites: readonly Site[]
  /** All that need another node at the same time. */
  readonly groups: readonly Group[]
  readonly returns: boolean
}

function ofService(
  on: Situation,
  { service, group, reception }: Placed,
  { atBest, atWorst }: Share,
  { sites, groups, returns }: Around,
): Elsewhere {
  const { candidates, count } = group
  const { names, blockedBy } = reception
  const dataAt = (places: readonly Site[]) =>
    dataOnMove(service, {
      nodes: on.nodes,
      tasks: tasksOfService(on.state, service.id),
      stays: on.residency.get(service.id) ?? [],
      now: on.now,
      from: on.node.id,
      candidates: places.map(({ node }) => node.id),
    })
  if (candidates.length === 0) {
    const why = `No other node takes it: ${blockedBy ?? 'there is none'}.`
    const { data, why: dataWhy } = returns
      ? dataOfWaiting(on, group.demand, sites, dataAt)
      : dataAt(sites)
    return { candidates: names, blockedBy, data, dataWhy, outcome: 'waits', why }
  }
  const { data, why: dataWhy } = dataAt(candidates)
  const found = { candidates: names, blockedBy, data, dataWhy }
  const bad = runsNowhere(on, service, group, groups)
  if (bad !== null) return { ...found, outcome: 'fails', why: bad }
  const doubt = volumeDoubt(on, group, groups, 'apart')
  if (doubt !== null) return { ...found, outcome: 'may-wait', why: doubt }
  if (atWorst >= count) {
    return {
      ...found,
      outcome: 'moves',
      why: movesWords(names, likeliest(on, service, group)),
    }
  }
  return { ...found, outcome: 'may-wait', why: competes(count, atBest, atWorst) }
}

/**
 * One that waits is the same task, with its old data, once this node takes it again. But a
 * node that is only full, or takes nothing now, may take it first.
 */
function dataOfWaiting(
  { name, names }: Situation,
  demand: Demand,
  sites: readonly Site[],
  dataAt: (places: readonly Site[]) => ReturnType<typeof dataOnMove>,
): ReturnType<typeof dataOnMove> {
  const back = dataAt([])
  const anyRoom = withoutRoom(demand)
  const later = sites.filter((site) => {
    const node = { ...site.node, state: 'ready', availability: 'active' } as const
    const volumes = unused(site.volumes)
    return firstRefusal(anyRoom, { ...site, node, volumes }) === null
  })
  if (later.length === 0 || back.data !== 'keeps' || dataAt(later).data === 'keeps') {
    return back
  }
  const [first] = later
  const where =
    later.length === 1 && first
      ? nameIn(names, first.node.id)
      : `one of ${counted(later.length, 'other node')}`
  const why = `Its data is there when ${name} takes it again. If ${where} takes it first, it starts there without.`
  return { data: 'unknown', why }
}

function movesWords(candidates: readonly string[], likeliest: string | null): string {
  if (candidates.length === 1) return `Only ${candidates[0]} takes it.`
  const picks = `The swarm picks one of ${counted(candidates.length, 'node')}`
  return likeliest === null ? `${picks}.` : `${picks}, most likely ${likeliest}.`
}

/** Of more nodes than this, which one is likeliest says little. */
const fewNodes = 12

function likeliest(
  { names }: Situation,
  { spec }: Service,
  { demand, candidates }: Group,
): string | null {
  if (candidates.length > fewNodes) return null
  const [first] = likely(demand, spec.preferences, candidates)
  return first === undefined ? null : nameIn(names, first)
}

function competes(count: number, atBest: number, atWorst: number): string {
  if (atBest < count) {
    return `There is room for ${atBest} of the ${counted(count, 'task')} of this service.`
  }
  const sure =
    atWorst === 0 ? 'none is sure of it' : `${atWorst} of ${count} are sure of it`
  return `Others compete for the last room: ${sure}.`
}

/** Why a task that finds a node would not run there; null where nothing speaks against it. */
function runsNowhere(
  on: Situation,
  service: Service,
  group: Group,
  groups: readonly Group[],
): string | null {
  if (isUpdatePaused(service) && !hasProof(on, service)) {
    return 'The update is paused: its replacement is made from the spec that failed.'
  }
  const paths = hostPaths(service)
  if (paths.length === 0) return null
  const { candidates, count } = group
  const known = candidates.filter(({ node }) => pathsKnown(on, paths, node.id))
  if (known.length === candidates.length) return null
  const limited = service.spec.restart.maxAttempts > 0 || isJob(service.mode)
  const said = `It mounts ${paths.join(', ')} of its node`
  if (known.length === 0) return `${said}, which is not known to exist on any other node.`
  if (limited) {
    return `${said}, which is not known to exist on every node that could take it.`
  }
  // Without a limit each is tried until it comes to a node that has the path, if there is
  // room for it.
  const others = groups.filter((other) => other !== group)
  const { atWorst } = shareOf({ ...group, candidates: known }, others)
  if (atWorst >= count) return null
  const names = known.map(({ node }) => nameIn(on.names, node.id)).join(', ')
  return `${said}. Of the others only ${names} is known to have it, with room for ${atWorst} of ${counted(count, 'task')}.`
}

/**
 * Whether some task proves that the spec of today can run: one in a crash loop runs for a
 * moment too, so it must have held for the monitor window.
 */
const hasProof = (on: Situation, service: Service): boolean =>
  [...tasksOfService(on.state, service.id).values()].some(
    (task) =>
      isRunning(task, on.nodes) &&
      isUpToDate(task, service.image) &&
      on.now - task.since >= service.spec.update.monitorNs / 1e6,
  )
