import { type TaskState, taskStates } from '@skep/shared/contract/task-state'
import { isLost, type NodeFacts } from './node-facts.ts'
import type { Mode, Task } from './state.ts'

const ranks: ReadonlyMap<TaskState, number> = new Map(
  taskStates.map((state, rank) => [state, rank]),
)

/** Place in swarmkit's order of states: a task's observed state never goes back. */
export const rank = (state: TaskState): number => ranks.get(state) ?? 0

const runs = rank('running')

export const isJob = (mode: Mode): boolean =>
  mode.kind === 'replicated-job' || mode.kind === 'global-job'

/** Whether each node has a task of its own, rather than each slot. */
export const isPerNode = (mode: Mode): boolean =>
  mode.kind === 'global' || mode.kind === 'global-job'

/**
 * Whether the swarm still wants this task to run: to the end, for a job.
 * @see moby/swarmkit api/types.proto, TaskState
 */
const isWanted = ({ desired, jobIteration }: Task): boolean =>
  rank(desired) <= (jobIteration === null ? runs : rank('complete'))

/**
 * Whether a task has ended, or was called off before any node took it: the latter keeps
 * its early state for ever.
 * @see moby/swarmkit manager/orchestrator/taskreaper/task_reaper.go, taskWillNeverRun
 */
export const isOver = (task: Task): boolean =>
  rank(task.state) > runs || (rank(task.state) < rank('assigned') && !isWanted(task))

/** Whether a task is on its way to running, or runs, and is meant to. */
export const isLive = (task: Task): boolean => !isOver(task) && isWanted(task)

/** Whether what is known of a task is old news: it did not end, and its node is lost. */
export const isTaskLost = (task: Task, nodes: NodeFacts): boolean =>
  rank(task.state) <= runs && isLost(nodes, task.nodeId)

/** Observed running on a node in contact, whatever the swarm wants of it. */
export const isRunning = (task: Task, nodes: NodeFacts): boolean =>
  task.state === 'running' && !isLost(nodes, task.nodeId)

/** Whether a task does what it is there for: wanted, and running on a node in contact. */
export const isHealthy = (task: Task, nodes: NodeFacts): boolean =>
  isLive(task) && isRunning(task, nodes)

/** Whether the scheduler counts its reservation as taken, whatever the swarm wants of it. */
export const holdsShare = ({ state }: Task): boolean =>
  rank(state) >= rank('assigned') && rank(state) <= runs

/** Whether a task is on the current spec; by image alone where the engine cannot tell. */
export const isUpToDate = (task: Task, image: string): boolean =>
  task.upToDate ?? task.image === image

/** Newest first; of the same moment, by id, so that the order is always the same. */
export const newestFirst = (a: Task, b: Task): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)
