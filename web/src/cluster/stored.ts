import type { Rotation, RotationList } from '@skep/shared/contract/rotation'
import type { Service } from '@skep/shared/contract/service'
import type { ConfigContent, StoredKind, StoredList } from '@skep/shared/contract/stored'
import type { VolumeList } from '@skep/shared/contract/volume'
import { api } from '@skep/shared/paths'
import { useQuery } from '@tanstack/react-query'
import { detailQuery, useDetail } from './details.ts'
import { getJson } from './get-json.ts'
import { useCluster } from './queries.ts'

/**
 * Lists of thousands are read seldom: when a service that could be a consumer changed, and
 * from time to time, since the stream tells of no secret. Times in milliseconds.
 */
const upkeep = { pace: 2_000, every: 15_000 }

/** How often rotations are asked for, while one runs and while none does; milliseconds. */
const rotationPace = { running: 1_500, none: 15_000 }

/** What of the services decides who uses what, as a text that compares by value. */
const basisOf = (services: Record<string, Service>): string =>
  Object.values(services)
    .map(({ name, updatedAt, running, upToDate }) =>
      [name, updatedAt, running, upToDate].join(' '),
    )
    .join('\n')

export const useConsumerBasis = (): string => useCluster((c) => basisOf(c.services))

const storedKey = (kind: StoredKind) => ['stored', kind]
const volumesKey = ['volumes', '']

/** Every secret, or every config, with its consumers. */
export const useStored = (kind: StoredKind) =>
  useDetail<StoredList>(storedKey(kind), api.stored(kind), useConsumerBasis(), upkeep)

/** Every volume that is referred to, and where its data lies. */
export const useVolumes = () =>
  useDetail<VolumeList>(volumesKey, api.volumes(), useConsumerBasis(), upkeep)

/** The same lists for whoever only wants to know what there is, or soon wants to. */
export const storedQuery = (kind: StoredKind) =>
  detailQuery<StoredList>(storedKey(kind), api.stored(kind), upkeep.pace)

export const volumesQuery = detailQuery<VolumeList>(volumesKey, api.volumes(), upkeep.pace)

/**
 * What a config holds; it never changes. What was asked to be revealed is forgotten as soon
 * as nobody looks at it. Null asks for none.
 */
export const useConfigContent = (name: string | null, reveal: boolean) =>
  useQuery({
    queryKey: ['config-content', name, reveal],
    queryFn: ({ signal }) =>
      getJson<ConfigContent>(
        `${api.configContent(name ?? '')}${reveal ? '?reveal=yes' : ''}`,
        signal,
      ),
    enabled: name !== null,
    staleTime: Infinity,
    gcTime: 0,
    retry: 1,
  })

/** Why what is kept back of a config is not shown, whoever asks; null where it is. */
export const useKeptBack = (): string | null =>
  useCluster(({ readOnly }) => readOnly)
    ? 'This console is read-only: what is kept back stays so.'
    : null

export const rotationsKey = ['rotations'] as const
export const rotationKey = (id: string) => ['rotation', id] as const

/** Rotations under way, and those that ended lately. */
export const useRotations = () =>
  useQuery({
    queryKey: rotationsKey,
    queryFn: ({ signal }) => getJson<RotationList>(api.rotations(), signal),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(isMoving) ? rotationPace.running : rotationPace.none,
    retry: 1,
  })

export const useRotation = (id: string) =>
  useQuery({
    queryKey: rotationKey(id),
    queryFn: ({ signal }) => getJson<Rotation>(api.rotation(id), signal),
    // One that has stopped is looked at by whoever is about to mend it.
    refetchInterval: ({ state: { data } }) =>
      data && (isMoving(data) || data.state === 'stopped')
        ? rotationPace.running
        : rotationPace.none,
    retry: 1,
  })

const isMoving = ({ state }: Rotation): boolean => state === 'running'

/** Whether anything is left to be done about a rotation, be it only its old version. */
export const isOpenRotation = ({ state }: Rotation): boolean =>
  state !== 'retired' && state !== 'abandoned'
