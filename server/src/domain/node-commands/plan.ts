import type { NodePreview } from '@skep/shared/contract/node-preview'
import type { Node } from '../state.ts'

/** What goes to the engine: a change of the node's own spec, or its end. */
export type NodeWrite =
  | {
      readonly kind: 'update'
      readonly change: Partial<Pick<Node, 'availability' | 'role' | 'labels'>>
    }
  | { readonly kind: 'remove'; readonly force: boolean }

/** What one kind of node command comes to, before what all of them have in common. */
export type NodePlan = Pick<
  NodePreview,
  | 'title'
  | 'sentence'
  | 'tasks'
  | 'services'
  | 'gains'
  | 'losesOnlyNode'
  | 'quorum'
  | 'afterwards'
  | 'checks'
  | 'command'
> & {
  /** What the button counts, such as `moves 9, stops 3`; empty where it counts nothing. */
  readonly counts: string
  readonly write: NodeWrite | null
}

/** What a plan says where nothing is touched. */
export const untouched = {
  tasks: [],
  services: [],
  gains: [],
  losesOnlyNode: [],
  quorum: null,
  afterwards: null,
  counts: '',
} as const satisfies Partial<NodePlan>
