import type { Node } from '@skep/shared/contract/node'
import { useOperations } from '../../cluster/queries.ts'

/** After an activation, for as long as it is remembered: why the node stays so empty. */
export function ActivatedNote({ node: { id, availability } }: { node: Node }) {
  const wasActivated = Object.values(useOperations()).some(
    ({ kind, subject }) => kind === 'activate' && subject.id === id,
  )
  if (!wasActivated || availability !== 'active') return null
  return <p>Tasks do not move back by themselves.</p>
}
