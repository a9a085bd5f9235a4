import type { QuorumOutlook } from '@skep/shared/contract/node-preview'
import { quorum } from '../quorum.ts'
import type { Node } from '../state.ts'
import { counted } from '../words.ts'
import type { Situation } from './facts.ts'

/** The raft after a manager has gone from it, or another has come; as it is for `stays`. */
export function quorumOutlook(
  { state, node }: Situation,
  change: 'joins' | 'leaves' | 'stays',
): QuorumOutlook {
  const nodes = [...state.nodes.values()]
  const now = quorum(nodes)
  const after = quorum(
    nodes.map((one) => (one.id === node.id ? changed(one, change) : one)),
  )
  return {
    managers: now.total,
    reachable: now.reachable,
    needed: after.needed,
    managersThen: after.total,
    reachableThen: after.reachable,
    tolerates: after.canLose,
    sentence: words(after.total, after.reachable, after.needed, after.canLose),
  }
}

const joined = { leader: false, reachability: 'reachable', address: null } as const

function changed(node: Node, change: 'joins' | 'leaves' | 'stays'): Pick<Node, 'manager'> {
  switch (change) {
    case 'joins':
      return { manager: joined }
    case 'leaves':
      return { manager: null }
    case 'stays':
      return node
  }
}

function words(total: number, reachable: number, needed: number, canLose: number): string {
  const have = `${counted(total, 'manager')}, ${reachable} reachable, ${needed} needed`
  if (reachable < needed) return `${have}: no quorum.`
  return canLose === 0 ? `${have}: not one may fail.` : `${have}: ${canLose} may fail.`
}
