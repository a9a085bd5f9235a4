import type { LabelUses, Placement } from '@skep/shared/contract/placement'
import type { Service } from '@skep/shared/contract/service'
import type { SpecSummary } from '@skep/shared/contract/spec-summary'
import type { StatefulList, Statefulness } from '@skep/shared/contract/stateful'
import type { TaskHistory } from '@skep/shared/contract/task'
import { api } from '@skep/shared/paths'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { getJson } from './get-json.ts'
import { useReadAgain } from './read-again.ts'

/** At most one read per this many milliseconds, however fast the service changes. */
const usualPace = 200

/** Every task the swarm remembers of a service; read again when the service changes. */
export const useTaskHistory = (service: Service) =>
  useDetail<TaskHistory>(['tasks', service.name], api.serviceTasks(service.name), service)

/** What was asked of the swarm; read again when the service changes. */
export const useSpec = (service: Service) =>
  useDetail<SpecSummary>(['spec', service.name], api.serviceSpec(service.name), service)

/** Where the next task of a service could run; read again when the basis is another. */
export const usePlacement = (service: string, basis: unknown) =>
  useDetail<Placement>(['placement', service], api.servicePlacement(service), basis)

/** What constraints ask of the labels of a node; read again when the basis is another. */
export const useLabelUses = (node: string, basis: unknown) =>
  useDetail<LabelUses>(['label-uses', node], api.nodeLabelUses(node), basis)

/** How a service holds data, with the reasons; read again when the basis is another. */
export const useStatefulness = (service: string, basis: unknown) =>
  useDetail<Statefulness>(['state', service], api.serviceStatefulness(service), basis)

/** Every service that holds data; read again when the basis is another. */
export const useStateful = (basis: unknown) =>
  useDetail<StatefulList>(['stateful', ''], api.stateful(), basis)

/** How a detail is kept up to date; times in milliseconds. */
type Upkeep = {
  /** At most one read per this, however fast the basis changes. */
  pace?: number
  /** Read again after this at the latest: of what the stream does not tell at all. */
  every?: number
}

/** How a detail is read; what was read within its pace is not read again for being shown. */
export const detailQuery = <T>(queryKey: string[], path: string, pace: number) =>
  queryOptions({
    queryKey,
    queryFn: ({ signal }) => getJson<T>(path, signal),
    staleTime: pace,
  })

/** The stream says that something changed; the details it does not carry are asked for. */
export function useDetail<T>(
  queryKey: string[],
  path: string,
  basis: unknown,
  { pace = usualPace, every }: Upkeep = {},
) {
  useReadAgain(queryKey, basis, pace)
  return useQuery({
    ...detailQuery<T>(queryKey, path, pace),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchInterval: every ?? false,
    retry: 2,
  })
}
