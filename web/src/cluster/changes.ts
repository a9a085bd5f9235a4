import type { Cluster } from '@skep/shared/contract/cluster'
import type { Node } from '@skep/shared/contract/node'
import type { Service } from '@skep/shared/contract/service'

type Pair<T> = { name: string; before: T | null; after: T | null }

/** One service or node that is not as it was; null on the side where it did not exist. */
export type Change = ({ kind: 'service' } & Pair<Service>) | ({ kind: 'node' } & Pair<Node>)

/** What changed of what people look at: verdicts, running counts, states of nodes. */
export function changesBetween(before: Cluster, after: Cluster): Change[] {
  return [
    ...pairs(before.services, after.services, sameService).map(
      (pair) => ({ kind: 'service', ...pair }) as const,
    ),
    ...pairs(before.nodes, after.nodes, sameNode).map(
      (pair) => ({ kind: 'node', ...pair }) as const,
    ),
  ]
}

/** How many entities of any kind differ, by identity: what waits behind a held view. */
export function countDifferent(before: Cluster, after: Cluster): number {
  return (
    different(before.services, after.services) +
    different(before.nodes, after.nodes) +
    different(before.networks, after.networks) +
    different(before.stacks, after.stacks)
  )
}

type Named<T> = Record<string, T>

function pairs<T>(
  before: Named<T>,
  after: Named<T>,
  same: (before: T, after: T) => boolean,
): Pair<T>[] {
  if (before === after) return []
  return namesOf(before, after).flatMap((name) => {
    const was = entity(before, name)
    const is = entity(after, name)
    return was === is || (was && is && same(was, is))
      ? []
      : [{ name, before: was, after: is }]
  })
}

const sameService = (before: Service, after: Service) =>
  before.id === after.id &&
  before.convergence.verdict === after.convergence.verdict &&
  before.running === after.running &&
  before.desired === after.desired

const sameNode = (before: Node, after: Node) =>
  before.id === after.id &&
  before.status === after.status &&
  before.role === after.role &&
  before.manager?.leader === after.manager?.leader

function different<T>(before: Named<T>, after: Named<T>): number {
  if (before === after) return 0
  return namesOf(before, after).filter(
    (name) => entity(before, name) !== entity(after, name),
  ).length
}

const namesOf = (before: object, after: object) => [
  ...new Set([...Object.keys(before), ...Object.keys(after)]),
]

const entity = <T>(entities: Named<T>, name: string): T | null =>
  Object.hasOwn(entities, name) ? (entities[name] ?? null) : null
