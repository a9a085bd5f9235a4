import type { SlotStatus } from '@skep/shared/contract/service'
import { eligibleNodes } from './eligibility.ts'
import { type NodeFacts, nodeName } from './node-facts.ts'
import type { Service, Task, TaskMap } from './state.ts'
import { isJob, isLive, isOver, isTaskLost, newestFirst, rank } from './task-life.ts'

/** A slot and the tasks that hold it: one replica number, or one node. */
export type Hold = {
  readonly key: string
  readonly number: number | null
  /** Id of the node, for global services. */
  readonly nodeId: string | null
  /** Whether the service asks for this slot; if not, what holds it is on its way out. */
  readonly expected: boolean
  readonly status: SlotStatus
  /** The task that speaks for the slot first. */
  readonly tasks: readonly Task[]
}

export type Occupancy = {
  readonly holds: readonly Hold[]
  /** Replicas, eligible nodes, or completions of a job. */
  readonly desired: number
}

/** Tasks of one slot. `ended` are newest first and hold it only if nothing else does. */
type Group = { readonly holding: Task[]; readonly ended: Task[] }

/**
 * Which tasks hold which slot of a service.
 * @see moby/swarmkit manager/orchestrator/slot.go, docker/cli service/progress/progress.go
 */
export function occupancy(service: Service, tasks: TaskMap, nodes: NodeFacts): Occupancy {
  const { mode } = service
  switch (mode.kind) {
    case 'replicated': {
      const groups = grouped(service, tasks, nodes, (task) => task.slot ?? 0)
      return { holds: replicas(mode.replicas, groups, nodes), desired: mode.replicas }
    }
    case 'replicated-job': {
      const groups = grouped(service, tasks, nodes, (task) => task.slot ?? 0)
      const desired = mode.totalCompletions
      return { holds: completions(desired, groups, nodes), desired }
    }
    case 'global':
    case 'global-job': {
      const groups = grouped(service, tasks, nodes, (task) => task.nodeId ?? '')
      const asked = askedOf(service, groups, nodes)
      return { holds: perNode(asked, groups, nodes), desired: asked.size }
    }
  }
}

function grouped<K>(
  service: Service,
  tasks: TaskMap,
  nodes: NodeFacts,
  keyOf: (task: Task) => K,
): Map<K, Group> {
  const groups = new Map<K, Group>()
  for (const task of tasks.values()) {
    if (isOver(task) && !isRemembered(service, task)) continue
    const key = keyOf(task)
    const group = groups.get(key) ?? { holding: [], ended: [] }
    groups.set(key, group)
    ;(isOver(task) ? group.ended : group.holding).push(task)
  }
  for (const { holding, ended } of groups.values()) {
    holding.sort(bySay(service, nodes))
    ended.sort(isJob(service.mode) ? byOutcome : newestFirst)
  }
  return groups
}

/** History that says something of a slot: not what is being removed, nor an older job run. */
const isRemembered = (service: Service, task: Task): boolean =>
  task.desired !== 'remove' && isCurrentRun(service, task)

export const isCurrentRun = (service: Service, { jobIteration }: Task): boolean =>
  !isJob(service.mode) || jobIteration === service.jobIteration

/**
 * Who speaks for a slot: the task that the swarm wants most, then the one that has furthest
 * to go, so that a replacement speaks before the task that it replaces.
 */
function bySay(service: Service, nodes: NodeFacts): (a: Task, b: Task) => number {
  const last = (task: Task) =>
    (isCurrentRun(service, task) ? 0 : 2) + (isTaskLost(task, nodes) ? 1 : 0)
  return (a, b) =>
    last(a) - last(b) ||
    rank(a.desired) - rank(b.desired) ||
    rank(a.state) - rank(b.state) ||
    newestFirst(a, b)
}

/** One completion is enough, however many attempts failed before or after it. */
const byOutcome = (a: Task, b: Task): number =>
  rank(a.state) - rank(b.state) || newestFirst(a, b)

/**
 * Slots without a task that are listed, at most: a job of millions is one line of text to
 * the swarm, which starts a few at a time. Counts are kept apart and stay true.
 */
const mostEmpty = 10_000

function replicas(count: number, groups: Map<number, Group>, nodes: NodeFacts): Hold[] {
  const numbers = [...groups.keys()].sort((a, b) => a - b)
  const held = numbers.filter((number) => groups.get(number)?.holding.length)
  const kept = held.filter((number) => groups.get(number)?.holding.some(isKept))
  // Which numbers go in a scale-down is the swarm's choice, so holes in the numbers are
  // none in the service; what is missing gets the lowest free numbers, as the swarm does.
  let missing = count - kept.length
  const ended = numbers.filter((number) => !groups.get(number)?.holding.length)
  const shown = new Set([...held, ...ended.slice(0, Math.max(0, missing))])
  missing -= shown.size - held.length
  missing = Math.min(missing, mostEmpty)
  for (let number = 1; missing > 0; number += 1) {
    if (shown.has(number)) continue
    shown.add(number)
    missing -= 1
  }
  const leaving = new Set(held.filter((number) => !kept.includes(number)))
  return [...shown]
    .sort((a, b) => a - b)
    .map((number) =>
      hold(numbered(number), !leaving.has(number), groups.get(number), nodes),
    )
}

const isKept = ({ desired }: Task): boolean => desired !== 'remove'

/** Job slots count from 0. */
function completions(total: number, groups: Map<number, Group>, nodes: NodeFacts): Hold[] {
  const shown = new Set(
    Array.from({ length: Math.min(total, mostEmpty) }, (_, number) => number),
  )
  for (const [number, { holding }] of groups) if (holding.length > 0) shown.add(number)
  return [...shown]
    .sort((a, b) => a - b)
    .map((number) => hold(numbered(number), number < total, groups.get(number), nodes))
}

/**
 * Ids of the nodes that owe the service a task. A job's nodes are settled when it starts:
 * they are the ones that have tasks of this run.
 */
function askedOf(
  service: Service,
  groups: Map<string, Group>,
  nodes: NodeFacts,
): ReadonlySet<string> {
  const having = (test: (task: Task) => boolean) =>
    new Set(
      [...groups].flatMap(([nodeId, { holding, ended }]) =>
        [...holding, ...ended].some(test) ? [nodeId] : [],
      ),
    )
  if (service.mode.kind === 'global-job') {
    const started = having((task) => isCurrentRun(service, task))
    if (started.size > 0) return started
  }
  return new Set(eligibleNodes(service, nodes, having(isLive)).map(({ id }) => id))
}

function perNode(
  asked: ReadonlySet<string>,
  groups: Map<string, Group>,
  nodes: NodeFacts,
): Hold[] {
  const shown = new Set(asked)
  for (const [nodeId, { holding }] of groups) if (holding.length > 0) shown.add(nodeId)
  return [...shown]
    .map((nodeId) => {
      const place = { key: nodeName(nodes, nodeId), number: null, nodeId }
      return hold(place, asked.has(nodeId), groups.get(nodeId), nodes)
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

type Place = Pick<Hold, 'key' | 'number' | 'nodeId'>

const numbered = (number: number): Place => ({ key: String(number), number, nodeId: null })

function hold(
  place: Place,
  expected: boolean,
  group: Group | undefined,
  nodes: NodeFacts,
): Hold {
  const { holding = [], ended = [] } = group ?? {}
  const tasks = holding.length > 0 ? holding : ended.slice(0, 1)
  return { ...place, expected, status: slotStatus(tasks[0], nodes), tasks }
}

function slotStatus(task: Task | undefined, nodes: NodeFacts): SlotStatus {
  if (!task) return 'empty'
  if (isTaskLost(task, nodes)) return 'unknown'
  if (!isOver(task) && !isLive(task)) return 'stopping'
  switch (task.state) {
    case 'new':
    case 'allocated':
    case 'pending':
      return isOver(task) ? 'empty' : 'pending'
    case 'assigned':
    case 'accepted':
    case 'preparing':
    case 'ready':
    case 'starting':
      return 'starting'
    case 'running':
      return 'running'
    case 'complete':
      return 'complete'
    case 'failed':
    case 'rejected':
      return 'failed'
    case 'shutdown':
    case 'remove':
      return 'empty'
    case 'orphaned':
      return 'unknown'
  }
}
