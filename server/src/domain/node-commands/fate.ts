import type { AffectedTask } from '@skep/shared/contract/node-preview'
import type { FilterId } from '@skep/shared/contract/placement'
import { demandOf } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import { type Site, sitesOf } from '../placement/sites.ts'
import type { Service, Task } from '../state.ts'
import { dataOnMove } from '../statefulness/data-on-move.ts'
import { isJob, isRunning, isUpToDate } from '../task-life.ts'
import { counted } from '../words.ts'
import { succession } from './attempts.ts'
import { type Group, share } from './competition.ts'
import { nameIn, type Situation, tasksOf } from './facts.ts'
import { hostPaths, pathsKnown } from './host-paths.ts'

/** Why the tasks leave: a drain stops them, the others reject them or lose their node. */
export type Reason = 'drain' | 'evicted' | 'removed'

type Fate = Pick<
  AffectedTask,
  'outcome' | 'candidates' | 'blockedBy' | 'returns' | 'data' | 'dataWhy' | 'why'
>

/**
 * What becomes of the tasks that leave a node. A replacement follows the service's spec of
 * today, not the one that its predecessor was made from.
 */
export function fates(
  on: Situation,
  leaving: readonly Task[],
  reason: Reason,
): AffectedTask[] {
  const others = [...on.state.nodes.values()].filter(({ id }) => id !== on.node.id)
  const sites = sitesOf(on.state, others)
  const moving = leaving.flatMap((task) => {
    const service = on.state.services.get(task.serviceId)
    return service
      ? [{ task, service, first: beforePlacement(on, task, service, reason) }]
      : []
  })
  const groups = groupsOf(
    on,
    moving.filter(({ first }) => first === null),
    sites,
  )
  const shares = sharesOf(groups)
  return moving
    .map(({ task, service, first }) => {
      const placed = groups.get(service.id)
      const fate = first ?? (placed && placement(on, task, placed, shares)) ?? stays
      return { ...identity(on, task, service), ...fate }
    })
    .sort(byService)
}

const byService = (a: AffectedTask, b: AffectedTask): number =>
  compare(a.service, b.service) ||
  a.slot.localeCompare(b.slot, 'en', { numeric: true }) ||
  compare(a.task, b.task)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const identity = (
  { name }: Situation,
  task: Task,
  service: Service,
): Pick<AffectedTask, 'task' | 'slot' | 'service' | 'state'> => ({
  task: task.id,
  slot: task.slot === null ? name : String(task.slot),
  service: service.name,
  state: task.desired === 'ready' ? 'restart delay' : task.state,
})

const nowhere = { candidates: [], blockedBy: null, returns: null }
const noData = { data: 'none', dataWhy: null } as const

const stays: Fate = {
  ...nowhere,
  ...noData,
  outcome: 'stays',
  why: 'A drain does not stop the task of a job: it runs to its end.',
}

/** The fate of a task whose place nobody needs to look for; null for all others. */
function beforePlacement(
  on: Situation,
  task: Task,
  service: Service,
  reason: Reason,
): Fate | null {
  const { mode } = service
  if (isJob(mode) && reason === 'drain') return stays
  const tasks = tasksOf(on, service.id)
  const next = succession(task, { service, tasks, history: on.state.swarm.taskHistory })
  if (mode.kind === 'global' || mode.kind === 'global-job') {
    return { ...nowhere, ...noData, outcome: 'stops', ...globalWords(next, reason) }
  }
  if (next.replaced) return null
  const why = `No other task takes its place: ${next.why}.`
  return { ...nowhere, ...noData, outcome: 'not-replaced', why }
}

function globalWords(
  next: ReturnType<typeof succession>,
  reason: Reason,
): Pick<Fate, 'returns' | 'why'> {
  const one = 'One task per node: it stops, and none runs elsewhere for it.'
  switch (reason) {
    case 'drain':
      return next.replaced
        ? { returns: true, why: `${one} Activating the node brings it back.` }
        : {
            returns: false,
            why: `${one} Activating the node does not bring it back: ${next.why}.`,
          }
    case 'evicted':
      return { returns: null, why: `${one} It ends as rejected.` }
    case 'removed':
      return { returns: false, why: one }
  }
}

type Placed = {
  readonly service: Service
  readonly group: Group
  readonly refusals: readonly (FilterId | null)[]
}

function groupsOf(
  on: Situation,
  moving: readonly { readonly service: Service }[],
  sites: ReadonlyMap<string, Site>,
): ReadonlyMap<string, Placed> {
  const counts = new Map<Service, number>()
  for (const { service } of moving) counts.set(service, (counts.get(service) ?? 0) + 1)
  const all = [...sites.values()]
  return new Map(
    [...counts].map(([service, count]) => {
      const demand = demandOf(service, on.state)
      const refusals = all.map((site) => firstRefusal(demand, site))
      const candidates = all.filter((_, i) => refusals[i] === null)
      return [service.id, { service, refusals, group: { demand, count, candidates } }]
    }),
  )
}

type Shares = ReadonlyMap<Group, ReturnType<typeof share>>

function sharesOf(placed: ReadonlyMap<string, Placed>): Shares {
  const groups = [...placed.values()].map(({ group }) => group)
  return new Map(
    groups.map((group) => [
      group,
      share(
        group,
        groups.filter((other) => other !== group),
      ),
    ]),
  )
}

function placement(on: Situation, task: Task, placed: Placed, shares: Shares): Fate {
  const { service, group, refusals } = placed
  const { atBest, atWorst } = shares.get(group) ?? { atBest: 0, atWorst: 0 }
  const candidates = group.candidates
    .map(({ node }) => nameIn(on.names, node.id))
    .sort(compare)
  const blockedBy = refusedWords(refusals)
  const found = {
    candidates,
    blockedBy,
    returns: null,
    ...dataOnMove(service, {
      nodes: on.nodes,
      tasks: tasksOf(on, service.id),
      stays: on.residency.get(service.id) ?? [],
      now: on.now,
      from: on.node.id,
      candidates: group.candidates.map(({ node }) => node.id),
    }),
  }
  const fate = (
    { why: dataWhy, ...rest }: typeof found,
    outcome: Fate['outcome'],
    why: string,
  ) => ({
    ...rest,
    dataWhy,
    outcome,
    why,
  })
  if (candidates.length === 0) {
    // It is the same task, with its old data, once the node takes tasks again.
    const kept = { ...found, data: 'keeps', why: null } as const
    return fate(kept, 'waits', `No other node takes it: ${blockedBy ?? 'there is none'}.`)
  }
  const bad = runsNowhere(on, task, service, group.candidates)
  if (bad !== null) return fate(found, 'fails', bad)
  if (atWorst >= group.count) return fate(found, 'moves', movesWords(candidates))
  return fate(found, 'may-wait', competes(group.count, atBest, atWorst))
}

const movesWords = (candidates: readonly string[]): string =>
  candidates.length === 1
    ? `Only ${candidates[0]} takes it.`
    : `The swarm picks one of ${counted(candidates.length, 'node')}.`

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
  task: Task,
  service: Service,
  candidates: readonly Site[],
): string | null {
  const { update } = service
  const isPaused = update?.state === 'paused' || update?.state === 'rollback_paused'
  if (isPaused && !hasProof(on, service)) {
    return 'The update is paused: its replacement is made from the spec that failed.'
  }
  const paths = hostPaths(service)
  if (paths.length === 0) return null
  const known = candidates.filter(({ node }) => pathsKnown(on, paths, node.id))
  const limited = service.spec.restart.maxAttempts > 0 || isJob(service.mode)
  if (known.length === candidates.length) return null
  if (known.length > 0 && !limited && task.jobIteration === null) return null
  const where = known.length === 0 ? 'any other node' : 'every node that could take it'
  return `It mounts ${paths.join(', ')} of its node, which is not known to exist on ${where}.`
}

/** Whether some task proves that the spec of today can run. */
const hasProof = (on: Situation, service: Service): boolean =>
  [...tasksOf(on, service.id).values()].some(
    (task) => isRunning(task, on.nodes) && isUpToDate(task, service.image),
  )

const filterWords: Readonly<Record<FilterId, string>> = {
  ready: 'not available for new tasks',
  resources: 'too little left to reserve',
  plugins: 'a plugin is missing',
  constraints: 'its constraints are not met',
  platform: 'another platform',
  'host-port': 'its host port is taken',
  'max-replicas': 'its replicas per node are used up',
  volumes: 'its cluster volume is out of reach',
}

/** Which filters refuse how many of the other nodes; null where none does. */
export function refusedWords(refusals: readonly (FilterId | null)[]): string | null {
  const counts = new Map<FilterId, number>()
  for (const filter of refusals) {
    if (filter !== null) counts.set(filter, (counts.get(filter) ?? 0) + 1)
  }
  if (counts.size === 0) return null
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([filter, count]) => `${filterWords[filter]} on ${counted(count, 'node')}`)
    .join('; ')
}
