import type { Rotation, RotationList } from '@skep/shared/contract/rotation'
import type { Service } from '@skep/shared/contract/service'
import type {
  ConfigContent,
  StoredIndex,
  StoredKind,
  StoredOne,
} from '@skep/shared/contract/stored'
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

/** What is about all of a kind has its beginning in common; no name is empty. */
const storedKey = (kind: StoredKind) => ['stored', kind, '']
const oneKey = (kind: StoredKind, name: string) => ['stored', kind, name]
const volumesKey = ['volumes', '']

/** Every secret, or every config, with its consumers by name. */
export const useStored = (kind: StoredKind) =>
  useDetail<StoredIndex>(storedKey(kind), api.storedIndex(kind), useConsumerBasis(), upkeep)

/** One of them, with how each consumer has it. */
export const useStoredOne = (kind: StoredKind, name: string) =>
  useDetail<StoredOne>(
    oneKey(kind, name),
    api.storedOne(kind, name),
    useConsumerBasis(),
    upkeep,
  )

/** Every volume that is referred to, and where its data lies. */
export const useVolumes = () =>
  useDetail<VolumeList>(volumesKey, api.volumes(), useConsumerBasis(), upkeep)

/** The same lists for whoever only wants to know what there is, or soon wants to. */
export const storedQuery = (kind: StoredKind) =>
  detailQuery<StoredIndex>(storedKey(kind), api.storedIndex(kind), upkeep.pace)

export const storedOneQuery = (kind: StoredKind, name: string) =>
  detailQuery<StoredOne>(oneKey(kind, name), api.storedOne(kind, name), upkeep.pace)

export const volumesQuery = detailQuery<VolumeList>(volumesKey, api.volumes(), upkeep.pace)

/**
 * What a config holds; it never changes. What was asked to be revealed is forgotten as soon
 * as nobody looks at it. Null asks for none. With `other` it is said whether they are the
 * same, whatever is kept back.
 */
export const useConfigContent = (name: string | null, reveal: boolean, other?: string) =>
  useQuery({
    queryKey: ['config-content', name, reveal, other],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams({
        ...(reveal && { reveal: 'yes' }),
        ...(other !== undefined && { with: other }),
      })
      const query = asked.size > 0 ? `?${asked}` : ''
      return getJson<ConfigContent>(`${api.configContent(name ?? '')}${query}`, signal)
    },
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
