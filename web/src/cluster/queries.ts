import type { Cluster } from '@skep/shared/contract/cluster'
import type { Network } from '@skep/shared/contract/network'
import type { Node } from '@skep/shared/contract/node'
import type { Service } from '@skep/shared/contract/service'
import { skipToken, useQuery } from '@tanstack/react-query'
import { clusterKey } from './session.ts'

// The stream fills this entry (session.ts): it never fetches on its own, and identities
// are kept by the reception, so nothing is compared here.
const useClusterQuery = <T>(select: (cluster: Cluster) => T) =>
  useQuery<Cluster, Error, T>({
    queryKey: clusterKey,
    queryFn: skipToken,
    structuralSharing: false,
    select,
  })

/** A part of the cluster, or undefined before the first snapshot. For the shell. */
export function useClusterIfAny<T>(select: (cluster: Cluster) => T): T | undefined {
  return useClusterQuery(select).data
}

/**
 * A part of the cluster; renders again only when that part has another identity, so a
 * selector should pick, not build. Throws outside the gate that waits for a snapshot.
 */
export function useCluster<T>(select: (cluster: Cluster) => T): T {
  const { data, error } = useClusterQuery(select)
  if (error) throw error
  if (data === undefined)
    throw new Error('No snapshot yet: render this inside <ClusterGate>')
  return data
}

/** One of many by name; null if there is none, even for names such as `constructor`. */
export function pick<T>(entities: Record<string, T>, name: string): T | null {
  return Object.hasOwn(entities, name) ? (entities[name] ?? null) : null
}

export const useServices = (): Record<string, Service> => useCluster((c) => c.services)
export const useNodes = (): Record<string, Node> => useCluster((c) => c.nodes)
export const useNetworks = (): Record<string, Network> => useCluster((c) => c.networks)
export const useStacks = () => useCluster((c) => c.stacks)
export const useSwarm = () => useCluster((c) => c.swarm)
export const useOverview = () => useCluster((c) => c.overview)
export const useAttention = () => useCluster((c) => c.attention)
export const useOperations = () => useCluster((c) => c.operations)
export const useRecent = () => useCluster((c) => c.recent)

/** One service; renders again only when that service changes. Null when it is gone. */
export const useService = (name: string) => useCluster((c) => pick(c.services, name))

/** One node; renders again only when that node changes. Null when it is gone. */
export const useNode = (name: string) => useCluster((c) => pick(c.nodes, name))
