import type { Standing } from '../commands/standing.ts'
import { type Names, nodeNames } from '../names.ts'
import { type NodeFacts, nodeFacts } from '../node-facts.ts'
import { type Site, siteOf, sitesOf } from '../placement/sites.ts'
import type { Residency } from '../residency.ts'
import type { Node, TaskMap } from '../state.ts'
import { tasksOfNode } from '../tasks-of.ts'

/** All that a node command is judged on: read afresh for a commit, as is for a look. */
export type Facts = Standing & {
  readonly node: Node
  /** Where node-local volumes were. */
  readonly residency: Residency
  /** The container that the console runs in: its id, or the beginning of it; null: none. */
  readonly self: string | null
}

/** The facts of a node command, with what every kind of command asks of them. */
export type Situation = Facts & {
  readonly name: string
  readonly names: Names
  readonly nodes: NodeFacts
  /** The tasks of this node, whatever became of them. */
  readonly tasks: TaskMap
  /** This node with what its tasks leave of it. */
  readonly here: Site
  /** Every node with what its tasks leave of it, by id and in the order of their names. */
  readonly sites: ReadonlyMap<string, Site>
}

export function situation(facts: Facts): Situation {
  const { state, node } = facts
  const names = nodeNames(state.nodes)
  const named = [...state.nodes.values()]
    .map((one) => ({ one, name: nameIn(names, one.id) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    ...facts,
    names,
    name: nameIn(names, node.id),
    nodes: nodeFacts(state.nodes),
    tasks: tasksOfNode(state, node.id),
    here: siteOf(state, node),
    sites: sitesOf(
      state,
      named.map(({ one }) => one),
    ),
  }
}

export const nameIn = (names: Names, id: string): string => names.get(id) ?? id

/** The sites of the other nodes, in the order of their names. */
export const elsewhereOf = ({ sites, node }: Situation): readonly Site[] =>
  [...sites.values()].filter((site) => site.node.id !== node.id)
