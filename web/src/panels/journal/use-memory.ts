import type { SpecHistory, SuspectChanges } from '@skep/shared/contract/journal'
import { api } from '@skep/shared/paths'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getJson } from '../../cluster/get-json.ts'
import { useRefresh } from './use-refresh.ts'

/** Each version of a service's spec; read again when the basis is another. */
export function useVersions(service: string, basis: unknown) {
  const queryKey = ['versions', service]
  useRefresh(queryKey, basis)
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => getJson<SpecHistory>(api.serviceVersions(service), signal),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: 2,
  })
}

/** What changed in the hour before an instant, the most suspect first. */
export function useSuspects(service: string, at: string) {
  const query = new URLSearchParams({ at, subject: `service:${service}` })
  return useQuery({
    queryKey: ['suspects', service, at],
    queryFn: ({ signal }) => getJson<SuspectChanges>(`${api.suspects()}?${query}`, signal),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: 2,
  })
}
