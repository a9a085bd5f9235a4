import type { EnginePort, EngineTask } from './engine.ts'

/** One committed change of the swarm's store: which object, and how. */
export type Change = TaskChange | ObjectChange

type Action = 'create' | 'update' | 'remove'

export type TaskChange = {
  kind: 'task'
  action: Action
  id: string
  /** Null for one that belongs to none. */
  serviceId: string | null
  /** If the feed tells of it. */
  course?: TaskCourse
  /** If the feed tells which version of its service's spec it was made of. */
  making?: TaskMaking
}

export type ObjectChange = {
  kind: Exclude<(typeof WATCHED_KINDS)[number], 'task'>
  action: Action
  id: string
  serviceId: null
}

/**
 * What may change of a task in its life, in the words of the engine's own JSON; all else is
 * as it was made.
 * @see moby/swarmkit api/objects.proto, Task: "effectively immutable"
 */
export type TaskCourse = Pick<
  EngineTask,
  'Version' | 'UpdatedAt' | 'NodeID' | 'DesiredState' | 'Status'
> & {
  /** How many cluster volumes it was given. */
  volumes: number
}

/**
 * How a task was made, but for its spec, in the words of the engine's own JSON. The tasks of a
 * service that were made of one version of its spec were all given the same.
 * @see moby/swarmkit manager/orchestrator/task.go, NewTask
 */
export type TaskMaking = Pick<EngineTask, 'CreatedAt' | 'Slot' | 'JobIteration'> & {
  specVersion: number
}

const ACTIONS: Readonly<Record<number, Action>> = {
  1: 'create',
  2: 'update',
  4: 'remove',
}

/**
 * Objects of the kinds secret, config and cluster come with their payloads and join tokens:
 * they must never be asked for.
 */
export const WATCHED_KINDS = ['task', 'service', 'node'] as const

/** Times, in seconds and the rest in nanoseconds. What is zero is left out, as of all fields. */
type Instant = { seconds?: number; nanos?: number }

type Version = { index?: number }

/** By its name, or by its number where `watch.proto` does not know that. */
type Named = string | number

/** The object of an event as `watch.proto` decodes it: only one of them is there. */
type Watched = {
  id?: string
  serviceId?: string
  meta?: { version?: Version; createdAt?: Instant; updatedAt?: Instant }
  slot?: number
  nodeId?: string
  desiredState?: Named
  status?: {
    timestamp?: Instant
    state?: Named
    message?: string
    err?: string
    container?: { containerId?: string; exitCode?: number }
    portStatus?: { ports?: WatchedPort[] }
  }
  specVersion?: Version
  jobIteration?: Version
  volumes?: object[]
}

type WatchedPort = {
  protocol?: Named
  targetPort?: number
  publishedPort?: number
  publishMode?: string
}

export type WatchMessage = {
  events?: {
    action?: number
    object?: Partial<Record<Change['kind'], Watched>>
  }[]
}

/** The changes that a message tells of; none in the first, which only says "established". */
export function changesOf(message: WatchMessage): Change[] {
  return (message.events ?? []).flatMap(({ action: bit = 0, object = {} }) => {
    const action = ACTIONS[bit]
    return WATCHED_KINDS.flatMap((kind): Change[] => {
      const found = object[kind]
      if (!action || !found?.id) return []
      const { id } = found
      if (kind !== 'task') return [{ kind, action, id, serviceId: null }]
      const course = courseOf(found)
      const making = makingOf(found)
      const serviceId = found.serviceId || null
      const more = { ...(course && { course }), ...(making && { making }) }
      return [{ kind, action, id, serviceId, ...more }]
    })
  })
}

/**
 * Null where its version is not told: then nobody could tell the newer of two.
 * @see moby/moby daemon/cluster/convert/task.go, TaskFromGRPC: the engine's own way to its JSON
 */
function courseOf({ meta, nodeId, desiredState, status, volumes }: Watched) {
  const index = meta?.version?.index
  if (!index || !status) return null
  const { container, portStatus } = status
  return {
    Version: { Index: index },
    UpdatedAt: textOf(meta?.updatedAt),
    NodeID: nodeId ?? '',
    DesiredState: stateOf(desiredState),
    Status: {
      Timestamp: textOf(status.timestamp),
      State: stateOf(status.state),
      Message: status.message ?? '',
      Err: status.err ?? '',
      ...(container && {
        ContainerStatus: {
          ContainerID: container.containerId ?? '',
          ExitCode: container.exitCode ?? 0,
        },
      }),
      PortStatus: { Ports: (portStatus?.ports ?? []).map(portOf) },
    },
    volumes: volumes?.length ?? 0,
  }
}

/** The first spec of a service has the version 0, which is left out as all zeros are. */
function makingOf({ meta, slot, specVersion, jobIteration }: Watched): TaskMaking | null {
  if (!specVersion || !meta?.createdAt) return null
  return {
    CreatedAt: textOf(meta.createdAt),
    ...(slot && { Slot: slot }),
    ...(jobIteration && { JobIteration: { Index: jobIteration.index ?? 0 } }),
    specVersion: specVersion.index ?? 0,
  }
}

const stateOf = (name: Named = 'NEW') => String(name).toLowerCase()

const portOf = (port: WatchedPort): EnginePort => ({
  Protocol: String(port.protocol ?? 'TCP').toLowerCase(),
  TargetPort: port.targetPort ?? 0,
  PublishedPort: port.publishedPort ?? 0,
  PublishMode: port.publishMode === 'HOST' ? 'host' : 'ingress',
})

/**
 * To the millisecond, cut off and not rounded, as a finer text is read. Empty where it is no
 * time that a calendar has: whoever reports it may be anybody.
 */
function textOf({ seconds = 0, nanos = 0 }: Instant = {}): string {
  const date = new Date(seconds * 1_000 + Math.floor(nanos / 1e6))
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
