import type { Attention } from '@skep/shared/contract/attention'
import type { Cluster } from '@skep/shared/contract/cluster'
import type { Network as NetworkView } from '@skep/shared/contract/network'
import type { Node as NodeView } from '@skep/shared/contract/node'
import type { Service as ServiceView } from '@skep/shared/contract/service'
import { attention, nodeAttention } from './attention.ts'
import { convergence } from './convergence.ts'
import { earliest } from './earliest.ts'
import {
  alarmsOf,
  type Entry,
  type Judged,
  judgeChanged,
  turnOf,
  viewsOf,
} from './judgements.ts'
import { keepByKey, keepIdentity } from './keep-identity.ts'
import { createMemo, type Memo } from './memo.ts'
import { type Names, networkNames, nodeNames } from './names.ts'
import { networkViews } from './networks.ts'
import { isSettling, keepFacts, type NodeFacts, nodeFacts } from './node-facts.ts'
import { nodeView } from './nodes.ts'
import { occupancy } from './occupancy.ts'
import { overview } from './overview.ts'
import type { Residency, Stay } from './residency.ts'
import { rollout } from './rollout.ts'
import { nextRoster, type Roster } from './roster.ts'
import { rotationAttention } from './rotation-attention.ts'
import type { RotationRecord } from './rotation-record.ts'
import { serviceAttention } from './service-attention.ts'
import { keepService, serviceView, withOldestSince } from './service-view.ts'
import { slots } from './slots.ts'
import { stackViews } from './stacks.ts'
import type { ClusterState, Millis, Node, Service } from './state.ts'
import { withStateAttention } from './state-attention.ts'
import { badge, statefulness } from './statefulness/statefulness.ts'
import { swarmView } from './swarm.ts'
import { tasksOfNode, tasksOfService } from './tasks-of.ts'

export { specSummary } from './spec-summary.ts'
export { taskHistory } from './task-history.ts'

/** What a snapshot says of the swarm itself; the feed adds what concerns the delivery. */
export type View = Pick<
  Cluster,
  'swarm' | 'overview' | 'attention' | 'services' | 'nodes' | 'networks' | 'stacks'
>

export type Projection = View & {
  /** When the view would change although no fact does: project again then. */
  readonly wakeAt: Millis | null
}

/**
 * Projects one state after another. What does not change from one to the next keeps its
 * identity, down to the single slot, so that a patch holds what changed and nothing else.
 * A change of one task judges one service anew; all others cost a comparison each.
 */
export type Projector = {
  /**
   * @param residency where volumes were; without it nothing is known of that
   * @param rotations those that have not ended
   */
  project(
    state: ClusterState,
    now: Millis,
    residency?: Residency,
    rotations?: readonly RotationRecord[],
  ): Projection
}

/** What is carried from one projection to the next. */
type Held = {
  readonly state: ClusterState
  readonly facts: NodeFacts
  readonly networkNames: Names
  readonly residency: Residency
  readonly judgedNodes: readonly Entry<NodeView>[]
  readonly judged: readonly Entry<ServiceView>[]
  readonly nodes: Roster<NodeView>
  readonly services: Roster<ServiceView>
  readonly view: View
}

const nowhere: Residency = new Map()
const noStays: readonly Stay[] = []

export function createProjector(): Projector {
  const services = createMemo<Judged<ServiceView>>()
  const nodes = createMemo<Judged<NodeView>>()
  let held: Held | null = null

  return {
    project: (state, now, residency = nowhere, rotations = []) => {
      const facts =
        held?.state.nodes === state.nodes
          ? held.facts
          : keepFacts(held?.facts, nodeFacts(state.nodes))
      const names = keepNames(held?.networkNames, networkNames(state.networks))
      const given = { state, facts, networkNames: names, residency }
      const judgedNodes = judgeNodes(nodes, held, given, now)
      const judged = judgeServices(services, held, given, now)
      const clock = now - state.swarm.clockAhead
      const needs = rotations.map((plan) => rotationAttention(plan, clock))
      const needed = needs.flatMap(({ attention: row }) => row ?? [])
      const next = {
        ...given,
        judgedNodes,
        judged,
        nodes: nextRoster(held?.nodes ?? null, viewsOf(judgedNodes)),
        services: nextRoster(held?.services ?? null, viewsOf(judged)),
      }
      const alarms = [...alarmsOf(judgedNodes), ...alarmsOf(judged), ...needed]
      const view = keepView(held, next, alarms, now)
      held = { ...next, view }
      const closings = needs.map(({ until }) => until && until + state.swarm.clockAhead)
      const turns = [facts.settlingUntil, turnOf(judgedNodes, now), turnOf(judged, now)]
      return { ...view, wakeAt: earliest(now, ...turns, ...closings) }
    },
  }
}

/** What all judgements rest on. */
type Given = Pick<Held, 'state' | 'facts' | 'networkNames' | 'residency'>

function judgeNodes(
  memo: Memo<Judged<NodeView>>,
  held: Held | null,
  { state, facts }: Given,
  now: Millis,
): Entry<NodeView>[] {
  const names = nodeNames(state.nodes)
  const { settlingUntil } = facts
  const { tasksByNode } = state
  const before = held?.state.tasksByNode
  const same = held?.state.nodes === state.nodes ? held.judgedNodes : null
  const hasSameTasks = (id: string) => before?.get(id) === tasksByNode.get(id)
  memo.retain(state.nodes)
  const judge = (node: Node) => {
    const tasks = tasksOfNode(state, node.id)
    const inputs = [node, tasks, names.get(node.id), settlingUntil]
    return memo.get(node.id, inputs, now, (before) => {
      const view = keepIdentity(before?.view, nodeView(node, tasks, names))
      const alarm = nodeAttention(node, view, settlingUntil, now)
      const rows = alarm ? [alarm] : []
      const attention = keepIdentity(before?.attention, rows)
      return { value: { view, attention }, until: earliest(now, settlingUntil) }
    })
  }
  return judgeChanged(state.nodes, same, hasSameTasks, { now, judge })
}

function judgeServices(
  memo: Memo<Judged<ServiceView>>,
  held: Held | null,
  given: Given,
  now: Millis,
): Entry<ServiceView>[] {
  const { state, facts, networkNames: networks, residency } = given
  const { tasksByService } = state
  const before = held?.state.tasksByService
  const isSame =
    held?.state.services === state.services &&
    held.facts === facts &&
    held.networkNames === networks &&
    held.residency === residency
  const hasSameTasks = (id: string) => before?.get(id) === tasksByService.get(id)
  memo.retain(state.services)
  const judge = (service: Service) => {
    const tasks = tasksOfService(state, service.id)
    const stays = residency.get(service.id) ?? noStays
    const inputs = [service, tasks, facts, networks, stays]
    return memo.get(service.id, inputs, now, (before) => {
      const occupied = occupancy(service, tasks, facts)
      const fresh = convergence(service, tasks, facts, now, occupied)
      const judgement = {
        ...fresh,
        convergence: withOldestSince(before?.view.convergence, fresh.convergence),
      }
      const rolling = rollout(service, tasks, facts, now, occupied)
      const grid = slots(service, tasks, facts, occupied, rolling.phases)
      const found = statefulness(service, { nodes: facts, tasks, stays, now })
      const view = keepService(
        before?.view,
        serviceView(service, judgement, grid, rolling.rollout, networks, badge(found)),
      )
      const alarm = serviceAttention(service, judgement, occupied, facts, now)
      const until = earliest(
        now,
        facts.settlingUntil,
        fresh.nextChangeAt,
        rolling.nextChangeAt,
        alarm.nextChangeAt,
      )
      const around = { tasks, nodes: facts, stays }
      // Kept here: of a list of hundreds the ranking then compares what changed, and no more.
      const rows = keepIdentity(
        before?.attention,
        withStateAttention(alarm.attention, service, found, around),
      )
      return { value: { view, attention: rows }, until }
    })
  }
  const same = isSame ? held.judged : null
  return judgeChanged(state.services, same, hasSameTasks, { now, judge })
}

function keepView(
  held: Held | null,
  next: Omit<Held, 'view'>,
  alarms: readonly Attention[],
  now: Millis,
): View {
  const { state, facts } = next
  const before = held?.view
  const { byName: nodes, views: nodeViews } = next.nodes
  const { byName: services, views: serviceViews } = next.services
  const networks = keepNetworks(held, state)
  const stacks =
    before && networks === before.networks && areStackedAlike(held.services, next.services)
      ? before.stacks
      : keepIdentity(before?.stacks, stackViews(services, networks))
  const swarm = keepIdentity(
    before?.swarm,
    swarmView(state.swarm, state.nodes, facts.settlingUntil, now),
  )
  const ranked = keepByKey(
    before?.attention ?? [],
    attention(swarm, alarms),
    ({ id }) => id,
  )
  const settling = isSettling(facts, now)
  const answer = overview(swarm, serviceViews, nodeViews, ranked, settling)
  return {
    swarm,
    overview: keepIdentity(before?.overview, answer),
    attention: ranked,
    services,
    nodes,
    networks,
    stacks,
  }
}

/** Whether stacks, which are all of the services' names and verdicts, are as they were. */
function areStackedAlike(
  before: Roster<ServiceView>,
  { views }: Roster<ServiceView>,
): boolean {
  if (before.views === views) return true
  if (before.views.length !== views.length) return false
  return views.every((view, place) => {
    const was = before.views[place]
    return (
      was === view ||
      (was?.name === view.name &&
        was.stack === view.stack &&
        was.convergence.verdict === view.convergence.verdict)
    )
  })
}

function keepNetworks(held: Held | null, state: ClusterState): Record<string, NetworkView> {
  const same =
    held?.state.networks === state.networks && held.state.services === state.services
  if (same) return held.view.networks
  return keepIdentity(held?.view.networks, networkViews(state.networks, state.services))
}

function keepNames(before: Names | undefined, after: Names): Names {
  if (before === after || before?.size !== after.size) return after
  return [...after].every(([id, name]) => before.get(id) === name) ? before : after
}
