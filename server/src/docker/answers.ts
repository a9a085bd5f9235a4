import type { Distribution } from './api.ts'
import { clusterVolumeOf } from './cluster-volume.ts'
import type {
  EngineEvent,
  EngineInfo,
  EngineStored,
  EngineSwarm,
  EngineVersion,
  EngineVolume,
  EngineVolumes,
  SimulatedTime,
} from './engine.ts'
import { DockerError } from './errors.ts'
import { fieldsOf, text, texts } from './fields.ts'

/**
 * A list whose every item has these fields. That much is looked at; the rest of an item
 * is what the engine's API promises, hence the type the caller names.
 *
 * @throws DockerError of kind `protocol`
 */
export function listOf<Item>(
  answer: unknown,
  what: string,
  fields: Readonly<Record<string, 'string' | 'object'>>,
): Item[] {
  const fits = (item: unknown): item is Item => {
    const found = fieldsOf(item)
    return Object.entries(fields).every(([name, type]) => {
      return typeof found[name] === type && found[name] !== null
    })
  }
  if (Array.isArray(answer) && answer.every(fits)) return answer
  throw unexpected(what)
}

export function versionOf(answer: unknown): EngineVersion {
  const { Version, ApiVersion, MinAPIVersion } = fieldsOf(answer)
  if (typeof Version !== 'string' || typeof ApiVersion !== 'string') {
    throw unexpected('a version')
  }
  return { Version, ApiVersion, ...optional({ MinAPIVersion }) }
}

/** Keeps what `EngineInfo` names: the rest tells of proxies and registries. */
export function infoOf(answer: unknown): EngineInfo {
  const { Name, ServerVersion, SystemTime, Labels, Swarm } = fieldsOf(answer)
  const swarm = fieldsOf(Swarm)
  if (typeof swarm.LocalNodeState !== 'string') throw unexpected('information')
  return {
    Name: text(Name),
    ServerVersion: text(ServerVersion),
    ...optional({ SystemTime }),
    Labels: Array.isArray(Labels) ? Labels.map(text) : [],
    Swarm: {
      NodeID: text(swarm.NodeID),
      // An unknown word is still the engine's: readers treat it as not active.
      LocalNodeState: swarm.LocalNodeState as EngineInfo['Swarm']['LocalNodeState'],
      ControlAvailable: swarm.ControlAvailable === true,
      Error: text(swarm.Error),
      RemoteManagers: Array.isArray(swarm.RemoteManagers)
        ? swarm.RemoteManagers.map(fieldsOf).map(({ NodeID, Addr }) => {
            return { NodeID: text(NodeID), Addr: text(Addr) }
          })
        : null,
      Cluster: swarm.Cluster ? optional({ ID: fieldsOf(swarm.Cluster).ID }) : null,
    },
  }
}

/** What our simulator says of its clock. */
export function simulatedTimeOf(answer: unknown): SimulatedTime {
  const { now, speed } = fieldsOf(answer)
  const instant = Date.parse(text(now))
  if (Number.isNaN(instant) || typeof speed !== 'number') throw unexpected('a clock')
  return { now: instant, speed }
}

/** Keeps what `EngineSwarm` names. Join tokens end here. */
export function swarmOf(answer: unknown): EngineSwarm {
  const { ID, CreatedAt, TLSInfo, Spec, RootRotationInProgress } = fieldsOf(answer)
  if (typeof ID !== 'string') throw unexpected('a swarm')
  const { TaskHistoryRetentionLimit: limit } = fieldsOf(fieldsOf(Spec).Orchestration)
  return {
    ID,
    CreatedAt: text(CreatedAt),
    TLSInfo: optional({ TrustRoot: fieldsOf(TLSInfo).TrustRoot }),
    Spec: {
      Orchestration: typeof limit === 'number' ? { TaskHistoryRetentionLimit: limit } : {},
    },
    RootRotationInProgress: RootRotationInProgress === true,
  }
}

/** Null for an event that is of no use, as it names no object. */
export function eventOf(answer: unknown): EngineEvent | null {
  const { Type, Action, Actor, timeNano } = fieldsOf(answer)
  const { ID, Attributes } = fieldsOf(Actor)
  if (typeof Type !== 'string' || typeof Action !== 'string' || typeof ID !== 'string') {
    return null
  }
  return {
    Type,
    Action,
    Actor: { ID, Attributes: texts(Attributes) },
    ...(typeof timeNano === 'number' ? { timeNano } : {}),
  }
}

/** The id of an object just created. */
export function idOf(answer: unknown): string {
  const { ID } = fieldsOf(answer)
  if (typeof ID !== 'string') throw unexpected('an id')
  return ID
}

const stored = { ID: 'string', Version: 'object', Spec: 'object' } as const

/** Secrets, without a value whatever the engine sends. */
export const secretsOf = (answer: unknown): EngineStored[] =>
  listOf<EngineStored>(answer, 'secrets', stored).map(({ Spec, ...secret }) => {
    const { Data: _, ...spec } = Spec
    return { ...secret, Spec: spec }
  })

export const configsOf = (answer: unknown): EngineStored[] =>
  listOf<EngineStored>(answer, 'configs', stored)

export function configOf(answer: unknown): EngineStored {
  const [config] = configsOf([answer])
  if (!config) throw unexpected('a config')
  return config
}

/**
 * The volumes of one engine, which come wrapped, and as null where there are none. A manager
 * adds the cluster volumes of its swarm; of one that cannot be read, nothing is told.
 */
export function volumesOf(answer: unknown): EngineVolumes {
  const { Volumes, Warnings } = fieldsOf(answer)
  const shape = { Name: 'string', Driver: 'string' } as const
  const volumes = listOf<EngineVolume>(Volumes ?? [], 'volumes', shape)
  return {
    Volumes: volumes.map(({ ClusterVolume, ...volume }) => {
      if (ClusterVolume === undefined || ClusterVolume === null) return volume
      const read = clusterVolumeOf(ClusterVolume)
      if (!read) throw unexpected('cluster volumes')
      return { ...volume, ClusterVolume: read }
    }),
    Warnings: Array.isArray(Warnings) ? Warnings.map(text) : [],
  }
}

/** What a registry says of a reference. */
export function distributionOf(answer: unknown): Distribution {
  const { Descriptor, Platforms } = fieldsOf(answer)
  const { digest } = fieldsOf(Descriptor)
  if (typeof digest !== 'string') throw unexpected('a digest')
  const platforms = Array.isArray(Platforms) ? Platforms.map(fieldsOf) : []
  return {
    digest,
    platforms: platforms.map((platform) => ({
      os: text(platform.os),
      architecture: text(platform.architecture),
    })),
  }
}

/** The one field, if it is a text; else no field at all. */
function optional<Name extends string>(
  field: Readonly<Record<Name, unknown>>,
): Partial<Record<Name, string>> {
  const entries = Object.entries(field).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(entries) as Partial<Record<Name, string>>
}

function unexpected(what: string): DockerError {
  return new DockerError('protocol', `The engine was asked for ${what}, and sent none.`)
}
