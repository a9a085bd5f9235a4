import { createHash } from 'node:crypto'
import type { Pace } from '@skep/shared/contract/spec-summary'
import { type TaskState, taskStates } from '@skep/shared/contract/task-state'
import type {
  EngineFile,
  EngineNetwork,
  EngineNode,
  EnginePort,
  EngineResources,
  EngineService,
  EngineServiceSpec,
  EngineStored,
  EngineTask,
  EngineTaskSpec,
  EngineUpdateConfig,
  EngineVolume,
} from '../docker/engine.ts'
import type { TaskCourse, TaskMaking } from '../docker/watch-message.ts'
import { pathOf } from '../domain/node-paths.ts'
import { hostPortsOf } from '../domain/placement/demand.ts'
import { stackLabel } from '../domain/stack-label.ts'
import type {
  Attachment,
  CsiDriver,
  Generic,
  Mode,
  Mount,
  Network,
  Node,
  Port,
  Reference,
  Resources,
  RestartPolicy,
  Service,
  Spec,
  StoredFacts,
  Task,
} from '../domain/state.ts'
import { isOwnNode } from '../domain/statefulness/volume-drivers.ts'
import { holdsCredential } from '../domain/stored/credential-like.ts'
import type { HeldVolume } from '../domain/volumes/held-volume.ts'
import { environmentIn, optionFields } from './told-of-values.ts'

/**
 * From the engine's JSON to the domain's words. What is not named here stays behind:
 * environment values, registry credentials and payloads never pass this file. Defaults
 * are swarmkit's, filled in where the engine leaves a field out.
 * @see moby/swarmkit api/defaults/service.go
 */

const seconds = 1e9

const known: ReadonlySet<string> = new Set(taskStates)
const isTaskState = (word: string): word is TaskState => known.has(word)

/** A state we do not know is read as `new`: nothing is claimed of such a task. */
const taskState = (word: string): TaskState => (isTaskState(word) ? word : 'new')

/** Milliseconds since 1970. Go's zero time, absence and nonsense all read as null. */
function instant(text: string | undefined): number | null {
  if (!text) return null
  const millis = Date.parse(text)
  return Number.isNaN(millis) || millis < 0 ? null : millis
}

/** @param upToDate the engine's word on it; null where it could not be asked */
export function toTask(raw: EngineTask, upToDate: boolean | null): Task {
  const making = makingOf(raw)
  return {
    id: raw.ID,
    serviceId: raw.ServiceID ?? '',
    ...making,
    image: raw.Spec.ContainerSpec?.Image ?? '',
    reserved: resources(raw.Spec.Resources?.Reservations),
    generic: generic(raw.Spec.Resources?.Reservations),
    restart: raw.Spec.RestartPolicy ? restartPolicy(raw.Spec) : null,
    volumes: volumesOf(raw.Spec),
    paths: pathsOf(raw.Spec),
    clusterVolumes: attachments(raw),
    storedIds: storedIdsOf(raw.Spec),
    upToDate,
    ...courseOf(raw, making.createdAt),
  }
}

/** How a task was made, but for its spec. The same of a list's answer and of the push feed. */
export const makingOf = (
  raw: Omit<TaskMaking, 'specVersion'>,
): Pick<Task, 'slot' | 'createdAt' | 'jobIteration'> => ({
  // Jobs count from 0, which the engine's JSON leaves out.
  slot: raw.Slot ?? (raw.JobIteration ? 0 : null),
  createdAt: instant(raw.CreatedAt) ?? 0,
  jobIteration: iteration(raw.JobIteration),
})

/** What may change of a task in its life, of what is held of it. */
export type Course = Pick<
  Task,
  | 'version'
  | 'nodeId'
  | 'desired'
  | 'state'
  | 'since'
  | 'message'
  | 'error'
  | 'exitCode'
  | 'containerId'
  | 'updatedAt'
  | 'hostPorts'
>

/** The same of a list's answer and of the push feed. */
export function courseOf(raw: Omit<TaskCourse, 'volumes'>, createdAt: number): Course {
  const container = raw.Status.ContainerStatus
  const state = taskState(raw.Status.State)
  // -1 and 0 stand for "not ended" while a container runs; only an ended task has a code.
  const ended = state === 'failed' || state === 'complete' || state === 'shutdown'
  return {
    version: raw.Version.Index,
    nodeId: raw.NodeID || null,
    desired: taskState(raw.DesiredState),
    state,
    // Of a pending task the engine moves the time whenever its explanation changes, and
    // that names every node that comes or goes. It waits since it was made.
    since: state === 'pending' ? createdAt : (instant(raw.Status.Timestamp) ?? createdAt),
    message: raw.Status.Message ?? '',
    error: raw.Status.Err || null,
    exitCode:
      ended && container && container.ExitCode !== -1 ? (container.ExitCode ?? 0) : null,
    containerId: container?.ContainerID || null,
    updatedAt: instant(raw.UpdatedAt) ?? createdAt,
    hostPorts: hostPorts(raw.Status),
  }
}

/** The first run of a job is number 0, which the engine's JSON leaves out. */
const iteration = (raw: { Index?: number } | undefined): number | null =>
  raw ? (raw.Index ?? 0) : null

export function toService(raw: EngineService): Service {
  const { Spec: spec } = raw
  const container = spec.TaskTemplate.ContainerSpec
  const createdAt = instant(raw.CreatedAt) ?? 0
  return {
    id: raw.ID,
    version: raw.Version.Index,
    name: spec.Name,
    stack: spec.Labels?.[stackLabel] || null,
    mode: mode(spec.Mode),
    image: container?.Image ?? '',
    createdAt,
    updatedAt: instant(raw.UpdatedAt) ?? createdAt,
    update: update(raw.UpdateStatus),
    hasHealthCheck: healthCheck(spec.TaskTemplate) !== null,
    jobIteration: iteration(raw.JobStatus?.JobIteration),
    ports: (raw.Endpoint?.Ports ?? spec.EndpointSpec?.Ports ?? []).map(port),
    networkIds: [
      ...new Set([
        ...(spec.TaskTemplate.Networks ?? spec.Networks ?? []).map(({ Target }) => Target),
        ...(raw.Endpoint?.VirtualIPs ?? []).map(({ NetworkID }) => NetworkID),
      ]),
    ],
    spec: toSpec(raw),
    specHash: specHash(spec),
    previous: raw.PreviousSpec
      ? {
          image: raw.PreviousSpec.TaskTemplate.ContainerSpec?.Image ?? '',
          specHash: specHash(raw.PreviousSpec),
          ...references(raw.PreviousSpec.TaskTemplate),
          mounts: (raw.PreviousSpec.TaskTemplate.ContainerSpec?.Mounts ?? []).map(mount),
        }
      : null,
  }
}

/** Engines write the fields of a spec in one order, so its text stands for it. */
export const specHash = (spec: EngineServiceSpec): string =>
  createHash('sha256').update(JSON.stringify(spec)).digest('base64url')

function toSpec({ Spec: spec }: EngineService): Spec {
  const task = spec.TaskTemplate
  const container = task.ContainerSpec
  return {
    command: [...(container?.Command ?? []), ...(container?.Args ?? [])],
    environment: (container?.Env ?? []).map((entry) => entry.split('=', 1)[0] ?? ''),
    environmentIn: environmentIn(container?.Env ?? [], container?.Mounts ?? []),
    user: container?.User || null,
    groups: container?.Groups ?? [],
    workingDirectory: container?.Dir || null,
    hostname: container?.Hostname || null,
    readOnlyRoot: container?.ReadOnly ?? false,
    healthCheck: healthCheck(task),
    stopGraceNs: container?.StopGracePeriod ?? 10 * seconds,
    mounts: (container?.Mounts ?? []).map(mount),
    ...references(task),
    constraints: task.Placement?.Constraints ?? [],
    preferences: (task.Placement?.Preferences ?? []).flatMap(({ Spread }) =>
      Spread ? [Spread.SpreadDescriptor] : [],
    ),
    maxReplicasPerNode: task.Placement?.MaxReplicas || null,
    platforms: (task.Placement?.Platforms ?? []).map(({ OS, Architecture }) => ({
      os: OS ?? '',
      architecture: Architecture ?? '',
    })),
    logDriver: task.LogDriver?.Name || null,
    generic: generic(task.Resources?.Reservations),
    reservations: resources(task.Resources?.Reservations),
    limits: resources(task.Resources?.Limits),
    restart: restartPolicy(task),
    update: pace(spec.UpdateConfig),
    rollback: pace(spec.RollbackConfig),
    labels: spec.Labels ?? {},
  }
}

export function toNode(raw: EngineNode): Node {
  const manager = raw.ManagerStatus
  const createdAt = instant(raw.CreatedAt) ?? 0
  return {
    id: raw.ID,
    version: raw.Version.Index,
    hostname: raw.Description.Hostname || raw.ID,
    role: raw.Spec.Role ?? 'worker',
    availability: raw.Spec.Availability ?? 'active',
    state: nodeState(raw.Status.State),
    message: raw.Status.Message ?? '',
    // The leader knows itself as 0.0.0.0; its raft address is the true one.
    address: manager?.Addr?.replace(/:\d+$/, '') || raw.Status.Addr || null,
    ip: raw.Status.Addr || null,
    manager: manager
      ? {
          leader: manager.Leader ?? false,
          reachability: reachability(manager.Reachability),
          address: manager.Addr || null,
        }
      : null,
    engineVersion: raw.Description.Engine?.EngineVersion ?? '',
    os: raw.Description.Platform?.OS ?? '',
    architecture: raw.Description.Platform?.Architecture ?? '',
    resources: resources(raw.Description.Resources),
    generic: generic(raw.Description.Resources),
    plugins: (raw.Description.Engine?.Plugins ?? []).map(({ Type, Name }) => ({
      kind: Type ?? '',
      name: Name ?? '',
    })),
    csiDrivers: csiDrivers(raw.Description),
    labels: raw.Spec.Labels ?? {},
    engineLabels: raw.Description.Engine?.Labels ?? {},
    createdAt,
    updatedAt: instant(raw.UpdatedAt) ?? createdAt,
  }
}

export function toNetwork(raw: EngineNetwork): Network {
  return {
    id: raw.Id,
    name: raw.Name,
    driver: raw.Driver,
    scope: raw.Scope,
    stack: raw.Labels?.[stackLabel] || null,
    subnets: (raw.IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet ? [Subnet] : [])),
    internal: raw.Internal ?? false,
    attachable: raw.Attachable ?? false,
    ingress: raw.Ingress ?? false,
    encrypted: Object.hasOwn(raw.Options ?? {}, 'encrypted'),
    configFrom: raw.ConfigFrom?.Network || null,
    createdAt: instant(raw.Created) ?? 0,
  }
}

/** The payload of a config is judged here and left behind. */
export function toStored(raw: EngineStored): StoredFacts {
  const { Spec: spec } = raw
  const createdAt = instant(raw.CreatedAt) ?? 0
  const payload = spec.Data === undefined ? null : Buffer.from(spec.Data, 'base64')
  return {
    id: raw.ID,
    version: raw.Version.Index,
    name: spec.Name,
    stack: spec.Labels?.[stackLabel] || null,
    labels: spec.Labels ?? {},
    createdAt,
    updatedAt: instant(raw.UpdatedAt) ?? createdAt,
    driver: spec.Driver?.Name || null,
    templating: spec.Templating?.Name || null,
    bytes: payload?.byteLength ?? null,
    credentialLike: payload !== null && holdsCredential(payload.toString('utf8')),
  }
}

/** A volume of the engine that is asked. */
export const toHeldVolume = (raw: EngineVolume): HeldVolume => ({
  name: raw.Name,
  driver: raw.Driver,
  // Of `local` the mount options are one of its own, by name.
  options: [
    ...Object.keys(raw.Options ?? {}),
    ...(raw.Options?.o ?? '').split(',').flatMap((one) => one.split('=', 1)[0] || []),
  ],
  labels: raw.Labels ?? {},
  scope: raw.Scope ?? 'local',
  bytes: null,
})

function references({ ContainerSpec: container }: EngineTaskSpec) {
  return {
    secrets: (container?.Secrets ?? []).map((one) =>
      reference(one.SecretID ?? '', one.SecretName, one.File),
    ),
    configs: (container?.Configs ?? []).map((one) =>
      reference(one.ConfigID ?? '', one.ConfigName, one.File),
    ),
  }
}

/** @see moby/swarmkit api/types.proto, FileTarget: readable by all unless it says otherwise */
const reference = (
  id: string,
  name: string,
  file: EngineFile | null | undefined,
): Reference => ({
  id,
  name,
  target: file?.Name || null,
  uid: file?.UID || '0',
  gid: file?.GID || '0',
  mode: file?.Mode ?? 0o444,
})

const noIds: readonly string[] = []

function storedIdsOf({ ContainerSpec }: EngineTaskSpec): readonly string[] {
  const ids = [
    ...(ContainerSpec?.Secrets ?? []).flatMap(({ SecretID }) => SecretID ?? []),
    ...(ContainerSpec?.Configs ?? []).flatMap(({ ConfigID }) => ConfigID ?? []),
  ]
  return ids.length > 0 ? ids : noIds
}

function mode(raw: EngineService['Spec']['Mode']): Mode {
  if (raw.Global) return { kind: 'global' }
  if (raw.GlobalJob) return { kind: 'global-job' }
  if (raw.ReplicatedJob) {
    const maxConcurrent = raw.ReplicatedJob.MaxConcurrent ?? 1
    const totalCompletions = raw.ReplicatedJob.TotalCompletions ?? maxConcurrent
    return { kind: 'replicated-job', totalCompletions, maxConcurrent }
  }
  return { kind: 'replicated', replicas: raw.Replicated?.Replicas ?? 1 }
}

function update(raw: EngineService['UpdateStatus']): Service['update'] {
  switch (raw?.State) {
    case 'updating':
    case 'completed':
    case 'paused':
    case 'rollback_started':
    case 'rollback_completed':
    case 'rollback_paused':
      return {
        state: raw.State,
        message: raw.Message ?? '',
        startedAt: instant(raw.StartedAt),
        completedAt: instant(raw.CompletedAt),
      }
    default:
      return null
  }
}

/**
 * An update config that is present but names no parallelism means 0, all at once; only a
 * wholly absent one means 1. An absent or zero monitor means five seconds.
 */
function pace(raw: EngineUpdateConfig | undefined): Pace {
  return {
    parallelism: raw ? (raw.Parallelism ?? 0) : 1,
    delayNs: raw?.Delay ?? 0,
    order: raw?.Order || 'stop-first',
    monitorNs: raw?.Monitor || 5 * seconds,
    maxFailureRatio: raw?.MaxFailureRatio ?? 0,
    failureAction: raw?.FailureAction || 'pause',
  }
}

function restartPolicy({ RestartPolicy: raw }: EngineTaskSpec): RestartPolicy {
  return {
    condition: raw?.Condition || 'any',
    delayNs: raw?.Delay ?? 5 * seconds,
    maxAttempts: raw?.MaxAttempts ?? 0,
    windowNs: raw?.Window ?? 0,
  }
}

/** The command of the health check; null for none, and for one switched off by `NONE`. */
function healthCheck(task: EngineTaskSpec): string | null {
  const [kind, ...command] = task.ContainerSpec?.Healthcheck?.Test ?? []
  if (!kind || kind === 'NONE') return null
  return command.join(' ')
}

function port(raw: EnginePort): Port {
  return {
    published: raw.PublishedPort || null,
    target: raw.TargetPort ?? 0,
    protocol: raw.Protocol || 'tcp',
    mode: raw.PublishMode || 'ingress',
  }
}

const resources = (raw: EngineResources | undefined): Resources => ({
  nanoCpus: raw?.NanoCPUs ?? 0,
  memoryBytes: raw?.MemoryBytes ?? 0,
})

const none: Generic = {}

/** Named ones count as one each. */
function generic(raw: EngineResources | undefined): Generic {
  if (!raw?.GenericResources?.length) return none
  const counts = new Map<string, number>()
  for (const {
    DiscreteResourceSpec: discrete,
    NamedResourceSpec: named,
  } of raw.GenericResources) {
    const kind = discrete?.Kind ?? named?.Kind
    if (!kind) continue
    counts.set(kind, (counts.get(kind) ?? 0) + (named ? 1 : (discrete?.Value ?? 0)))
  }
  return Object.fromEntries(counts)
}

type EngineMount = NonNullable<
  NonNullable<EngineTaskSpec['ContainerSpec']>['Mounts']
>[number]

const noVolumes: readonly string[] = []

function volumesOf({ ContainerSpec }: EngineTaskSpec): readonly string[] {
  const names = (ContainerSpec?.Mounts ?? []).flatMap(({ Type, Source }) =>
    Type === 'volume' && Source ? [Source] : [],
  )
  return names.length > 0 ? names : noVolumes
}

const noPaths: readonly string[] = []

function pathsOf({ ContainerSpec }: EngineTaskSpec): readonly string[] {
  const paths = (ContainerSpec?.Mounts ?? []).flatMap((raw) =>
    mayNeedPath(raw) ? (pathOf(mount(raw)) ?? []) : [],
  )
  return paths.length > 0 ? paths : noPaths
}

/** A plain named volume needs none, and most mounts of ten thousand tasks are one. */
const mayNeedPath = ({ Type, VolumeOptions }: EngineMount): boolean =>
  Type === 'bind' || (Type === 'volume' && Boolean(VolumeOptions))

const noPorts: readonly string[] = []

/**
 * The agent asks its container, which has none before it runs. All that it tells of are
 * those of the node.
 * @see moby/moby daemon/cluster/executor/container/controller.go, parsePortMap
 */
function hostPorts({ State, PortStatus }: EngineTask['Status']): readonly string[] | null {
  const told = PortStatus?.Ports ?? []
  if (told.length > 0) return hostPortsOf({ ports: told.map(port) })
  return State === 'running' ? noPorts : null
}

const noAttachments: readonly Attachment[] = []

/**
 * Whether it may write is said by the mount that it was chosen for.
 * @see moby/swarmkit manager/scheduler/volumes.go, reserveTaskVolumes
 */
function attachments({ Volumes, Spec }: EngineTask): readonly Attachment[] {
  if (!Volumes?.length) return noAttachments
  const mounts = Spec.ContainerSpec?.Mounts ?? []
  return Volumes.map(({ ID = '', Source = '', Target = '' }) => ({
    id: ID,
    source: Source,
    target: Target,
    readOnly:
      mounts.find((mount) => mount.Source === Source && mount.Target === Target)
        ?.ReadOnly ?? false,
  }))
}

function mount(raw: EngineMount): Mount {
  const { Name, Options } = raw.VolumeOptions?.DriverConfig ?? {}
  const mountOptions = (Options?.o ?? '').split(',')
  return {
    type: raw.Type,
    source: raw.Source || null,
    target: raw.Target,
    readOnly: raw.ReadOnly ?? false,
    driver: Name || null,
    filesystem: Options?.type || null,
    device: Options?.device ? withoutCredentials(Options.device) : null,
    options: mountOptions.flatMap((one) => one.split('=', 1)[0] || []),
    optionFields: optionFields(Options ?? {}),
    servedByNode: mountOptions.some((one) => isOwnNode(/^addr=(.*)$/.exec(one)?.[1] ?? '')),
    subpath: raw.VolumeOptions?.Subpath || null,
    createsPath: raw.BindOptions?.CreateMountpoint ?? false,
  }
}

/** A share may be named as `//user:password@host/path`. */
const withoutCredentials = (device: string): string =>
  device.replace(/^((?:[a-z0-9+.-]+:)?\/\/)[^/]*@/i, '$1')

const noDrivers: readonly CsiDriver[] = []

/**
 * By name: a node reports them in any order, another one each time.
 * @see moby/swarmkit agent/csi/plugin/manager.go, NodeInfo
 */
function csiDrivers({ CSIInfo }: EngineNode['Description']): readonly CsiDriver[] {
  if (!CSIInfo?.length) return noDrivers
  return CSIInfo.map(({ PluginName, AccessibleTopology }) => ({
    name: PluginName ?? '',
    topology: AccessibleTopology ? (AccessibleTopology.Segments ?? {}) : null,
  })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function nodeState(word: string): Node['state'] {
  return word === 'ready' || word === 'down' || word === 'disconnected' ? word : 'unknown'
}

function reachability(
  word: string | undefined,
): NonNullable<Node['manager']>['reachability'] {
  return word === 'reachable' || word === 'unreachable' ? word : 'unknown'
}
