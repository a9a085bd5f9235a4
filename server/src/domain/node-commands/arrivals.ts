import type { NodePreview } from '@skep/shared/contract/node-preview'
import type { Check } from '@skep/shared/contract/preview'
import { info } from '../commands/check.ts'
import { eligibleNodes } from '../eligibility.ts'
import { type NodeFacts, nodeFacts } from '../node-facts.ts'
import { demandOf } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import { refusalSentence } from '../placement/refusal-sentence.ts'
import { type Site, siteOf } from '../placement/sites.ts'
import type { Node, Service } from '../state.ts'
import { dataOnMove } from '../statefulness/data-on-move.ts'
import { lastHome } from '../statefulness/last-home.ts'
import { isLive, isPerNode, isUpToDate, newestFirst } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { counted } from '../words.ts'
import { succession } from './attempts.ts'
import { type Group, groupOn, type Share, shareOn } from './competition.ts'
import type { Situation } from './facts.ts'
import { hasTaskOfRun, mayEndElsewhere } from './global-jobs.ts'
import type { Leaving } from './leaving.ts'
import { arrivalRisks, services } from './risks.ts'
import { volumeDoubt } from './volume-doubt.ts'
import { waitingHere } from './waiting.ts'

type Arrivals = {
  readonly gains: NodePreview['gains']
  readonly checks: readonly Check[]
}

/**
 * What can run once the node looks like `after`, and could not before; with what that puts
 * at risk, and what is asked for here then and finds no room.
 * @param leaving the tasks that it loses, which make room
 */
export function arrivals(
  on: Situation,
  after: Node,
  leaving: readonly Leaving[] = [],
): Arrivals {
  const nodes = new Map(on.state.nodes).set(after.id, after)
  const gone = new Set(leaving.map(({ task }) => task.id))
  const anew = new Set(
    leaving.flatMap(({ task, reason }) => (reason === 'outdated' ? task.id : [])),
  )
  const site = siteOf(on.state, after, gone)
  const then = nodeFacts(nodes)
  const coming = [...on.state.services.values()]
    .flatMap((service) => arrival(on, service, { site, then, anew }) ?? [])
    .sort((a, b) => (a.service.name < b.service.name ? -1 : 1))
  const replaced = replacements(on, leaving, site)
  const gains: NodePreview['gains'] = []
  const checks: Check[] = []
  for (const one of coming) {
    const rivals = [...coming.filter((other) => other !== one), ...replaced].filter(
      (rival) => !goesAfter(rival.service, one),
    )
    const others = rivals.map(({ group }) => group)
    const share = shareOn(site, one.group, others)
    const doubt = jobDoubt(one) ?? volumeDoubt(on, one.group, others, 'among them')
    if (share.atBest > 0) gains.push(gain(on, one, share, doubt))
    else checks.push(asksInVain(one, site))
  }
  return { gains, checks: [...arrivalRisks(gains), ...checks] }
}

/** Tasks of a service that look for a place here, all of them the same. */
type Arrival = {
  readonly service: Service
  readonly group: Group
  /** Whether the tasks are there already and wait, or are made for this node only then. */
  readonly waits: boolean
}

/** The node as it is then. */
type Then = {
  readonly site: Site
  readonly then: NodeFacts
  /** Ids of the tasks that are made anew here, and are told of with those that leave. */
  readonly anew: ReadonlySet<string>
}

function arrival(
  on: Situation,
  service: Service,
  { site, then, anew }: Then,
): Arrival | null {
  const waiting = waitingHere(on, service, anew)
  const demand = demandOf(service, on.state)
  const refusal = firstRefusal(demand, site)
  const candidates = refusal === null ? [site] : []
  if (waiting > 0) {
    const isNews = refusal === null && firstRefusal(demand, on.here) !== null
    return isNews
      ? { service, waits: true, group: { demand, count: waiting, candidates } }
      : null
  }
  return startsHere(on, service, then)
    ? { service, waits: false, group: { demand, count: 1, candidates } }
    : null
}

/**
 * A job is not told of a change of a node. It asks for a task wherever it has none of its run
 * whenever one of its tasks ends, on a node that it could not have when it began too.
 * @see moby/swarmkit manager/orchestrator/global/global.go, reconcileOneNode;
 * manager/orchestrator/jobs/global/reconciler.go, ReconcileService
 */
function startsHere(on: Situation, service: Service, then: NodeFacts): boolean {
  if (!isPerNode(service.mode)) return false
  if (service.mode.kind === 'global-job') {
    if (hasTaskOfRun(on, service) || !mayEndElsewhere(on, service)) return false
  }
  const tasks = tasksOfService(on.state, service.id)
  const holding = new Set(
    [...tasks.values()].flatMap((task) => (isLive(task) && task.nodeId ? task.nodeId : [])),
  )
  if (holding.has(on.node.id)) return false
  const isAsked = (facts: NodeFacts) =>
    eligibleNodes(service, facts, holding).some(({ id }) => id === on.node.id)
  if (isAsked(on.nodes) || !isAsked(then)) return false
  if (service.mode.kind === 'global-job') return true
  const [last] = [...on.tasks.values()]
    .filter(({ serviceId }) => serviceId === service.id)
    .sort(newestFirst)
  // One that its policy keeps away is made anew all the same if it is not of today's spec.
  return (
    !last ||
    !isUpToDate(last, service.image) ||
    succession(last, { service, tasks }).replaced
  )
}

/** The successors of tasks that leave for want of room, or of their spec, may come here too. */
function replacements(
  on: Situation,
  leaving: readonly Leaving[],
  site: Site,
): readonly Pick<Arrival, 'service' | 'group'>[] {
  const pushed = leaving.filter(({ reason }) => reason === 'room' || reason === 'outdated')
  return [...Map.groupBy(pushed, ({ task }) => task.serviceId)].flatMap(
    ([id, { length }]) => {
      const service = on.state.services.get(id)
      const group = service && groupOn(site, demandOf(service, on.state), length)
      return group ? { service, group } : []
    },
  )
}

/**
 * Tasks that wait on their node already are placed before those that look for one. One that is
 * made for it only then goes through the allocator first, and what waits may be tried meanwhile.
 * @see moby/swarmkit manager/scheduler/scheduler.go, Run: processPreassignedTasks, tick
 */
const goesAfter = (one: Service, { service, waits }: Arrival): boolean =>
  waits && isPerNode(service.mode) && !isPerNode(one.mode)

/** Whether a job comes here hangs on when its other tasks end. */
const jobDoubt = ({ service, waits }: Arrival): string | null =>
  service.mode.kind === 'global-job' && !waits
    ? 'The swarm looks for nodes without one only when another task of the job ends.'
    : null

function gain(
  on: Situation,
  { service, waits }: Arrival,
  { atBest: tasks, atWorst }: Share,
  doubt: string | null,
): NodePreview['gains'][number] {
  const sure = doubt === null ? atWorst : 0
  const { data, why } =
    isPerNode(service.mode) || !waits
      ? ({ data: 'none', why: null } as const)
      : dataOfArrival(on, service)
  const unsure = doubt ?? sureWords(tasks, sure)
  const sentence = [gainWords(service, waits, tasks), unsure, why]
  return {
    service: service.name,
    tasks,
    sure,
    data,
    sentence: sentence.filter(Boolean).join(' '),
  }
}

function gainWords({ name, mode }: Service, waits: boolean, tasks: number): string {
  if (!waits) {
    const may = mode.kind === 'global-job' ? 'may start' : 'starts'
    return `${name} runs one task on every node like this: it ${may} here.`
  }
  if (isPerNode(mode)) return `${name} has a task here that waits: it can run.`
  return `${counted(tasks, 'task')} of ${name} that ${tasks === 1 ? 'waits' : 'wait'} can run here.`
}

function sureWords(tasks: number, sure: number): string | null {
  if (sure >= tasks) return null
  const share = sure === 0 ? 'none is sure of it' : `${sure} of ${tasks} are sure of it`
  return `Others wait for the same room: ${tasks === 1 ? 'it may go to them' : share}.`
}

/** A task that a node asks for and does not take stands there as pending. */
const asksInVain = ({ service, group: { demand } }: Arrival, site: Site): Check => {
  const filter = firstRefusal(demand, site)
  const why = filter === null ? 'there is no room' : refusalSentence(filter, demand, site)
  return info(
    `waits-here-${service.name}`,
    `${service.name} asks for a task here too, which waits: ${why}.`,
    services([service.name]),
  )
}

/** What a task that waits finds here of the data that its predecessor had. */
function dataOfArrival(on: Situation, service: Service) {
  const tasks = tasksOfService(on.state, service.id)
  const stays = on.residency.get(service.id) ?? []
  const from = lastHome(stays, tasks)
  // One that never ran anywhere begins with nothing, as is meant.
  if (from === null) return { data: 'none', why: null } as const
  const candidates = from === on.node.id ? [] : [on.node.id]
  const { nodes, now } = on
  return dataOnMove(service, { nodes, tasks, stays, now, from, candidates })
}
