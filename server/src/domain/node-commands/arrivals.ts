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
import { type Group, type Share, shareOf } from './competition.ts'
import type { Situation } from './facts.ts'
import type { Leaving } from './leaving.ts'
import { arrivalRisks, services } from './risks.ts'
import { volumeDoubt } from './volume-doubt.ts'

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
  const site = siteOf(on.state, after, gone)
  const then = nodeFacts(nodes)
  const coming = [...on.state.services.values()]
    .flatMap((service) => arrival(on, service, site, then) ?? [])
    .sort((a, b) => (a.service.name < b.service.name ? -1 : 1))
  const replaced = replacements(on, leaving, site)
  const gains: NodePreview['gains'] = []
  const checks: Check[] = []
  for (const one of coming) {
    const rivals = [...coming.filter((other) => other !== one), ...replaced].filter(
      (rival) => !goesAfter(rival.service, one.service),
    )
    const others = rivals.map(({ group }) => group)
    const share = shareOf(one.group, others)
    const doubt = volumeDoubt(on, one.group, others, 'among them')
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

function arrival(
  on: Situation,
  service: Service,
  site: Site,
  then: NodeFacts,
): Arrival | null {
  const waiting = waitingHere(on, service)
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

/** How many tasks wait for a node, or for room on this very one. */
function waitingHere(on: Situation, service: Service): number {
  const place = isPerNode(service.mode) ? on.node.id : null
  return [...tasksOfService(on.state, service.id).values()].filter(
    (task) => isLive(task) && task.state === 'pending' && task.nodeId === place,
  ).length
}

/**
 * A job that was begun has its nodes: another one is no longer asked.
 * @see moby/swarmkit manager/orchestrator/global/global.go, reconcileOneNode
 */
function startsHere(on: Situation, service: Service, then: NodeFacts): boolean {
  if (service.mode.kind !== 'global') return false
  const tasks = tasksOfService(on.state, service.id)
  const holding = new Set(
    [...tasks.values()].flatMap((task) => (isLive(task) && task.nodeId ? task.nodeId : [])),
  )
  if (holding.has(on.node.id)) return false
  const isAsked = (facts: NodeFacts) =>
    eligibleNodes(service, facts, holding).some(({ id }) => id === on.node.id)
  if (isAsked(on.nodes) || !isAsked(then)) return false
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

/** The successors of tasks that leave for want of room: this node may take those too. */
function replacements(
  on: Situation,
  leaving: readonly Leaving[],
  site: Site,
): readonly Pick<Arrival, 'service' | 'group'>[] {
  const pushed = leaving.filter(({ reason }) => reason === 'room')
  return [...Map.groupBy(pushed, ({ task }) => task.serviceId)].flatMap(
    ([id, { length }]) => {
      const service = on.state.services.get(id)
      if (!service) return []
      const demand = demandOf(service, on.state)
      if (firstRefusal(demand, site) !== null) return []
      return { service, group: { demand, count: length, candidates: [site] } }
    },
  )
}

/**
 * Tasks that have their node already are placed before those that look for one.
 * @see moby/swarmkit manager/scheduler/scheduler.go, processPreassignedTasks
 */
const goesAfter = (one: Service, other: Service): boolean =>
  isPerNode(other.mode) && !isPerNode(one.mode)

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
  if (!waits) return `${name} runs one task on every node like this: it starts here.`
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
