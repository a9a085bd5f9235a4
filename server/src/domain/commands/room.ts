import { type FilterId, filterIds } from '@skep/shared/contract/placement'
import { type Demand, demandOf } from '../placement/demand.ts'
import { firstRefusal, isSure, roomForAll } from '../placement/filters.ts'
import { refusalSentence } from '../placement/refusal-sentence.ts'
import { type Site, siteOf } from '../placement/sites.ts'
import { holdsShare } from '../task-life.ts'
import type { Situation } from './situation.ts'
import type { SpecDocument } from './spec-document.ts'

const words: Readonly<Record<FilterId, string>> = {
  ready: 'not available for new tasks',
  resources: 'too little memory or CPU left to reserve',
  plugins: 'a plugin is missing',
  constraints: 'its constraints are not met',
  platform: 'another platform',
  'host-port': 'host port in use',
  'max-replicas': 'replicas per node used up',
  volumes: 'cluster volumes not to be had',
}

/** Where tasks of a spec could be placed now. */
export type Room = {
  /** How many more tasks find a node; infinite where nothing limits them. */
  readonly tasks: number
  /** In words, the filters that refuse nodes and how many; empty if none does. */
  readonly refusals: string
  /** Ids of the nodes that would take one. */
  readonly nodes: readonly string[]
  /** Why of none of these it is sure, for their cluster volumes; null where of one it is. */
  readonly doubt: string | null
}

/**
 * The room for tasks of a spec that is yet to be asked for. Where it cannot be told whether a
 * cluster volume can be had, there may be less.
 * @param own whether the service's own tasks take room as well (a replacement that starts
 * first, a replica more), or make place for what is asked
 */
export function room(
  on: Situation,
  document: SpecDocument,
  own: 'stay' | 'make place',
): Room {
  const demand = demandOf(on.asService(document), on.state)
  const leaving = own === 'stay' ? [] : [...on.tasks.values()].filter(holdsShare)
  const without = new Set(leaving.map(({ id }) => id))
  const refused = new Map<FilterId, number>()
  const open: Site[] = []
  for (const node of on.state.nodes.values()) {
    const site = siteOf(on.state, node, without)
    const first = firstRefusal(demand, site)
    if (first === null) open.push(site)
    else refused.set(first, (refused.get(first) ?? 0) + 1)
  }
  const refusals = filterIds
    .flatMap((filter) => {
      const count = refused.get(filter)
      return count ? `${words[filter]} on ${count}` : []
    })
    .join('; ')
  return {
    tasks: roomForAll(demand, open),
    refusals,
    nodes: open.map(({ node }) => node.id),
    doubt: doubtOf(demand, open),
  }
}

function doubtOf(demand: Demand, open: readonly Site[]): string | null {
  const [first] = open
  if (!first || open.some((site) => isSure(demand, site))) return null
  return refusalSentence('volumes', demand, first)
}
