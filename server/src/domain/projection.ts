import type { Attention } from '@skep/shared/contract/attention'
import type { Cluster } from '@skep/shared/contract/cluster'
import type { Network as NetworkView } from '@skep/shared/contract/network'
import type { Node as NodeView } from '@skep/shared/contract/node'
import type { Service as ServiceView } from '@skep/shared/contract/service'
import { attention, nodeAttention } from './attention.ts'
import { convergence } from './convergence.ts'
import { earliest } from './earliest.ts'
import { keepByKey, keepIdentity, keepNamed } from './keep-identity.ts'
import { createMemo, type Memo } from './memo.ts'
import { type Names, networkNames, nodeNames } from './names.ts'
import { networkViews } from './networks.ts'
import { isSettling, keepFacts, type NodeFacts, nodeFacts } from './node-facts.ts'
import { nodeView } from './nodes.ts'
import { occupancy } from './occupancy.ts'
import { overview } from './overview.ts'
import type { Residency, Stay } from './residency.ts'
import { rollout } from './rollout.ts'
import { rotationAttention } from './rotation-attention.ts'
import type { RotationRecord } from './rotation-record.ts'
import { serviceAttention } from './service-attention.ts'
import { keepService, serviceView, withOldestSince } from './service-view.ts'
import { slots } from './slots.ts'
import { stackViews } from './stacks.ts'
import type { ClusterState, Millis } from './state.ts'
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

type Judged<V> = { readonly view: V; readonly attention: readonly Attention[] }

/** What is carried from one projection to the next. */
type Held = {
  readonly state: ClusterState
  readonly facts: NodeFacts
  readonly networkNames: Names
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
      const judgedNodes = judgeNodes(nodes, state, facts, now)
      const judged = judgeServices(services, state, facts, names, residency, now)
      const clock = now - state.swarm.clockAhead
      const needs = rotations.map((plan) => rotationAttention(plan, clock))
      const needed = needs.flatMap(({ attention: row }) => row ?? [])
      const view = keepView(held, state, facts, judgedNodes, judged, needed, now)
      held = { state, facts, networkNames: names, view }
      const turns = [...judgedNodes, ...judged].map(({ until }) => until)
      const closings = needs.map(({ until }) => until && until + state.swarm.clockAhead)
      const wakeAt = earliest(now, facts.settlingUntil, ...turns, ...closings)
      return { ...view, wakeAt }
    },
  }
}

type Entry<V> = { readonly value: Judged<V>; readonly until: Millis | null }

function judgeNodes(
  memo: Memo<Judged<NodeView>>,
  state: ClusterState,
  facts: NodeFacts,
  now: Millis,
): Entry<NodeView>[] {
  const names = nodeNames(state.nodes)
  memo.retain(state.nodes)
  return [...state.nodes.values()].map((node) => {
    const tasks = tasksOfNode(state, node.id)
    const { settlingUntil } = facts
    const inputs = [node, tasks, names.get(node.id), settlingUntil]
    return memo.get(node.id, inputs, now, (before) => {
      const view = keepIdentity(before?.view, nodeView(node, tasks, names))
      const alarm = nodeAttention(node, view, settlingUntil, now)
      const rows = alarm ? [alarm] : []
      return { value: { view, attention: rows }, until: earliest(now, settlingUntil) }
    })
  })
}

function judgeServices(
  memo: Memo<Judged<ServiceView>>,
  state: ClusterState,
  facts: NodeFacts,
  networks: Names,
  residency: Residency,
  now: Millis,
): Entry<ServiceView>[] {
  memo.retain(state.services)
  return [...state.services.values()].map((service) => {
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
      const rows = withStateAttention(alarm.attention, service, found, around)
      return { value: { view, attention: rows }, until }
    })
  })
}

function keepView(
  held: Held | null,
  state: ClusterState,
  facts: NodeFacts,
  judgedNodes: readonly Entry<NodeView>[],
  judged: readonly Entry<ServiceView>[],
  ofRotations: readonly Attention[],
  now: Millis,
): View {
  const before = held?.view
  const nodes = keepNamed(before?.nodes ?? {}, byName(judgedNodes))
  const services = keepNamed(before?.services ?? {}, byName(judged))
  const networks = keepNetworks(held, state)
  const stacks =
    before && services === before.services && networks === before.networks
      ? before.stacks
      : keepIdentity(before?.stacks, stackViews(services, networks))
  const swarm = keepIdentity(
    before?.swarm,
    swarmView(state.swarm, state.nodes, facts.settlingUntil, now),
  )
  const alarms = attention(swarm, alarmsOf(judgedNodes), alarmsOf(judged), ofRotations)
  const ranked = keepByKey(before?.attention ?? [], alarms, ({ id }) => id)
  const settling = isSettling(facts, now)
  const answer = overview(
    swarm,
    judged.map(({ value }) => value.view),
    judgedNodes.map(({ value }) => value.view),
    ranked,
    settling,
  )
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

function keepNetworks(held: Held | null, state: ClusterState): Record<string, NetworkView> {
  const same =
    held?.state.networks === state.networks && held.state.services === state.services
  if (same) return held.view.networks
  return keepIdentity(held?.view.networks, networkViews(state.networks, state.services))
}

const byName = <V extends { readonly name: string }>(entries: readonly Entry<V>[]) =>
  entries
    .map(({ value: { view } }) => [view.name, view] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

const alarmsOf = (entries: readonly Entry<unknown>[]): Attention[] =>
  entries.flatMap(({ value }) => value.attention)

function keepNames(before: Names | undefined, after: Names): Names {
  if (before === after || before?.size !== after.size) return after
  return [...after].every(([id, name]) => before.get(id) === name) ? before : after
}
