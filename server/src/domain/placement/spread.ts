import { attributeOf } from '../constraints.ts'
import type { Demand } from './demand.ts'
import { firstRefusal } from './filters.ts'
import type { Site } from './sites.ts'

/**
 * Ids of the sites that take the next task, likeliest first: the branch with the fewest
 * tasks of the service at each level of the preferences, then the node with the fewest of
 * them, then the one with the fewest tasks. A hint: the scheduler takes either of two that
 * are even, and shuns a node where the service failed five times in five minutes.
 * @param preferences descriptors to spread over, such as `node.labels.zone`; others than
 * labels are passed over, as the scheduler does
 * @see moby/swarmkit manager/scheduler/nodeset.go, tree; scheduler.go, nodeLess
 */
export function likely(
  demand: Demand,
  preferences: readonly string[],
  sites: Iterable<Site>,
): string[] {
  const spreads = preferences.filter((one) => /^(node|engine)\.labels\../i.test(one))
  return ordered(demand, spreads, [...sites]).map(({ node }) => node.id)
}

/** Branches are weighed with the nodes that refuse the task, and only then lose those. */
function ordered(
  demand: Demand,
  [spread, ...deeper]: readonly string[],
  sites: readonly Site[],
): Site[] {
  const ours = ({ counts }: Site) => counts.get(demand.serviceId) ?? 0
  if (spread === undefined) {
    return sites
      .filter((site) => firstRefusal(demand, site) === null)
      .sort((a, b) => ours(a) - ours(b) || sum(a.counts.values()) - sum(b.counts.values()))
  }
  const branches = Map.groupBy(sites, ({ node }) => attributeOf(spread, node) ?? '')
  return [...branches.values()]
    .map((branch) => ({ branch, tasks: sum(branch.map(ours)) }))
    .sort((a, b) => a.tasks - b.tasks)
    .flatMap(({ branch }) => ordered(demand, deeper, branch))
}

function sum(counts: Iterable<number>): number {
  let total = 0
  for (const count of counts) total += count
  return total
}
