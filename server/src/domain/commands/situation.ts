import { networkNames, shortId } from '../names.ts'
import { type NodeFacts, nodeFacts } from '../node-facts.ts'
import { type Hold, occupancy } from '../occupancy.ts'
import type { Task, TaskMap } from '../state.ts'
import { isLive, isUpToDate } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import type { Facts } from './facts.ts'
import { type ModeKind, modeOf, replicasOf } from './spec-document.ts'

/** Where an update of the service stands, as far as a command cares. */
export type Motion =
  | 'at rest'
  | 'updating'
  | 'rolling back'
  | 'update paused'
  | 'rollback paused'

/** The facts of a command, with what every kind of command asks of them. */
export type Situation = Facts & {
  readonly name: string
  readonly kind: ModeKind
  readonly replicas: number | null
  readonly motion: Motion
  readonly nodes: NodeFacts
  readonly tasks: TaskMap
  /** The slots that the service asks for, each with its task, if it has a live one. */
  readonly slots: readonly { readonly hold: Hold; readonly task: Task | null }[]
  readonly networkName: (id: string) => string
}

export function situation(facts: Facts): Situation {
  const { state, service, document } = facts
  const nodes = nodeFacts(state.nodes)
  const tasks = tasksOfService(state, service.id)
  const names = networkNames(state.networks)
  return {
    ...facts,
    name: service.name,
    kind: modeOf(document),
    replicas: replicasOf(document),
    motion: motion(facts),
    nodes,
    tasks,
    slots: occupancy(service, tasks, nodes)
      .holds.filter(({ expected }) => expected)
      .map((hold) => ({ hold, task: hold.tasks.find(isLive) ?? null })),
    networkName: (id) => names.get(id) ?? shortId(id),
  }
}

function motion({ service }: Facts): Motion {
  switch (service.update?.state) {
    case 'updating':
      return 'updating'
    case 'rollback_started':
      return 'rolling back'
    case 'paused':
      return 'update paused'
    case 'rollback_paused':
      return 'rollback paused'
    case 'completed':
    case 'rollback_completed':
    case undefined:
      return 'at rest'
  }
}

export const isPaused = ({ motion }: Pick<Situation, 'motion'>): boolean =>
  motion === 'update paused' || motion === 'rollback paused'

export const isMoving = ({ motion }: Pick<Situation, 'motion'>): boolean =>
  motion === 'updating' || motion === 'rolling back'

/** Whether a task is on what was asked for last. */
export const isCurrent = ({ service }: Situation, task: Task): boolean =>
  isUpToDate(task, service.image)
