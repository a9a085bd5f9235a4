import type {
  ClusterState,
  Generic,
  Platform,
  Plugin,
  Resources,
  Service,
} from '../state.ts'

/** What a task asks of the node that is to run it. */
export type Demand = {
  readonly serviceId: string
  readonly constraints: readonly string[]
  readonly reservations: Resources
  readonly generic: Generic
  readonly platforms: readonly Platform[]
  /** Ports of the node that it takes for itself, as `8080/tcp`. */
  readonly hostPorts: readonly string[]
  /** Tasks of the service on one node, at most; null: no limit. */
  readonly maxReplicas: number | null
  readonly plugins: readonly Plugin[]
  readonly clusterMounts: readonly ClusterMount[]
}

/** A cluster volume that a task mounts, by its name, or any of a group, as `group:name`. */
export type ClusterMount = { readonly source: string; readonly readOnly: boolean }

/**
 * What the next task of a service asks for: by the service's spec of now, whatever the
 * tasks that run were made of.
 * @see moby/swarmkit manager/scheduler/filter.go, SetTask of each filter
 */
export function demandOf(service: Service, state: ClusterState): Demand {
  const { spec } = service
  return {
    serviceId: service.id,
    constraints: spec.constraints,
    reservations: spec.reservations,
    generic: spec.generic,
    platforms: spec.platforms,
    hostPorts: hostPortsOf(service),
    maxReplicas: spec.maxReplicasPerNode,
    plugins: [
      ...spec.mounts.flatMap(({ type, driver }) => volumePlugin(type, driver)),
      ...service.networkIds.flatMap((id) => networkPlugin(state, id)),
      ...logPlugin(spec.logDriver),
    ],
    clusterMounts: spec.mounts.flatMap(({ type, source, readOnly }) =>
      type === 'cluster' ? [{ source: source ?? '', readOnly }] : [],
    ),
  }
}

/** Ports that each task of a service takes of its node. A port of 0 is found at the start. */
export const hostPortsOf = ({ ports }: Pick<Service, 'ports'>): string[] =>
  ports.flatMap(({ mode, published, protocol }) =>
    mode === 'host' && published ? [`${published}/${protocol}`] : [],
  )

/** Only volumes of another driver than the engine's own need a plugin. */
export const volumePlugin = (type: string, driver: string | null): Plugin[] =>
  type === 'volume' && driver && driver !== 'local'
    ? [{ kind: 'Volume', name: driver }]
    : []

/** A network that is not known here, such as `host`, is one that every engine has. */
export function networkPlugin(state: ClusterState, id: string): Plugin[] {
  const name = state.networks.get(id)?.driver
  return name ? [{ kind: 'Network', name }] : []
}

export const logPlugin = (driver: string | null): Plugin[] =>
  driver && driver !== 'none' ? [{ kind: 'Log', name: driver }] : []

/** The same demand where there is room for all. */
export const withoutRoom = (demand: Demand): Demand => ({
  ...demand,
  reservations: { nanoCpus: 0, memoryBytes: 0 },
  generic: {},
  hostPorts: [],
  maxReplicas: null,
})
