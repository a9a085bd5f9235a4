import { nodeName } from '../node-facts.ts'
import { demandOf, withoutRoom } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import { type Site, siteOf } from '../placement/sites.ts'
import type { Service, Task } from '../state.ts'
import { hadContainer } from '../statefulness/last-home.ts'
import { isLive, newestFirst } from '../task-life.ts'
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
  /**
   * The last that ran in slots that get another task where none that ran makes room, whatever
   * has been tried since.
   */
  readonly gone: readonly Made[]
  readonly pace: Pace
  /** Ids of the nodes that a new task could go to; once the one on `from` makes room. */
  readonly openNodes: (from: string | null) => readonly string[]
}

export function dataChange(
  on: Situation,
  after: SpecDocument,
  consequence: Consequence,
  isRollback: boolean,
): DataChange {
  const next = on.asService(after)
  const replaced = replacedBy(on, after)
  const leaving = made(on, replaced)
  const pace = paceOf(isRollback ? after.RollbackConfig : after.UpdateConfig)
  const held = new Set(on.slots.filter(isHeld(replaced)).map(({ hold }) => hold.key))
  const left = new Set(leaving.map(({ task }) => slotOf(on, task)))
  const isOpen = (slot: string) => !held.has(slot) && !left.has(slot)
  const gone = made(on, lastOfSlots(on, isOpen))
  const openNodes = opening({ on, next, pace, replaced })
  return { on, after, next, consequence, leaving, gone, pace, openNodes }
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

/** Whether a slot has a task that stays. */
const isHeld =
  (replaced: readonly Task[]) =>
  ({ task }: Situation['slots'][number]): boolean =>
    task !== null && !replaced.includes(task)

/** As a hold is named: by number, or by the node where each has one. */
const slotOf = ({ nodes }: Situation, { slot, nodeId }: Task): string =>
  slot === null ? nodeName(nodes, nodeId ?? '') : String(slot)

/** Of each slot that is meant the newest task that had a container. */
const lastOfSlots = (on: Situation, isMeant: (slot: string) => boolean): Task[] =>
  [
    ...Map.groupBy([...on.tasks.values()].filter(hadContainer), (task) => slotOf(on, task)),
  ].flatMap(([slot, tasks]) =>
    isMeant(slot) ? (tasks.toSorted(newestFirst)[0] ?? []) : [],
  )

type Opening = Pick<DataChange, 'on' | 'next' | 'pace'> & {
  readonly replaced: readonly Task[]
}

/**
 * Of several tasks that are replaced one at a time the others stay where they are, unless one
 * can leave their nodes. A task that stops is no replica any more, but holds its ports and
 * its share to its end: where another node takes the next one, it goes there. Those that are
 * replaced later find what the ones before them have left.
 * @see moby/swarmkit manager/scheduler/nodeinfo.go; moby/swarmkit#1446
 */
function opening({ on, next, pace, replaced }: Opening): DataChange['openNodes'] {
  const demand = demandOf(next, on.state)
  const byNode = Map.groupBy(replaced, ({ nodeId }) => nodeId)
  const sites = [...on.state.nodes.values()].map((node) => siteOf(on.state, node))
  const takes = (site: Site) => firstRefusal(demand, site) === null
  const open = (going: readonly Task[]): string[] => {
    const ids = new Set(going.map(({ id }) => id))
    const held = sites.filter((site) => takes(withoutReplicas(site, going)))
    const taken =
      held.length > 0 || ids.size === 0
        ? held
        : sites.filter(({ node }) => takes(siteOf(on.state, node, ids)))
    return taken.map(({ node }) => node.id)
  }
  const known = new Map<string | null, readonly string[]>()
  return (from) => {
    const found = known.get(from) ?? placesFrom(from)
    known.set(from, found)
    return found
  }

  function placesFrom(from: string | null): readonly string[] {
    const first = firstFrom(from)
    const isTogether = pace.Parallelism === 0 || pace.Parallelism >= replaced.length
    // Those that find no room among them wait for what the others leave.
    const isAtOnce = isTogether && first.length >= replaced.length
    const stays = pace.Order === 'stop-first' && first.every((id) => byNode.has(id))
    return isAtOnce || first.length === 0 || (pace.Parallelism === 1 && stays)
      ? first
      : [...new Set([...first, ...freedFor(from)])]
  }

  /** Where it could go before any of the others has gone. */
  function firstFrom(from: string | null): readonly string[] {
    if (pace.Order === 'start-first') return open([])
    if (from === null || pace.Parallelism !== 1) return open(replaced)
    const first = open(byNode.get(from) ?? [])
    return first.every((id) => byNode.has(id)) ? first : open(replaced)
  }

  /** The nodes that others have left by then, with all that they held. */
  function freedFor(from: string | null): string[] {
    return sites.flatMap(({ node }) => {
      const left = node.id === from ? [] : (byNode.get(node.id) ?? [])
      const ids = new Set(left.map(({ id }) => id))
      return left.length > 0 && takes(siteOf(on.state, node, ids)) ? node.id : []
    })
  }
}

/** The site with so many replicas fewer, and all that they hold. */
function withoutReplicas(site: Site, going: readonly Task[]): Site {
  const here = going.filter(({ nodeId }) => nodeId === site.node.id)
  const [first] = here
  if (!first) return site
  const left = (site.counts.get(first.serviceId) ?? 0) - here.length
  return { ...site, counts: new Map(site.counts).set(first.serviceId, Math.max(0, left)) }
}

/** The nodes that would take one if they were ready and had room. */
export function nodesSomeday({ on, next }: DataChange): string[] {
  const demand = withoutRoom(demandOf(next, on.state))
  return [...on.state.nodes.values()]
    .filter((node) => {
      const open = { ...node, state: 'ready', availability: 'active' } as const
      return firstRefusal(demand, siteOf(on.state, open)) === null
    })
    .map(({ id }) => id)
}
