import type { PlacementVerdict } from '@skep/shared/contract/stateful'
import { matchesAll } from '../constraints.ts'
import { isSettling, type NodeFact, nodeName } from '../node-facts.ts'
import type { Service } from '../state.ts'
import { isLive, isPerNode } from '../task-life.ts'
import { counted } from '../words.ts'
import { displaced } from './history.ts'
import { homeLabel } from './home-label.ts'
import { productOf } from './product.ts'
import type { StateFacts } from './statefulness.ts'
import { placesOf } from './storage.ts'

export type Placement = {
  readonly verdict: PlacementVerdict | null
  readonly why: string
  /** The one node that the constraints allow. */
  readonly pinnedTo: string | null
  readonly pinnedBy: string | null
  /** Whether no node that there is satisfies the constraints. */
  readonly isNowhere: boolean
}

const unbound = (why: string): Placement => ({
  verdict: null,
  why,
  pinnedTo: null,
  pinnedBy: null,
  isNowhere: false,
})

/** How firmly a service is held where its data is. */
export function placement(service: Service, facts: StateFacts): Placement {
  const bound = placesOf(service).filter(
    ({ fate, counts }) => counts && (fate === 'local' || fate === 'host'),
  )
  if (bound.length === 0) return unbound(freeWords(service))
  const { mode } = service
  if (isPerNode(mode)) {
    return unbound('One task per node, each beside the data of its own node.')
  }
  return held(service, facts)
}

/** Why nothing says where it has to run. */
function freeWords(service: Service): string {
  const counted = placesOf(service).filter(({ counts }) => counts)
  return counted.some(({ fate }) => fate === 'unknown')
    ? 'Whether what it keeps is bound to a node cannot be told.'
    : counted.length === 0 && productOf(service) === null
      ? 'Nothing is mounted that is bound to a node.'
      : 'Nothing that it keeps is bound to a node.'
}

/** The same for what is only read: nothing is held, but the constraints are the same. */
export function held(service: Service, facts: StateFacts): Placement {
  const { constraints } = service.spec
  const all = facts.nodes.nodes
  const allowed =
    constraints.length === 0 ? all : all.filter((node) => matchesAll(constraints, node))
  const isNowhere = allowed.length === 0
  const [only] = allowed
  const pin =
    constraints.length > 0 && allowed.length === 1 && only
      ? pinOf(constraints, facts.nodes, only)
      : null
  const moved = misplacedWords(service, facts, pin !== null)
  if (moved !== null) return { ...unbound(moved), ...pin, verdict: 'misplaced', isNowhere }
  if (pin) {
    const why = `${pin.pinnedBy} allows ${pin.pinnedTo} only.`
    return { verdict: 'pinned', why, ...pin, isNowhere }
  }
  const settling = isSettling(facts.nodes, facts.now)
  if (!allowed.some((node) => canTake(node, settling))) {
    const why = isNowhere
      ? 'No node satisfies its constraints.'
      : `${capable(allowed.length)}, and none of them is ready and active.`
    return { ...unbound(why), verdict: 'unschedulable', isNowhere }
  }
  if (allowed.length === all.length) {
    const why =
      constraints.length === 0
        ? 'No constraint keeps it where its data is.'
        : 'Its constraints allow every node.'
    return { ...unbound(why), verdict: 'unpinned', isNowhere }
  }
  return {
    ...unbound(`${capable(allowed.length)}: it can land beside another volume.`),
    verdict: 'loose',
    isNowhere,
  }
}

const capable = (count: number): string => `Its constraints allow ${counted(count, 'node')}`

const canTake = ({ state, availability }: NodeFact, settling: boolean): boolean =>
  availability === 'active' && (state === 'ready' || (settling && state === 'unknown'))

const pinOf = (
  constraints: readonly string[],
  nodes: StateFacts['nodes'],
  only: NodeFact,
) => ({
  pinnedTo: nodeName(nodes, only.id),
  pinnedBy: pinningConstraints(constraints, nodes.nodes, only),
})

/** The constraint that alone allows this node only, or else all that do it together. */
function pinningConstraints(
  constraints: readonly string[],
  all: readonly NodeFact[],
  only: NodeFact,
): string {
  const one = constraints.find((constraint) =>
    all.every((node) => node === only || !matchesAll([constraint], node)),
  )
  return one ?? constraints.join(' and ')
}

/**
 * A pin that was changed is no word on the data: it may have moved the task away from it. One
 * that has held for so long is taken for meant, in milliseconds.
 */
const settled = 7 * 24 * 3600 * 1000

/** @param isPinned where a pin holds it, the alarm ends by itself */
function misplacedWords(
  service: Service,
  facts: StateFacts,
  isPinned: boolean,
): string | null {
  if (facts.stays.length === 0) return null
  for (const { volume, now, before } of displaced(service, facts)) {
    const runs = [...facts.tasks.values()].some(
      (task) => task.nodeId === now.nodeId && task.state === 'running' && isLive(task),
    )
    if (!runs || (isPinned && facts.now - now.stay.from >= settled)) continue
    return `${volume} was last written on ${before.name}, and its task runs on ${now.name}. If its data was brought along, the label ${homeLabel}=${now.name} says so.`
  }
  return null
}
