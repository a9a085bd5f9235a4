import type { Operation } from '@skep/shared/contract/operation'
import { api } from '@skep/shared/paths'
import { useQuery } from '@tanstack/react-query'
import { getJson } from '../cluster/get-json.ts'
import { pick, useClusterIfAny } from '../cluster/queries.ts'

export const operationKey = (id: string) => ['operation', id] as const

/**
 * An operation as the stream tells of it. What the stream does not hold, because it is too
 * new or ended long ago, is asked for once.
 */
export function useOperation(id: string) {
  const streamed = useClusterIfAny(({ operations }) => pick(operations, id)) ?? null
  const asked = useQuery({
    queryKey: operationKey(id),
    queryFn: ({ signal }) => getJson<Operation>(api.operation(id), signal),
    enabled: streamed === null,
    staleTime: Infinity,
    retry: 1,
  })
  return {
    operation: streamed ?? asked.data ?? null,
    error: streamed ? null : asked.error,
    retry: () => void asked.refetch(),
  }
}
