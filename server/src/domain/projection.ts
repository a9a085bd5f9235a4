import type { Attention } from '@skep/shared/contract/attention'
import type { Cluster } from '@skep/shared/contract/cluster'
import type { Network as NetworkView } from '@skep/shared/contract/network'
import type { Node as NodeView } from '@skep/shared/contract/node'
import type { Service as ServiceView } from '@skep/shared/contract/service'
import { attention, nodeAttention } from './attention.ts'
import { changedKeys } from './changed-keys.ts'
import { convergence } from './convergence.ts'
import { earliest } from './earliest.ts'
import {
  type Judged,
  type Judgements,
  judgeAll,
  judgeChanged,
  turnOf,
} from './judgements.ts'
import { keepByKey, keepIdentity } from './keep-identity.ts'
import { createMemo, type Memo } from './memo.ts'
import { type Names, networkNames, nodeNames } from './names.ts'
import { isJoinedAlike, networkViews } from './networks.ts'
import { isSettling, keepFacts, type NodeFacts, nodeFacts } from './node-facts.ts'
import { nodeView } from './nodes.ts'
import { occupancy } from './occupancy.ts'
import { overview } from './overview.ts'
import { type Counts, countsAfter, countsOf } from './overview-counts.ts'
import type { Residency, Stay } from './residency.ts'
import { rollout } from './rollout.ts'
import { nextRoster, type Roster } from './roster.ts'
import { rotationAttention } from './rotation-attention.ts'
import type { RotationRecord } from './rotation-record.ts'
import { serviceAttention } from './service-attention.ts'
import { keepService, serviceView, withOldestSince } from './service-view.ts'
import { slots } from './slots.ts'
import { nextStacks } from './stacks.ts'
import type { ClusterState, Millis, Node, Service } from './state.ts'
import { withStateAttention } from './state-attention.ts'
import { badge, statefulness } from './statefulness/statefulness.ts'
import { swarmView } from './swarm.ts'
import { tasksOfNode, tasksOfService } from './tasks-of.ts'

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
 * A change of one task judges its service and its node anew, and looks at no other.
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
  readonly judgedNodes: Judgements<NodeView>
  readonly judged: Judgements<ServiceView>
  readonly nodes: Roster<NodeView>
  readonly services: Roster<ServiceView>
  readonly needed: readonly Attention[]
  readonly counts: Counts
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
      held = withView(held, {
        now,
        ...given,
        judgedNodes,
        judged,
        nodes: nextRoster(held?.nodes ?? null, judgedNodes),
        services: nextRoster(held?.services ?? null, judged),
        needed: keepIdentity(held?.needed, needed),
      })
      const closings = needs.map(({ until }) => until && until + state.swarm.clockAhead)
      const turns = [facts.settlingUntil, turnOf(judgedNodes, now), turnOf(judged, now)]
      return { ...held.view, wakeAt: earliest(now, ...turns, ...closings) }
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
): Judgements<NodeView> {
  const names = nodeNames(state.nodes)
  const { settlingUntil } = facts
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
  if (held?.state.nodes !== state.nodes) return judgeAll(state.nodes, judge)
  const others = changedKeys(held.state.tasksByNode, state.tasksByNode)
  return judgeChanged(state.nodes, held.judgedNodes, others, { now, judge })
}

function judgeServices(
  memo: Memo<Judged<ServiceView>>,
  held: Held | null,
  given: Given,
  now: Millis,
): Judgements<ServiceView> {
  const { state, facts, networkNames: networks, residency } = given
  memo.retain(state.services)
  const judge = (service: Service) => {
    const tasks = tasksOfService(state, service.id)
    const stays = residency.get(service.id) ?? noStays
    const joined = service.networkIds.map((id) => networks.get(id)).join('\n')
    const inputs = [service, tasks, facts, joined, stays]
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
  const others = held && othersThan(held, given)
  return held && others
    ? judgeChanged(state.services, held.judged, others, { now, judge })
    : judgeAll(state.services, judge)
}

/** Ids of the services whose facts are others than before; null where that may be all. */
function othersThan(held: Held, given: Given): ReadonlySet<string> | null {
  const { state, facts, networkNames: networks, residency } = given
  if (held.facts !== facts) return null
  const services = changedKeys(held.state.services, state.services)
  for (const id of services) {
    if (!held.state.services.has(id) || !state.services.has(id)) return null
  }
  return services
    .union(changedKeys(held.state.tasksByService, state.tasksByService))
    .union(changedKeys(held.residency, residency))
    .union(onNetworks(state.services, changedKeys(held.networkNames, networks)))
}

/** Ids of the services that join one of these networks. */
function onNetworks(
  services: ClusterState['services'],
  networks: ReadonlySet<string>,
): ReadonlySet<string> {
  const ids = new Set<string>()
  if (networks.size === 0) return ids
  for (const { id, networkIds } of services.values()) {
    if (networkIds.some((network) => networks.has(network))) ids.add(id)
  }
  return ids
}

/** The view of what was judged, and what it was made of. */
function withView(
  held: Held | null,
  { now, ...next }: Omit<Held, 'view' | 'counts'> & { readonly now: Millis },
): Held {
  const { state, facts, judgedNodes, judged } = next
  const before = held?.view
  const networks = keepNetworks(held, state)
  const swarm = keepIdentity(
    before?.swarm,
    swarmView(state.swarm, state.nodes, facts.settlingUntil, now),
  )
  const ranked = rankedAnew(held, swarm, next)
  const services = next.services.byName
  const counts = held
    ? countsAfter(held.counts, {
        services: judged,
        byName: services,
        nodes: judgedNodes,
        attention: ranked,
      })
    : countsOf(judged.views, judgedNodes.views, ranked)
  const answer = overview(swarm, counts, ranked, isSettling(facts, now))
  const view = {
    swarm,
    overview: keepIdentity(before?.overview, answer),
    attention: ranked,
    services,
    nodes: next.nodes.byName,
    networks,
    stacks: nextStacks(before, judged.changed, services, networks),
  }
  return { ...next, counts, view }
}

/** What needs somebody, in order; the very same list while nothing in it changed. */
function rankedAnew(
  held: Held | null,
  swarm: View['swarm'],
  { judgedNodes, judged, needed }: Pick<Held, 'judgedNodes' | 'judged' | 'needed'>,
): Attention[] {
  const same =
    held?.view.swarm === swarm &&
    held.judgedNodes.alarms === judgedNodes.alarms &&
    held.judged.alarms === judged.alarms &&
    held.needed === needed
  if (same) return held.view.attention
  const ranked = attention(swarm, judgedNodes.alarms, judged.alarms, needed)
  return keepByKey(held?.view.attention ?? [], ranked, ({ id }) => id)
}

function keepNetworks(held: Held | null, state: ClusterState): Record<string, NetworkView> {
  const same =
    held?.state.networks === state.networks &&
    isJoinedAlike(held.state.services, state.services)
  if (same) return held.view.networks
  return keepIdentity(held?.view.networks, networkViews(state.networks, state.services))
}

function keepNames(before: Names | undefined, after: Names): Names {
  if (before === after || before?.size !== after.size) return after
  return [...after].every(([id, name]) => before.get(id) === name) ? before : after
}
