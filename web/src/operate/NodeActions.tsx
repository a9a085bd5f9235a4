import type { Node } from '@skep/shared/contract/node'
import { Actions } from './Actions.tsx'
import { nodeCommandWords, nodeOffersOf } from './command-words.ts'
import { useSheet } from './use-sheet.ts'

/** What can be done to a node. */
export function NodeActions({ node }: { node: Node }) {
  const { open } = useSheet()
  return (
    <Actions
      offers={nodeOffersOf(node)}
      words={nodeCommandWords}
      onOpen={(kind) => open({ subject: 'node', name: node.name, kind })}
    />
  )
}
