import { demandOf } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import { siteOf } from '../placement/sites.ts'
import type { Service, Task } from '../state.ts'
import { hadContainer } from '../statefulness/last-home.ts'
import { isLive } from '../task-life.ts'
import { type Consequence, replacedBy, specOf } from './consequence.ts'
import { isCurrent, type Situation } from './situation.ts'
import { type Pace, paceOf, type SpecDocument } from './spec-document.ts'

/** A task that had a container, with the spec that it was made of; null: not known. */
export type Made = { readonly task: Task; readonly spec: Service | null }

/** A change of spec, as far as it matters to what tasks keep. */
export type DataChange = {
  readonly on: Situation
  readonly after: SpecDocument
  /** The service as it is asked for then. */
  readonly next: Service
  readonly consequence: Consequence
  /** Those that make room for others. */
  readonly leaving: readonly Made[]
  readonly pace: Pace
}

export function dataChange(
  on: Situation,
  after: SpecDocument,
  consequence: Consequence,
  isRollback: boolean,
): DataChange {
  return {
    on,
    after,
    next: on.asService(after),
    consequence,
    leaving: made(on, replacedBy(on, after)),
    pace: paceOf(isRollback ? after.RollbackConfig : after.UpdateConfig),
  }
}

/** Every live task that had a container. */
export const liveTasks = (on: Situation): Made[] =>
  made(on, [...on.tasks.values()].filter(isLive))

const made = (on: Situation, tasks: readonly Task[]): Made[] =>
  tasks
    .filter(hadContainer)
    .map((task) => ({ task, spec: isCurrent(on, task) ? on.service : before(on, task) }))

function before(on: Situation, task: Task): Service | null {
  const document = specOf(on, task)
  return document && on.asService(document)
}

/**
 * Ids of the nodes that a new task could go to when the one on this node makes room for it;
 * null: when none does. Of several that are replaced one at a time the others stay where
 * they are.
 */
export function openNodes(change: DataChange, from: string | null): string[] {
  const { on, next, leaving, pace } = change
  const demand = demandOf(next, on.state)
  const isAtOnce = pace.Parallelism === 0 || pace.Parallelism >= leaving.length
  const isGoing = ({ task }: Made) => isAtOnce || task.nodeId === from
  const going = from === null || pace.Order === 'start-first' ? [] : leaving.filter(isGoing)
  const without = new Set(going.map(({ task }) => task.id))
  return [...on.state.nodes.values()]
    .filter((node) => firstRefusal(demand, siteOf(on.state, node, without)) === null)
    .map(({ id }) => id)
}

/** The nodes that would take one if they were ready and had room. */
export function nodesSomeday({ on, next }: DataChange): string[] {
  const demand = {
    ...demandOf(next, on.state),
    reservations: { nanoCpus: 0, memoryBytes: 0 },
    generic: {},
    hostPorts: [],
    maxReplicas: null,
  }
  return [...on.state.nodes.values()]
    .filter((node) => {
      const open = { ...node, state: 'ready', availability: 'active' } as const
      return firstRefusal(demand, siteOf(on.state, open)) === null
    })
    .map(({ id }) => id)
}
