import type { AffectedTask } from '@skep/shared/contract/node-preview'
import { siteOf } from '../placement/sites.ts'
import type { Millis, Node, Service, Task } from '../state.ts'
import { isJob, isPerNode, isUpToDate } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { succession } from './attempts.ts'
import { comingBack } from './coming-back.ts'
import { dataHere } from './data-here.ts'
import { elsewhere } from './elsewhere.ts'
import type { Situation } from './facts.ts'
import { isSparedForNow } from './global-jobs.ts'
import type { Leaving, Reason } from './leaving.ts'
import { madeAnew } from './made-anew.ts'
import { specDoubt } from './spec-doubt.ts'

export type Fate = Pick<
  AffectedTask,
  'outcome' | 'candidates' | 'blockedBy' | 'returns' | 'data' | 'dataWhy' | 'why'
>

/**
 * What becomes of the tasks that leave a node.
 * @param after the node as it is then; null: it is gone
 */
export function fates(
  on: Situation,
  after: Node | null,
  leaving: readonly Leaving[],
): AffectedTask[] {
  const anew = after ? madeAnew(on, after, leaving) : new Map<string, Fate>()
  const judged = leaving.flatMap(({ task, reason }) => {
    const service = on.state.services.get(task.serviceId)
    if (!service) return []
    const first = anew.get(task.id) ?? beforePlacement(on, task, service, reason)
    return [{ task, service, reason, first }]
  })
  const moving = judged.filter(({ first }) => first === null)
  const byService = Map.groupBy(moving, ({ service }) => service)
  const left = judged.filter(({ first }) => first?.outcome !== 'stays')
  const gone = left.map(({ task }) => task.id)
  const places = elsewhere(on, {
    leaving: new Map(
      [...byService].map(([service, found]) => [service, found.map(({ task }) => task)]),
    ),
    ended: new Set(left.flatMap((one) => (letsGo(on, one) ? one.task.id : []))),
    left: after && siteOf(on.state, after, new Set(gone)),
  })
  const settled = judged.map(({ task, service, reason, first }) => {
    const placed = places.get(task.id)
    const found = first ?? (placed ? { ...placed, returns: null } : stays)
    const fate = first === null && reason === 'room' ? mayReturn(on, found) : found
    return { task, service, fate }
  })
  return comingBack(on, settled)
    .map(({ task, service, fate }) => ({ ...identity(on, task, service), ...fate }))
    .sort(inOrder)
}

/**
 * Whether one that leaves lets go what the whole swarm counts, such as a cluster volume. A
 * drain asks the node to stop it: on one that is lost, nobody says that it ended.
 */
const letsGo = ({ node }: Situation, { reason }: Pick<Leaving, 'reason'>): boolean =>
  reason !== 'drain' || node.state === 'ready'

const inOrder = (a: AffectedTask, b: AffectedTask): number =>
  compare(a.service, b.service) ||
  Number(a.slot) - Number(b.slot) ||
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

const staysForNow: Fate = {
  ...stays,
  why: 'A drain does not stop the task of a job: it runs on. But when another task of this job ends, the swarm stops this one.',
}

/** A job's task is made anew for this very node, and waits there. */
const waitsHere: Fate = {
  ...nowhere,
  ...noData,
  outcome: 'waits',
  blockedBy: 'too little left to reserve on this node',
  why: 'One task per node: what others have reserved here leaves no room for it.',
}

const waitsForNode: Fate = {
  ...waitsHere,
  blockedBy: 'its constraints are not met on this node',
  why: 'A job has its nodes: another task is made for this one, and waits for it.',
}

/** The fate of a task whose place nobody needs to look for; null for all others. */
function beforePlacement(
  on: Situation,
  task: Task,
  service: Service,
  reason: Reason,
): Fate | null {
  const { mode } = service
  if (isJob(mode) && reason === 'drain') {
    return isSparedForNow(on, service) ? staysForNow : stays
  }
  const tasks = tasksOfService(on.state, service.id)
  const next = succession(task, { service, tasks }, stateChange(on, task, reason))
  if (isPerNode(mode)) {
    if (reason === 'room') return competesHere(on, task, service)
    // A job has its nodes: another task is made for this one, whatever it looks like now.
    if (reason === 'constraints' && isJob(mode) && next.replaced) return waitsForNode
    const data = reason === 'removal' ? noData : dataHere(on, service)
    return {
      ...nowhere,
      ...data,
      outcome: 'stops',
      ...globalWords(on, task, service, reason),
    }
  }
  if (next.replaced) return null
  const why = `No other task takes its place: ${next.why}.`
  return { ...nowhere, ...dataHere(on, service), outcome: 'not-replaced', why }
}

/**
 * When the state of a task that leaves has changed last by the time that the swarm asks whether
 * another follows it. Of one that is struck off with its node the whole status is written
 * anew; the constraint enforcer leaves the time that counts as it was.
 * @see moby/swarmkit manager/controlapi/node.go, orphanNodeTasks;
 * manager/orchestrator/constraintenforcer/constraint_enforcer.go
 */
const stateChange = ({ now }: Situation, { since }: Task, reason: Reason): Millis =>
  reason === 'removal' ? now : since

/**
 * Made anew at once for this very node, it looks for the room that was its own, as do those
 * that waited for it: the swarm picks among them in no particular order.
 */
function competesHere(on: Situation, { reserved }: Task, service: Service): Fate {
  const { resources } = on.node
  const fits =
    reserved.nanoCpus <= resources.nanoCpus && reserved.memoryBytes <= resources.memoryBytes
  if (!fits) return waitsHere
  const why = `${on.name} has promised more than it has: this one and those that wait for room there compete for it.`
  return { ...waitsHere, ...dataHere(on, service), outcome: 'may-wait', why }
}

/** One that lost its room here and finds none elsewhere may get it back. */
const mayReturn = (on: Situation, fate: Fate): Fate =>
  fate.outcome === 'waits'
    ? {
        ...fate,
        outcome: 'may-wait',
        why: `${fate.why} ${on.name} may take it again, if others leave it the room.`,
      }
    : fate

function globalWords(
  on: Situation,
  task: Task,
  service: Service,
  reason: Reason,
): Pick<Fate, 'returns' | 'why'> {
  const one = 'One task per node: it stops, and none runs elsewhere for it.'
  switch (reason) {
    case 'drain': {
      const { returns, why } = whenActive(on, task, service)
      return { returns, why: `${one} ${why}` }
    }
    case 'constraints':
    case 'room':
    case 'outdated':
      return { returns: null, why: `${one} It ends as rejected.` }
    case 'removal':
      return { returns: false, why: one }
  }
}

/**
 * One that its policy keeps away is made anew all the same if it is not of today's spec. Asked
 * of the task that has ended, so that the drain is its last change of state.
 * @see moby/swarmkit manager/orchestrator/global/global.go, reconcileOneNode;
 * manager/orchestrator/restart/restart.go, UpdatableTasksInSlot
 */
function whenActive(
  on: Situation,
  task: Task,
  service: Service,
): Pick<Fate, 'returns' | 'why'> {
  const tasks = tasksOfService(on.state, service.id)
  const next = succession(task, { service, tasks }, on.now)
  if (!next.replaced && isUpToDate(task, service.image)) {
    const why = `Activating the node does not bring it back: ${next.why}.`
    return { returns: false, why }
  }
  if (next.replaced && task.state !== 'running') {
    const why = 'It does not run now, and may not when the node is active again.'
    return { returns: null, why }
  }
  return specDoubt(on, service, [task]) === null
    ? { returns: true, why: 'Activating the node brings it back.' }
    : {
        returns: null,
        why: 'Activating the node makes it anew from a spec that was not seen to hold: it may not run.',
      }
}
