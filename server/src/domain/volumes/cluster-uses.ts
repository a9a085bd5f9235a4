import { volumesFor } from '../placement/volume-finding.ts'
import type { Attachment, ClusterState, ClusterVolume, Mount, Service } from '../state.ts'
import { isOver } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import type { Use } from './volume-uses.ts'

/** A cluster volume, or what a spec calls one, and how services use it. */
export type ClusterUses = {
  /** Its own, or as a mount writes it. */
  readonly name: string
  /** Null where the swarm has none of that name or group, or tells of none. */
  readonly volume: ClusterVolume | null
  readonly uses: readonly ClusterUse[]
}

export type ClusterUse = Use & {
  /** Where its tasks have it. */
  readonly target: string
}

/**
 * Every cluster volume of the swarm, and every name or group that a mount asks for in vain.
 * Whoever mounts a group uses each of its volumes; its tasks, the ones that they were given.
 */
export function clusterUses(state: ClusterState): ClusterUses[] {
  const asked = [...state.services.values()].flatMap((service) => askedBy(service, state))
  const usesOf = Map.groupBy(asked, ({ volume, use }) => volume ?? use.source)
  const known = [...(state.clusterVolumes?.values() ?? [])]
  const inVain = [...usesOf.keys()].filter((key) => typeof key === 'string')
  return [
    ...known.map((volume) => ({ name: volume.name, volume, key: volume })),
    ...inVain.map((name) => ({ name, volume: null, key: name })),
  ].map(({ name, volume, key }) => ({
    name,
    volume,
    uses: (usesOf.get(key) ?? []).map(({ use }) => use),
  }))
}

type Asked = { readonly volume: ClusterVolume | null; readonly use: ClusterUse }

/**
 * What the spec of a service asks for, what only the one that a rollback would bring back
 * does, and what only older tasks of it have.
 */
function askedBy(service: Service, state: ClusterState): Asked[] {
  const known = state.clusterVolumes ?? noVolumes
  const mounts = service.spec.mounts.filter(isClusterMount)
  const before = (service.previous?.mounts ?? [])
    .filter(isClusterMount)
    .filter((previous) => !mounts.some((mount) => isAt(mount, previous)))
  const tasks = [...tasksOfService(state, service.id).values()].filter(
    (task) => task.clusterVolumes.length > 0 && !isOver(task),
  )
  const ask = (
    at: Where,
    by: { readonly mount: Mount | null; readonly previous: Mount | null },
    volume: ClusterVolume | null,
  ): Asked => ({
    volume,
    use: {
      service,
      naming: 'same',
      source: at.source,
      target: at.target,
      ...by,
      tasks: tasks.filter(({ clusterVolumes }) =>
        clusterVolumes.some(
          (given) => isAt(at, given) && (volume === null || given.id === volume.id),
        ),
      ),
    },
  })
  const older = tasks
    .flatMap(({ clusterVolumes }) => clusterVolumes)
    .filter((given) => ![...mounts, ...before].some((mount) => isAt(mount, given)))
  const askAll = (mount: ClusterMount, by: Parameters<typeof ask>[1]): Asked[] => {
    const volumes = volumesFor(mount, known)
    return volumes.length === 0
      ? [ask(mount, by, null)]
      : volumes.map((volume) => ask(mount, by, volume))
  }
  return [
    ...mounts.flatMap((mount) => askAll(mount, { mount, previous: null })),
    ...before.flatMap((previous) => askAll(previous, { mount: null, previous })),
    ...distinct(older).map((given) =>
      ask(given, { mount: null, previous: null }, known.get(given.id) ?? null),
    ),
  ]
}

const noVolumes: ReadonlyMap<string, ClusterVolume> = new Map()

type Where = { readonly source: string; readonly target: string }

const isAt = (where: Where, { source, target }: Where): boolean =>
  where.source === source && where.target === target

type ClusterMount = Mount & { readonly source: string }

const isClusterMount = (mount: Mount): mount is ClusterMount =>
  mount.type === 'cluster' && mount.source !== null

/** Several tasks of a service have the same. */
const distinct = (given: readonly Attachment[]): Attachment[] => [
  ...new Map(given.map((one) => [JSON.stringify([one.id, one.target]), one])).values(),
]
