import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { List } from './use-list.ts'

/** Nothing fits the filter: a fact about the filter, not about the swarm. */
export function NoMatch({ list, things }: { list: List; things: string }) {
  const asked = [list.status, list.q].filter(Boolean).join(' ')
  return (
    <EmptyState action={<Button onClick={list.clear}>Clear filter</Button>}>
      No {things} match <strong>{asked}</strong>.
    </EmptyState>
  )
}
