import type { ReactNode } from 'react'
import { useKnown } from '../cluster/status.ts'
import { SwarmStatePage } from './SwarmStatePage.tsx'

/**
 * Lets a page through once there is something to show. Before, the state of the swarm is
 * the page: never an empty list. Afterwards nothing is taken away again.
 */
export function ClusterGate({ children }: { children: ReactNode }) {
  const known = useKnown()
  return known ? children : <SwarmStatePage />
}
