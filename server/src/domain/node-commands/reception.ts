import type { FilterId } from '@skep/shared/contract/placement'
import type { Demand } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import type { Site } from '../placement/sites.ts'
import { nameIn, type Situation } from './facts.ts'
import { refusedWords } from './words.ts'

/** How the other nodes receive a task of some demand. */
export type Reception = {
  readonly candidates: readonly Site[]
  /** Of the candidates. */
  readonly names: string[]
  /** Who refuses it, in words; null: nobody. */
  readonly blockedBy: string | null
}

/**
 * Asks the other nodes, once for all services that demand the same: they share one answer,
 * and the very same list of names.
 */
export function receptions(
  on: Situation,
  sites: readonly Site[],
): (demand: Demand) => Reception {
  const known = new Map<string, Reception>()
  return (demand) => {
    const key = keyOf(demand)
    const found = known.get(key) ?? reception(on, sites, demand)
    known.set(key, found)
    return found
  }
}

/** Whose tasks they are matters to one filter only. */
const keyOf = (demand: Demand): string =>
  JSON.stringify(demand.maxReplicas === null ? { ...demand, serviceId: '' } : demand)

function reception(on: Situation, sites: readonly Site[], demand: Demand): Reception {
  const refusals: FilterId[] = []
  const candidates: Site[] = []
  for (const site of sites) {
    const refusal = firstRefusal(demand, site)
    if (refusal === null) candidates.push(site)
    else refusals.push(refusal)
  }
  return {
    candidates,
    names: candidates.map(({ node }) => nameIn(on.names, node.id)),
    blockedBy: refusedWords(refusals),
  }
}
