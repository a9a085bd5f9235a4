import type { AffectedTask } from '@skep/shared/contract/node-preview'
import { type Demand, demandOf, withoutRoom } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import { type Site, siteOf } from '../placement/sites.ts'
import { likely } from '../placement/spread.ts'
import { released, unused } from '../placement/volumes-in-use.ts'
import type { Service, Task } from '../state.ts'
import { dataOnMove } from '../statefulness/data-on-move.ts'
import { tasksOfService } from '../tasks-of.ts'
import { counted } from '../words.ts'
import { type Group, type Share, shares } from './competition.ts'
import { elsewhereOf, nameIn, type Situation } from './facts.ts'
import { nodeDoubt } from './node-doubt.ts'
import { type Reception, receptions } from './reception.ts'
import { attempts, specDoubt } from './spec-doubt.ts'
import { volumeDoubt } from './volume-doubt.ts'

/** What a task that leaves this node finds elsewhere. */
export type Elsewhere = Pick<
  AffectedTask,
  'outcome' | 'candidates' | 'blockedBy' | 'data' | 'dataWhy' | 'why'
>

type Exodus = {
  /** The tasks of each service that need another node. */
  readonly leaving: ReadonlyMap<Service, readonly Task[]>
  /** Ids of the tasks that have ended by the time their replacements are placed. */
  readonly ended: ReadonlySet<string>
  /** This node without those that leave: it may be theirs again; null: it is gone. */
  readonly left: Site | null
}

/**
 * Where the replacement of each task goes, by id of the task. They follow the service's spec
 * of today, not the one that their predecessors were made from.
 */
export function elsewhere(
  on: Situation,
  { leaving, ended, left }: Exodus,
): ReadonlyMap<string, Elsewhere> {
  const volumes = released(on.here.volumes, ended)
  const others = elsewhereOf(on)
  const sites =
    volumes === on.here.volumes ? others : others.map((site) => ({ ...site, volumes }))
  const receptionOf = receptions(on, sites)
  const placed = [...leaving].map(([service, tasks]) => {
    const demand = demandOf(service, on.state)
    const reception = receptionOf(demand)
    const { candidates } = reception
    const group = { demand, count: tasks.length, candidates }
    return { service, tasks, reception, group }
  })
  const groups = placed.map(({ group }) => group)
  const found = shares(groups)
  return new Map(
    placed.flatMap((one, i) => {
      const ofTask = ofService(on, one, found[i] ?? none, { sites, groups, left })
      return one.tasks.map((task) => [task.id, ofTask(task)] as const)
    }),
  )
}

const none: Share = { atBest: 0, atWorst: 0 }

type Placed = {
  readonly service: Service
  readonly tasks: readonly Task[]
  readonly group: Group
  readonly reception: Reception
}

type Around = {
  readonly sites: readonly Site[]
  /** All that need another node at the same time. */
  readonly groups: readonly Group[]
  readonly left: Site | null
}

function ofService(
  on: Situation,
  { service, tasks, group, reception }: Placed,
  { atBest, atWorst }: Share,
  { sites, groups, left }: Around,
): (task: Task) => Elsewhere {
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
  const spec = specDoubt(on, service, tasks)
  const isBad = spec?.outcome === 'fails'
  if (candidates.length === 0) {
    const why = `No other node takes it: ${blockedBy ?? 'there is none'}.`
    const { data, why: dataWhy } = left
      ? dataOfWaiting(on, group.demand, sites, dataAt)
      : dataAt(sites)
    const found = { candidates: names, blockedBy, data, dataWhy }
    return isBad && isHeldByAttempts(on, service, group.demand, sites)
      ? () => ({ ...found, outcome: 'fails', why: `${spec.why} ${attemptsWords}` })
      : () => ({ ...found, outcome: 'waits', why })
  }
  const { data, why: dataWhy } = dataAt(candidates)
  const found = { candidates: names, blockedBy, data, dataWhy }
  if (isBad) return () => ({ ...found, ...spec })
  const badNodes = nodeDoubt(on, service, group, groups)
  const usual = spec ?? ofGroup()
  return (task) => {
    const bad = badNodes(task)
    return bad === null ? { ...found, ...usual } : { ...found, outcome: 'fails', why: bad }
  }

  function ofGroup(): Pick<Elsewhere, 'outcome' | 'why'> {
    const doubt = volumeDoubt(on, group, groups, 'apart')
    if (doubt !== null) return { outcome: 'may-wait', why: doubt }
    if (atWorst < count) {
      return { outcome: 'may-wait', why: competes(count, atBest, atWorst) }
    }
    // Without preferences there are no branches for those that refuse it to weigh in.
    const weighed = service.spec.preferences.length > 0 ? sites : candidates
    const first = likeliest(on, service, group, left ? [...weighed, left] : weighed)
    return { outcome: 'moves', why: movesWords(names, first) }
  }
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

const attemptsWords =
  'Other attempts at it have the room on other nodes: it waits for them, or fails as they do.'

/**
 * Whether nothing but other attempts at the same spec stand in its way, each until it fails:
 * who of them has the room next is chance, and it runs for none.
 */
function isHeldByAttempts(
  on: Situation,
  service: Service,
  demand: Demand,
  sites: readonly Site[],
): boolean {
  const tried = attempts(on, service)
  return (
    tried.size > 0 &&
    sites.some(({ node }) => firstRefusal(demand, siteOf(on.state, node, tried)) === null)
  )
}

/** Of more nodes than this, which one is likeliest says little. */
const fewNodes = 12

/** @param sites with those that refuse it: they weigh in the choice of a branch */
function likeliest(
  { names }: Situation,
  { spec }: Service,
  { demand, candidates }: Group,
  sites: readonly Site[],
): string | null {
  if (candidates.length > fewNodes) return null
  const [first] = likely(demand, spec.preferences, sites)
  // This node may take it too, if all it lacked was room.
  const isCandidate = candidates.some(({ node }) => node.id === first)
  return first !== undefined && isCandidate ? nameIn(names, first) : null
}

function competes(count: number, atBest: number, atWorst: number): string {
  if (atBest < count) {
    return `There is room for ${atBest} of the ${counted(count, 'task')} of this service.`
  }
  const sure =
    atWorst === 0 ? 'none is sure of it' : `${atWorst} of ${count} are sure of it`
  return `Others compete for the last room: ${sure}.`
}
