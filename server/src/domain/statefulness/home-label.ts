import type { Service } from '../state.ts'

/** By this an operator says on which node the data is: by the node's name or its id. */
export const homeLabel = 'skep.home'

type NodeName = { readonly id: string; readonly name: string }

/** Whether the operator says that the data is on this node; null: nothing is said. */
export function isSaidHome({ spec: { labels } }: Service, node: NodeName): boolean | null {
  const home = Object.hasOwn(labels, homeLabel) ? labels[homeLabel]?.trim() : undefined
  if (!home) return null
  return home === node.id || home.toLowerCase() === node.name.toLowerCase()
}
