import type { NodeStatus, Node as NodeView } from '@skep/shared/contract/node'
import { instant } from './instant.ts'
import { maskedLabels } from './masking.ts'
import type { Names } from './names.ts'
import { shortId } from './names.ts'
import { awaitsNewLeader } from './node-facts.ts'
import type { Node, Resources, Task, TaskMap } from './state.ts'
import { holdsShare, isOver } from './task-life.ts'
import { counted } from './words.ts'

/** @param tasks those of this node, whatever became of them */
export function nodeView(node: Node, tasks: TaskMap, names: Names): NodeView {
  const held = [...tasks.values()].filter(holdsShare)
  const status = nodeStatus(node, held)
  const running = node.state === 'down' ? 0 : held.filter(isObservedRunning).length
  return {
    id: node.id,
    name: names.get(node.id) ?? shortId(node.id),
    role: node.role,
    availability: node.availability,
    state: node.state,
    status,
    sentence: sentence(node, status, held, running),
    message: node.message,
    address: node.address,
    manager: node.manager && {
      leader: node.manager.leader,
      reachability: node.manager.reachability,
    },
    engineVersion: node.engineVersion,
    os: node.os,
    architecture: node.architecture,
    nanoCpus: node.resources.nanoCpus,
    memoryBytes: node.resources.memoryBytes,
    reserved: reserved(held),
    tasks: { running, live: held.length },
    labels: maskedLabels(node.labels),
    engineLabels: maskedLabels(node.engineLabels),
    joinedAt: instant(node.createdAt),
    updatedAt: instant(node.updatedAt),
  }
}

const isObservedRunning = ({ state }: Task): boolean => state === 'running'

/** A drain stops what runs for good; jobs are left to finish, so they do not hold it up. */
const leavesOnDrain = (task: Task): boolean => !isOver(task) && task.jobIteration === null

function nodeStatus(node: Node, held: readonly Task[]): NodeStatus {
  if (node.state !== 'ready') return node.state
  switch (node.availability) {
    case 'active':
      return 'ready'
    case 'pause':
      return 'paused'
    case 'drain':
      return held.some(leavesOnDrain) ? 'draining' : 'drained'
  }
}

/**
 * What the scheduler counts as taken: the reservations of all tasks between assignment and
 * their end, also of those being stopped, and of those on a node that is down.
 * @see moby/swarmkit manager/scheduler/nodeinfo.go
 */
const reserved = (held: readonly Task[]): Resources =>
  held.reduce(
    (sum, { reserved }) => ({
      nanoCpus: sum.nanoCpus + reserved.nanoCpus,
      memoryBytes: sum.memoryBytes + reserved.memoryBytes,
    }),
    { nanoCpus: 0, memoryBytes: 0 },
  )

function sentence(
  node: Node,
  status: NodeStatus,
  held: readonly Task[],
  running: number,
): string {
  const tasks = running === 0 ? 'No tasks.' : `${counted(running, 'task')}.`
  switch (status) {
    case 'ready':
      return `Ready and active. ${tasks}`
    case 'paused':
      return `Paused: no new tasks are placed here. ${tasks}`
    case 'draining': {
      const left = held.filter(leavesOnDrain).length
      return `Draining. ${counted(left, 'task')} left.`
    }
    case 'drained':
      return held.length === 0
        ? 'Drained. No tasks.'
        : `Drained. ${counted(held.length, 'job task runs', 'job tasks run')} to the end.`
    case 'down':
      return held.length === 0
        ? 'Down.'
        : `Down. What became of ${counted(held.length, 'task')} is not known.`
    case 'disconnected':
      return `Disconnected: looking for a manager. ${tasks}`
    case 'unknown':
      return awaitsNewLeader(node)
        ? `Has yet to report to the new leader. ${tasks}`
        : `No news from this node. ${tasks}`
  }
}
