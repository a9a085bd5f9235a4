import { labelValue } from '../label-value.ts'
import type { Placement } from '../store/specs.ts'
import type { NodeInfo } from './node-info.ts'

/** Nodes by the values of the labels to spread over, level by level. */
export type Branch = {
  /** Tasks of the service that run in it. */
  tasks: number
  readonly branches: Map<string, Branch>
  readonly nodes: NodeInfo[]
}

/** @see moby/swarmkit manager/scheduler/nodeset.go tree */
export function spreadTree(
  nodes: Iterable<NodeInfo>,
  preferences: Placement['Preferences'],
  serviceId: string,
): Branch {
  const root = newBranch()
  const labels = (preferences ?? []).flatMap(({ Spread }) =>
    labelOf(Spread?.SpreadDescriptor ?? ''),
  )
  for (const info of nodes) {
    const tasks = info.activeOf(serviceId)
    let branch = root
    branch.tasks += tasks
    for (const read of labels) {
      const value = read(info)
      const next = branch.branches.get(value) ?? newBranch()
      branch.branches.set(value, next)
      next.tasks += tasks
      branch = next
    }
    branch.nodes.push(info)
  }
  return root
}

/**
 * Splits `count` tasks over a branch so that its parts become even; what does not fit into
 * one goes to the others. `place` puts tasks on nodes and answers how many it could.
 * @see moby/swarmkit manager/scheduler/scheduler.go scheduleNTasksOnSubtree
 */
export function spreadOver(
  branch: Branch,
  count: number,
  place: (nodes: readonly NodeInfo[], count: number) => number,
): number {
  if (branch.branches.size === 0) return place(branch.nodes, count)
  const full = new Set<Branch>()
  const parts = [...branch.branches.values()]
  let inUse = branch.tasks
  let placed = 0
  while (placed < count && full.size < parts.length) {
    const open = parts.length - full.size
    const share = Math.floor((inUse + count - placed) / open)
    let remainder = (inUse + count - placed) % open
    for (const part of parts) {
      if (full.has(part)) continue
      const has = part.tasks
      if (has > share || (has === share && remainder === 0)) continue
      const wanted = share - has + (remainder > 0 ? 1 : 0)
      const done = spreadOver(part, wanted, place)
      part.tasks += done
      inUse += done
      placed += done
      if (done < wanted) {
        full.add(part)
        inUse -= part.tasks
      } else if (remainder > 0) {
        remainder--
      }
    }
  }
  return placed
}

function newBranch(): Branch {
  return { tasks: 0, branches: new Map(), nodes: [] }
}

/** Any other descriptor is passed over without a word, as swarmkit does. */
function labelOf(descriptor: string): ((info: NodeInfo) => string)[] {
  const name = /^(node|engine)\.labels\.(.+)$/i.exec(descriptor)
  if (!name) return []
  const [, place = '', label = ''] = name
  return [
    ({ node }) =>
      labelValue(
        place.toLowerCase() === 'node' ? node.Spec.Labels : node.Description.Engine.Labels,
        label,
      ) ?? '',
  ]
}
