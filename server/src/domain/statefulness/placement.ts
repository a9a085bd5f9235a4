import type { PlacementVerdict } from '@skep/shared/contract/stateful'
import { matchesAll } from '../constraints.ts'
import { isSettling, type NodeFact, nodeName } from '../node-facts.ts'
import type { Service } from '../state.ts'
import { isLive, isPerNode } from '../task-life.ts'
import { counted } from '../words.ts'
import { displaced } from './history.ts'
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
  if (bound.length === 0) return unbound('Nothing that it keeps is bound to a node.')
  const { mode } = service
  if (isPerNode(mode)) {
    return unbound('One task per node, each beside the data of its own node.')
  }
  return held(service, facts)
}

/** The same for what is only read: nothing is held, but the constraints are the same. */
export function held(service: Service, facts: StateFacts): Placement {
  const { constraints } = service.spec
  const all = facts.nodes.nodes
  const allowed =
    constraints.length === 0 ? all : all.filter((node) => matchesAll(constraints, node))
  const isNowhere = allowed.length === 0
  const [only] = allowed
  if (constraints.length > 0 && allowed.length === 1 && only) {
    const name = nodeName(facts.nodes, only.id)
    const by = pinningConstraints(constraints, all, only)
    return {
      verdict: 'pinned',
      why: `${by} allows ${name} only.`,
      pinnedTo: name,
      pinnedBy: by,
      isNowhere,
    }
  }
  const moved = misplacedWords(service, facts)
  if (moved !== null) return { ...unbound(moved), verdict: 'misplaced', isNowhere }
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

function misplacedWords(service: Service, facts: StateFacts): string | null {
  if (facts.stays.length === 0) return null
  for (const { volume, now, before } of displaced(service, facts)) {
    const runs = [...facts.tasks.values()].some(
      (task) => task.nodeId === now.nodeId && task.state === 'running' && isLive(task),
    )
    if (runs) {
      return `${volume} was last written on ${before.name}, and its task runs on ${now.name}.`
    }
  }
  return null
}
