import type { Operation } from '@skep/shared/contract/operation'
import { api } from '@skep/shared/paths'
import { skipToken, useQuery } from '@tanstack/react-query'
import { getJson } from '../cluster/get-json.ts'
import { pick, useClusterIfAny } from '../cluster/queries.ts'
import type { AnyPreview } from './target.ts'

export const operationKey = (id: string) => ['operation', id] as const

/** What was shown of an operation before the press, for as long as this tab remembers. */
export const answeredKey = (id: string) => ['answered', id] as const

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

/** The preview that an operation answered; null after a reload. */
export const useAnswered = (id: string): AnyPreview | null =>
  useQuery<AnyPreview>({ queryKey: answeredKey(id), queryFn: skipToken }).data ?? null
