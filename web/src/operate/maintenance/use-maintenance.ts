import type {
  Maintenance,
  MaintenanceEnd,
  MaintenanceStart,
} from '@skep/shared/contract/maintenance'
import { api } from '@skep/shared/paths'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getJson, postJson } from '../../cluster/get-json.ts'

/** How often it is asked how far an open one is, and whether one was begun; milliseconds. */
const pace = { open: 1_500, none: 15_000 }

/** The maintenance of a node that is open, or the last that ended, and what moves it on. */
export function useMaintenance(node: string) {
  const client = useQueryClient()
  const queryKey = ['maintenance', node]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => getJson<Maintenance | null>(api.nodeMaintenance(node), signal),
    refetchInterval: ({ state: { data } }) =>
      data && isUnderWay(data) ? pace.open : pace.none,
    retry: 1,
  })
  const take = (maintenance: Maintenance) => {
    // An answer that was asked for before this one would show what is past.
    void client.cancelQueries({ queryKey })
    client.setQueryData(queryKey, maintenance)
  }
  const begin = useMutation({
    mutationFn: (start: MaintenanceStart) =>
      postJson<Maintenance>(api.nodeMaintenance(node), start),
    onSuccess: take,
  })
  const tick = useMutation({
    mutationFn: ({ id, ...told }: Tick) =>
      postJson<Maintenance>(api.maintenanceTick(id), told),
    onSuccess: take,
  })
  const end = useMutation({
    mutationFn: ({ id, as }: MaintenanceEnd & { id: string }) =>
      postJson<Maintenance>(api.maintenanceEnd(id), { as }),
    onSuccess: take,
  })
  return { maintenance: query.data ?? null, error: query.error, begin, tick, end }
}

type Tick = { id: string; step: string; done: boolean; note?: string }

export const isUnderWay = ({ endedAt }: Maintenance): boolean => endedAt === null
