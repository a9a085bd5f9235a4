import type { NodePreview } from '@skep/shared/contract/node-preview'
import { eligibleNodes } from '../eligibility.ts'
import { nodeFacts } from '../node-facts.ts'
import { type Demand, demandOf } from '../placement/demand.ts'
import { firstRefusal, roomFor } from '../placement/filters.ts'
import { type Site, siteOf } from '../placement/sites.ts'
import type { Node, Service, TaskMap } from '../state.ts'
import { dataOnMove } from '../statefulness/data-on-move.ts'
import { isLive, newestFirst } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { counted } from '../words.ts'
import { succession } from './attempts.ts'
import { elsewhereOf, type Situation } from './facts.ts'
import type { Leaving } from './leaving.ts'

/**
 * What can run once the node looks like `after`, and could not before.
 * @param leaving the tasks that it loses, which make room
 */
export function gains(
  on: Situation,
  after: Node,
  leaving: readonly Leaving[] = [],
): NodePreview['gains'] {
  const nodes = new Map(on.state.nodes).set(after.id, after)
  const gone = new Set(leaving.map(({ task }) => task.id))
  const site = siteOf(on.state, after, gone)
  const then = nodeFacts(nodes)
  const found: NodePreview['gains'] = []
  for (const service of on.state.services.values()) {
    const { name } = service
    const waiting = takesIn(on, service, site)
    if (isPerNode(service)) {
      const tasks = waiting || startsHere(on, service, then)
      if (tasks === 0) continue
      const sentence =
        waiting > 0
          ? `${name} has a task here that waits: it can run.`
          : `${name} runs one task on every node like this: it starts here.`
      found.push({ service: name, tasks, data: 'none', sentence })
      continue
    }
    if (waiting === 0) continue
    const { data, why } = dataOfArrival(on, service)
    const come = `${counted(waiting, 'task')} of ${name} that ${waiting === 1 ? 'waits' : 'wait'} can run here.`
    found.push({
      service: name,
      tasks: waiting,
      data,
      sentence: why ? `${come} ${why}` : come,
    })
  }
  return found.sort((a, b) => (a.service < b.service ? -1 : 1))
}

/** What a task that waits finds here of the data that its predecessor had. */
function dataOfArrival(on: Situation, service: Service) {
  const tasks = tasksOfService(on.state, service.id)
  const stays = on.residency.get(service.id) ?? []
  const from = stays[0]?.nodeId ?? lastNodeOf(tasks)
  // One that never ran anywhere begins with nothing, as is meant.
  if (from === null) return { data: 'none', why: null } as const
  const candidates = from === on.node.id ? [] : [on.node.id]
  const { nodes, now } = on
  return dataOnMove(service, { nodes, tasks, stays, now, from, candidates })
}

function lastNodeOf(tasks: TaskMap): string | null {
  const ran = [...tasks.values()].filter(
    ({ nodeId, containerId }) => nodeId !== null && containerId !== null,
  )
  return ran.sort((a, b) => b.createdAt - a.createdAt)[0]?.nodeId ?? null
}

const isPerNode = ({ mode }: Service): boolean =>
  mode.kind === 'global' || mode.kind === 'global-job'

/** A job that was begun has its nodes: another one is no longer asked. */
function startsHere(
  on: Situation,
  service: Service,
  then: ReturnType<typeof nodeFacts>,
): number {
  if (service.mode.kind !== 'global') return 0
  const tasks = tasksOfService(on.state, service.id)
  const holding = new Set(
    [...tasks.values()].flatMap((task) => (isLive(task) && task.nodeId ? task.nodeId : [])),
  )
  if (holding.has(on.node.id)) return 0
  const isAsked = (facts: typeof then) =>
    eligibleNodes(service, facts, holding).some(({ id }) => id === on.node.id)
  if (isAsked(on.nodes) || !isAsked(then)) return 0
  const [last] = [...on.tasks.values()]
    .filter(({ serviceId }) => serviceId === service.id)
    .sort(newestFirst)
  if (!last) return 1
  return succession(last, { service, tasks }).replaced ? 1 : 0
}

/** Of tasks that wait for a node, or for room on this very one, how many it then takes. */
function takesIn(on: Situation, service: Service, site: Site): number {
  const place = isPerNode(service) ? on.node.id : null
  const waiting = [...tasksOfService(on.state, service.id).values()].filter(
    (task) => isLive(task) && task.state === 'pending' && task.nodeId === place,
  ).length
  if (waiting === 0) return 0
  const demand = demandOf(service, on.state)
  const refusedNow = firstRefusal(demand, on.here) !== null
  if (!refusedNow || firstRefusal(demand, site) !== null) return 0
  return Math.min(waiting, roomFor(demand, site))
}

/**
 * Services whose tasks no node would be open to any more, though this one was, or will be
 * again once it is back. What is full today may be free tomorrow, so room does not count.
 * @param after the node as it is then; null: it is gone
 */
export function losesOnlyNode(on: Situation, after: Node | null): string[] {
  const { node } = on
  const open = { state: 'ready', availability: 'active' } as const
  const before = { ...on.here, node: { ...node, ...open } }
  // What the command does not change is no reason: a node that is down comes back.
  const then = after && {
    ...siteOf(on.state, after),
    node: {
      ...after,
      state: after.state === node.state ? open.state : after.state,
      availability:
        after.availability === node.availability ? open.availability : after.availability,
    },
  }
  const others = elsewhereOf(on)
  return [...on.state.services.values()]
    .filter((service) => {
      if (isPerNode(service) || asksNothing(service)) return false
      const demand = withoutRoom(demandOf(service, on.state))
      const lost =
        firstRefusal(demand, before) === null &&
        (then === null || firstRefusal(demand, then) !== null)
      return lost && others.every((site) => firstRefusal(demand, site) !== null)
    })
    .map(({ name }) => name)
    .sort()
}

/** One that was set to 0 and has a place for its data is asked for again. */
const asksNothing = ({ mode, spec }: Service): boolean =>
  mode.kind === 'replicated' && mode.replicas === 0 && spec.mounts.length === 0

/** The same demand where there is room for all. */
export const withoutRoom = (demand: Demand): Demand => ({
  ...demand,
  reservations: { nanoCpus: 0, memoryBytes: 0 },
  generic: {},
  hostPorts: [],
  maxReplicas: null,
})
