/**
 * A service spec as the engine sends and takes it, as far as it is read here. Unknown
 * fields travel along: whoever changes a document spreads it and lists nothing. It may hold
 * environment values, so it never leaves the server.
 * @see docker/engine.ts, whose spec is one of these, and the other way round
 */
export type SpecDocument = {
  Name: string
  Labels?: Record<string, string> | null
  TaskTemplate: TaskDocument
  Mode: {
    Replicated?: { Replicas?: number }
    Global?: object
    ReplicatedJob?: { MaxConcurrent?: number; TotalCompletions?: number }
    GlobalJob?: object
  }
  UpdateConfig?: PaceDocument
  RollbackConfig?: PaceDocument
  Networks?: { Target: string }[] | null
  EndpointSpec?: { Mode?: string; Ports?: PortDocument[] | null }
}

export type TaskDocument = {
  ContainerSpec?: ContainerDocument
  Resources?: { Limits?: ResourcesDocument; Reservations?: ResourcesDocument }
  Placement?: {
    Constraints?: string[] | null
    MaxReplicas?: number
    Platforms?: { Architecture?: string; OS?: string }[] | null
  }
  LogDriver?: { Name?: string; Options?: Record<string, string> | null }
  Networks?: { Target: string }[] | null
  ForceUpdate?: number
}

type ContainerDocument = {
  Image?: string
  Command?: string[] | null
  Args?: string[] | null
  Env?: string[] | null
  Secrets?: SecretDocument[] | null
  Configs?: ConfigDocument[] | null
  Mounts?: MountDocument[] | null
  Privileges?: PrivilegesDocument | null
}

/** Only on Windows: a credential spec out of a config, named by its id. */
type PrivilegesDocument = { CredentialSpec?: { Config?: string } | null }

/** As which file a task finds it: mode in permission bits. */
export type FileDocument = { Name?: string; UID?: string; GID?: string; Mode?: number }
type SecretDocument = { SecretID?: string; SecretName: string; File?: FileDocument | null }
type ConfigDocument = { ConfigID?: string; ConfigName: string; File?: FileDocument | null }
type MountDocument = {
  Type: string
  Source?: string
  Target: string
  ReadOnly?: boolean
  VolumeOptions?: {
    DriverConfig?: { Name?: string; Options?: Record<string, string> | null }
    Subpath?: string
  }
}
type ResourcesDocument = {
  NanoCPUs?: number
  MemoryBytes?: number
  GenericResources?: GenericDocument[] | null
}
/** Asked for as a number only; names are what nodes offer. */
type GenericDocument = { DiscreteResourceSpec?: { Kind?: string; Value?: number } }

export type PaceDocument = {
  Parallelism?: number
  Delay?: number
  FailureAction?: 'pause' | 'continue' | 'rollback'
  Monitor?: number
  MaxFailureRatio?: number
  Order?: 'stop-first' | 'start-first'
}

type PortDocument = {
  Protocol?: string
  TargetPort?: number
  PublishedPort?: number
  PublishMode?: 'ingress' | 'host'
}

export const imageOf = ({ TaskTemplate }: SpecDocument): string =>
  TaskTemplate.ContainerSpec?.Image ?? ''

/** The digest that pins an image, `sha256:…`; null where there is none. */
export const digestOf = (image: string): string | null => image.split('@')[1] ?? null

/** An image without the digest that pins it: the part that people remember. */
export const shortImage = (image: string): string => image.split('@', 1)[0] ?? image

/** Replicas asked for; null for global services and for jobs. */
export function replicasOf({ Mode }: SpecDocument): number | null {
  if (Mode.Global || Mode.GlobalJob || Mode.ReplicatedJob) return null
  return Mode.Replicated?.Replicas ?? 1
}

export type ModeKind = 'replicated' | 'global' | 'replicated-job' | 'global-job'

export function modeOf({ Mode }: SpecDocument): ModeKind {
  if (Mode.Global) return 'global'
  if (Mode.GlobalJob) return 'global-job'
  return Mode.ReplicatedJob ? 'replicated-job' : 'replicated'
}

export const isJobDocument = (document: SpecDocument): boolean =>
  modeOf(document).endsWith('job')

export type Pace = Required<PaceDocument>

/**
 * The settings of an update or a rollback with the engine's defaults filled in. Only where
 * the whole object is absent is the parallelism one; left out of an object it is 0, which
 * is all at once. Times in nanoseconds.
 * @see moby/swarmkit api/defaults/service.go
 */
export const paceOf = (raw: PaceDocument | undefined): Pace => ({
  Parallelism: raw ? (raw.Parallelism ?? 0) : 1,
  Delay: raw?.Delay ?? 0,
  FailureAction: raw?.FailureAction || 'pause',
  Monitor: raw?.Monitor || 5e9,
  // The swarm keeps a float32; what is read back differs from what was sent otherwise.
  MaxFailureRatio: Math.fround(raw?.MaxFailureRatio ?? 0),
  Order: raw?.Order || 'stop-first',
})

/** The document with another task template; all else is kept. */
export const withTemplate = (
  document: SpecDocument,
  change: (template: TaskDocument) => TaskDocument,
): SpecDocument => ({ ...document, TaskTemplate: change(document.TaskTemplate) })
