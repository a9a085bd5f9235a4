import type { ServiceMode, UpdateState } from '@skep/shared/contract/service'
import type { Pace } from '@skep/shared/contract/spec-summary'
import type { SwarmState } from '@skep/shared/contract/swarm'
import type { TaskState } from '@skep/shared/contract/task-state'
import type { PublishState, VolumeAvailability } from '@skep/shared/contract/volume'

/**
 * The swarm as the domain sees it: the mirror's copy of what the engine said, in the
 * field's words, with defaults filled in and nothing judged. Every value is immutable;
 * an entity that did not change keeps its identity from one state to the next.
 */
export type ClusterState = {
  readonly services: ReadonlyMap<string, Service>
  readonly nodes: ReadonlyMap<string, Node>
  readonly networks: ReadonlyMap<string, Network>
  readonly secrets: ReadonlyMap<string, StoredFacts>
  readonly configs: ReadonlyMap<string, StoredFacts>
  /** Null where the engine cannot list them, or did not answer: nothing is known of any. */
  readonly clusterVolumes: ReadonlyMap<string, ClusterVolume> | null
  /** Tasks by service id, then by task id: a change touches one service's map only. */
  readonly tasksByService: ReadonlyMap<string, TaskMap>
  /** The same tasks by node id; those without a node are left out. */
  readonly tasksByNode: ReadonlyMap<string, TaskMap>
  readonly swarm: SwarmFacts
}

export type TaskMap = ReadonlyMap<string, Task>

/** Milliseconds since 1970, as the reporting clock told it. */
export type Millis = number

export type Task = {
  readonly id: string
  /** Cluster-wide raft index: `(id, version)` changes whenever anything of the task does. */
  readonly version: number
  readonly serviceId: string
  /** 1..n, null for global services. Replicated jobs count from 0. */
  readonly slot: number | null
  readonly nodeId: string | null
  readonly desired: TaskState
  readonly state: TaskState
  /** Start of the observed state, by the clock of the agent or manager that reported it. */
  readonly since: Millis
  readonly message: string
  readonly error: string | null
  readonly exitCode: number | null
  readonly containerId: string | null
  readonly image: string
  readonly createdAt: Millis
  /** Last change of the task object, by the clock of the managers. */
  readonly updatedAt: Millis
  readonly jobIteration: number | null
  readonly reserved: Resources
  readonly generic: Generic
  /** What it was made with; null where its spec says nothing. */
  readonly restart: RestartPolicy | null
  /** The named volumes that it was given, names as written; null sources are left out. */
  readonly volumes: readonly string[]
  /**
   * The paths of its node that it was given, as written; of a folder within a volume,
   * `volume:folder`.
   */
  readonly paths: readonly string[]
  /** Ports of its node that its container has, as `8080/tcp`; null: not told, before it runs. */
  readonly hostPorts: readonly string[] | null
  /** The cluster volumes that the scheduler chose for it. */
  readonly clusterVolumes: readonly Attachment[]
  /** Ids of the secrets and configs that it was given. */
  readonly storedIds: readonly string[]
  /** Whether the engine counts it as on the current spec; null if it cannot be asked. */
  readonly upToDate: boolean | null
}

/** A cluster volume, by its id, as a task was given it. */
export type Attachment = {
  readonly id: string
  /** As the mount names it: its name, or its group as `group:name`. */
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
}

export type Resources = { readonly nanoCpus: number; readonly memoryBytes: number }

/** Generic resources, such as GPUs: how many of each kind. */
export type Generic = Readonly<Record<string, number>>

/** An empty OS or architecture stands for any. */
export type Platform = { readonly os: string; readonly architecture: string }

/** What an engine can do beyond itself; kinds are `Volume`, `Network` and `Log`. */
export type Plugin = { readonly kind: string; readonly name: string }

/** A CSI driver on a node, and where the node lies for it; null where it does not tell. */
export type CsiDriver = { readonly name: string; readonly topology: Segments | null }

export type Mode =
  | { readonly kind: 'replicated'; readonly replicas: number }
  | { readonly kind: 'global' }
  | {
      readonly kind: 'replicated-job'
      readonly totalCompletions: number
      readonly maxConcurrent: number
    }
  | { readonly kind: 'global-job' }

// The contract's list of modes and this union must name the same kinds.
const _sameKinds: ServiceMode extends Mode['kind'] ? true : never = true
void _sameKinds

export type Service = {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly stack: string | null
  readonly mode: Mode
  readonly image: string
  readonly createdAt: Millis
  readonly updatedAt: Millis
  /** Null where the engine says nothing: normal after creation, scale and label edits. */
  readonly update: {
    readonly state: UpdateState
    readonly message: string
    readonly startedAt: Millis | null
    readonly completedAt: Millis | null
  } | null
  readonly hasHealthCheck: boolean
  readonly jobIteration: number | null
  readonly ports: readonly Port[]
  readonly networkIds: readonly string[]
  readonly spec: Spec
  /** Names the whole spec, environment values included: another spec, another hash. */
  readonly specHash: string
  /** What a rollback would bring back; null where the engine remembers none. */
  readonly previous: {
    readonly image: string
    readonly specHash: string
    readonly secrets: readonly Reference[]
    readonly configs: readonly Reference[]
    readonly mounts: readonly Mount[]
  } | null
}

export type Port = {
  readonly published: number | null
  readonly target: number
  readonly protocol: string
  readonly mode: 'ingress' | 'host'
}

/** What was asked, with the engine's defaults filled in. Never holds environment values. */
export type Spec = {
  readonly command: readonly string[]
  readonly environment: readonly string[]
  /**
   * Variables whose value is a path in a mount: the name, and the target of that mount. What
   * comes after the target stays behind, as every other value does.
   */
  readonly environmentIn: Readonly<Record<string, string>>
  readonly user: string | null
  /** Supplementary groups of the user, by number or by name. */
  readonly groups: readonly string[]
  readonly workingDirectory: string | null
  readonly hostname: string | null
  readonly readOnlyRoot: boolean
  readonly healthCheck: string | null
  readonly stopGraceNs: number
  readonly mounts: readonly Mount[]
  readonly secrets: readonly Reference[]
  readonly configs: readonly Reference[]
  readonly constraints: readonly string[]
  readonly preferences: readonly string[]
  readonly maxReplicasPerNode: number | null
  /** What the image was built for, if the client that deployed it said so. */
  readonly platforms: readonly Platform[]
  readonly logDriver: string | null
  readonly reservations: Resources
  readonly generic: Generic
  readonly limits: Resources
  readonly restart: RestartPolicy
  readonly update: Pace
  readonly rollback: Pace
  readonly labels: Readonly<Record<string, string>>
}

export type Mount = {
  readonly type: string
  readonly source: string | null
  readonly target: string
  readonly readOnly: boolean
  /** Of a volume; null for the engine's own, `local`. */
  readonly driver: string | null
  /** What `local` mounts for this volume, such as `nfs`, `tmpfs` or `none`. */
  readonly filesystem: string | null
  /** What `local` mounts it from, such as `:/exports/data` or `/srv/data`. */
  readonly device: string | null
  /** Names of the mount options. Values stay behind: one of them may be a password. */
  readonly options: readonly string[]
  /** The template fields in its driver's options, the device aside: `{{.Node.Hostname}}`. */
  readonly optionFields: readonly string[]
  /** Whether its options name the node itself as the server: another one on each node. */
  readonly servedByNode: boolean
  readonly subpath: string | null
  /** Of a bind mount: whether the engine makes the path where it is missing. */
  readonly createsPath: boolean
}

/** How a spec refers to a secret or config. */
export type Reference = {
  readonly id: string
  readonly name: string
  /** As written: a name within /run/secrets or /, or a whole path; null for none. */
  readonly target: string | null
  readonly uid: string
  readonly gid: string
  /** Permission bits. */
  readonly mode: number
}

/** Topological domains and their segments: `{ zone: 'z1' }`. */
export type Segments = Readonly<Record<string, string>>

/** A volume that the swarm keeps, and a CSI driver makes. */
export type ClusterVolume = {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly driver: string
  /** Services may mount any of it; empty for none, which is a group like any other. */
  readonly group: string
  readonly stack: string | null
  readonly availability: VolumeAvailability
  /** On how many nodes at the same time. */
  readonly scope: 'single' | 'multi' | 'unknown'
  /** By which tasks at the same time: one, many that read, many and one writer, or all. */
  readonly sharing: 'none' | 'readonly' | 'onewriter' | 'all' | 'unknown'
  /** Of files, or a device as it is. */
  readonly access: 'mount' | 'block' | 'unknown'
  readonly filesystem: string | null
  /** Names of the driver's options. Values stay behind: one of them may be a password. */
  readonly options: readonly string[]
  /** The secrets that its driver is given: by what key, and which, by id or by name. */
  readonly secrets: readonly { readonly key: string; readonly secret: string }[]
  /** Whether its driver has made it: before that no task can have it. */
  readonly made: boolean
  /** In bytes; null where its driver does not tell. */
  readonly capacity: number | null
  /** It is reached from nodes that lie within one of these; from everywhere if there is none. */
  readonly topology: readonly Segments[]
  readonly published: readonly { readonly nodeId: string; readonly state: PublishState }[]
}

/** A secret or config as the swarm lists it. Of its payload only this is taken along. */
export type StoredFacts = {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly stack: string | null
  readonly labels: Readonly<Record<string, string>>
  readonly createdAt: Millis
  readonly updatedAt: Millis
  /** Of a secret that the swarm asks a plugin for. */
  readonly driver: string | null
  readonly templating: string | null
  /** Of a config, in bytes. A secret's payload never arrives. */
  readonly bytes: number | null
  /** Whether a config holds what looks like a credential; false for a secret. */
  readonly credentialLike: boolean
}

export type RestartPolicy = {
  readonly condition: 'any' | 'on-failure' | 'none'
  readonly delayNs: number
  /** 0: without limit. */
  readonly maxAttempts: number
  readonly windowNs: number
}

export type Node = {
  readonly id: string
  readonly version: number
  readonly hostname: string
  /** The role the swarm wants; a promotion or demotion in progress shows in `manager`. */
  readonly role: 'manager' | 'worker'
  readonly availability: 'active' | 'pause' | 'drain'
  readonly state: 'ready' | 'down' | 'unknown' | 'disconnected'
  readonly message: string
  readonly address: string | null
  /** What `node.ip` stands for: of an elected leader 0.0.0.0, wherever it is. */
  readonly ip: string | null
  readonly manager: {
    readonly leader: boolean
    readonly reachability: 'reachable' | 'unreachable' | 'unknown'
    readonly address: string | null
  } | null
  readonly engineVersion: string
  readonly os: string
  readonly architecture: string
  readonly resources: Resources
  readonly generic: Generic
  readonly plugins: readonly Plugin[]
  readonly csiDrivers: readonly CsiDriver[]
  readonly labels: Readonly<Record<string, string>>
  readonly engineLabels: Readonly<Record<string, string>>
  readonly createdAt: Millis
  readonly updatedAt: Millis
}

export type Network = {
  readonly id: string
  readonly name: string
  readonly driver: string
  readonly scope: string
  readonly stack: string | null
  readonly subnets: readonly string[]
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  readonly encrypted: boolean
  /** Name of the configuration of each node that it is made from there; null: it has its own. */
  readonly configFrom: string | null
  readonly createdAt: Millis
}

/** What is known of the swarm as a whole, and of the connection to it. */
export type SwarmFacts = {
  readonly id: string | null
  readonly state: SwarmState
  /** Since when, by the clock of the console. */
  readonly since: Millis
  /** The engine's own words about a state other than live. */
  readonly cause: string | null
  readonly endpoint: string
  /** Id of the node whose engine answers at the endpoint; null before it was asked. */
  readonly nodeId: string | null
  readonly engineVersion: string | null
  readonly apiVersion: string | null
  readonly feed: 'push' | 'events' | 'polling'
  /** How far the managers' clock is ahead of the console's, in milliseconds. */
  readonly clockAhead: Millis
  /** Tasks the swarm keeps per slot; negative: for ever. */
  readonly taskHistory: number
  /** How many times faster than ours its time passes; null of a swarm that is real. */
  readonly simulatedSpeed: number | null
}
