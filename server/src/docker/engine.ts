/**
 * What the Docker Engine API sends, as far as we read it. Field names are the engine's.
 * Optional here means "seen absent on some engine from 20.10 on, or absent when empty".
 */
export type EngineVersion = { Version: string; ApiVersion: string; MinAPIVersion?: string }

export type EngineInfo = {
  Name: string
  ServerVersion: string
  SystemTime?: string
  /** Of the engine itself, as `name=value`. */
  Labels?: string[]
  Swarm: {
    NodeID: string
    LocalNodeState: 'inactive' | 'pending' | 'active' | 'error' | 'locked' | ''
    /** The manager process is up; true even without quorum. */
    ControlAvailable: boolean
    Error: string
    RemoteManagers?: { NodeID: string; Addr: string }[] | null
    Cluster?: { ID?: string } | null
  }
}

/** The time of a simulated swarm, and how many times faster than ours it passes. */
export type SimulatedTime = {
  /** In milliseconds since 1970. */
  readonly now: number
  /** 0 while it stands still. */
  readonly speed: number
}

/** `GET /swarm`, without its join tokens: the adapter drops them on arrival. */
export type EngineSwarm = {
  ID: string
  CreatedAt: string
  TLSInfo?: { TrustRoot?: string }
  Spec: { Orchestration?: { TaskHistoryRetentionLimit?: number } }
  RootRotationInProgress?: boolean
}

type Meta = {
  ID: string
  Version: { Index: number }
  CreatedAt: string
  UpdatedAt: string
}

/** Asked for as a number; offered as a number, or as names one by one. */
export type EngineGenericResource = {
  DiscreteResourceSpec?: { Kind?: string; Value?: number }
  NamedResourceSpec?: { Kind?: string; Value?: string }
}

export type EngineResources = {
  NanoCPUs?: number
  MemoryBytes?: number
  GenericResources?: EngineGenericResource[] | null
}

export type EngineContainerSpec = {
  Image?: string
  Command?: string[] | null
  Args?: string[] | null
  Env?: string[] | null
  User?: string
  /** Supplementary groups, by number or by name. */
  Groups?: string[] | null
  Dir?: string
  Hostname?: string
  ReadOnly?: boolean
  TTY?: boolean
  StopGracePeriod?: number
  Healthcheck?: { Test?: string[] | null }
  Labels?: Record<string, string> | null
  Mounts?:
    | {
        Type: string
        Source?: string
        Target: string
        ReadOnly?: boolean
        BindOptions?: { CreateMountpoint?: boolean }
        VolumeOptions?: {
          Subpath?: string
          DriverConfig?: { Name?: string; Options?: Record<string, string> | null }
        }
      }[]
    | null
  Secrets?: { SecretID?: string; SecretName: string; File?: EngineFile | null }[] | null
  Configs?: { ConfigID?: string; ConfigName: string; File?: EngineFile | null }[] | null
}

/** Where a secret or config is put, and whose it is there. */
export type EngineFile = { Name?: string; UID?: string; GID?: string; Mode?: number }

/** A secret or config. The payload of a config comes along, that of a secret never does. */
export type EngineStored = Meta & {
  Spec: {
    Name: string
    Labels?: Record<string, string> | null
    Driver?: { Name?: string } | null
    Templating?: { Name?: string } | null
    /** Base64. */
    Data?: string
  }
}

/** A volume of the engine that is asked, for itself, or one of its swarm. */
export type EngineVolume = {
  Name: string
  Driver: string
  Scope?: string
  Labels?: Record<string, string> | null
  Options?: Record<string, string> | null
  /** Of a cluster volume, from API 1.42 on. */
  ClusterVolume?: EngineClusterVolume
}

/** `GET /volumes`. A list that failed, such as that of the swarm, is told as a warning. */
export type EngineVolumes = { Volumes: EngineVolume[]; Warnings: string[] }

/** Topological domains and their segments, such as a zone and its name. */
export type EngineTopology = { Segments?: Record<string, string> | null }

/**
 * What the swarm keeps of a volume of a CSI driver, without the contexts that its driver
 * made: they are for drivers, and one may hold a password.
 * @see moby/moby api/types/volume/cluster_volume.go
 */
export type EngineClusterVolume = {
  ID: string
  Version: { Index: number }
  Spec: {
    Group?: string
    AccessMode?: {
      Scope?: string
      Sharing?: string
      MountVolume?: { FsType?: string }
      BlockVolume?: object
    }
    Secrets?: { Key: string; Secret: string }[]
    Availability?: string
  }
  PublishStatus?: { NodeID: string; State: string }[]
  /** Absent until the driver has made it. */
  Info?: {
    CapacityBytes?: number
    VolumeID?: string
    AccessibleTopology?: { Segments: Record<string, string> }[]
  }
}

export type EngineTaskSpec = {
  ContainerSpec?: EngineContainerSpec
  Resources?: { Limits?: EngineResources; Reservations?: EngineResources }
  RestartPolicy?: {
    Condition?: 'any' | 'on-failure' | 'none'
    Delay?: number
    MaxAttempts?: number
    Window?: number
  }
  Placement?: {
    Constraints?: string[] | null
    Preferences?: { Spread?: { SpreadDescriptor: string } }[] | null
    MaxReplicas?: number
    Platforms?: { Architecture?: string; OS?: string }[] | null
  }
  LogDriver?: { Name?: string }
  Networks?: { Target: string; Aliases?: string[] | null }[] | null
  ForceUpdate?: number
}

export type EngineUpdateConfig = {
  Parallelism?: number
  Delay?: number
  FailureAction?: 'pause' | 'continue' | 'rollback'
  Monitor?: number
  MaxFailureRatio?: number
  Order?: 'stop-first' | 'start-first'
}

export type EnginePort = {
  Protocol?: string
  TargetPort?: number
  PublishedPort?: number
  PublishMode?: 'ingress' | 'host'
}

export type EngineServiceSpec = {
  Name: string
  Labels?: Record<string, string> | null
  TaskTemplate: EngineTaskSpec
  Mode: {
    Replicated?: { Replicas?: number }
    Global?: object
    ReplicatedJob?: { MaxConcurrent?: number; TotalCompletions?: number }
    GlobalJob?: object
  }
  UpdateConfig?: EngineUpdateConfig
  RollbackConfig?: EngineUpdateConfig
  Networks?: { Target: string }[] | null
  EndpointSpec?: { Mode?: string; Ports?: EnginePort[] | null }
}

export type EngineService = Meta & {
  Spec: EngineServiceSpec
  PreviousSpec?: EngineServiceSpec
  Endpoint?: { Ports?: EnginePort[] | null; VirtualIPs?: { NetworkID: string }[] | null }
  UpdateStatus?: {
    State?: string
    Message?: string
    StartedAt?: string
    CompletedAt?: string
  }
  JobStatus?: { JobIteration?: { Index?: number } }
  ServiceStatus?: { RunningTasks?: number; DesiredTasks?: number; CompletedTasks?: number }
}

export type EngineTask = Meta & {
  Spec: EngineTaskSpec
  ServiceID?: string
  Slot?: number
  NodeID?: string
  Status: {
    Timestamp?: string
    State: string
    Message?: string
    Err?: string
    ContainerStatus?: { ContainerID?: string; PID?: number; ExitCode?: number }
    /** Those of its node, once its container runs. */
    PortStatus?: { Ports?: EnginePort[] | null }
  }
  DesiredState: string
  JobIteration?: { Index?: number }
  /** The cluster volumes that it was given, from API 1.42 on. */
  Volumes?: { ID?: string; Source?: string; Target?: string }[] | null
}

export type EngineNode = Meta & {
  Spec: {
    Name?: string
    Labels?: Record<string, string> | null
    Role?: 'manager' | 'worker'
    Availability?: 'active' | 'pause' | 'drain'
  }
  Description: {
    Hostname?: string
    Platform?: { OS?: string; Architecture?: string }
    Resources?: EngineResources
    Engine?: {
      EngineVersion?: string
      Labels?: Record<string, string> | null
      Plugins?: { Type?: string; Name?: string }[] | null
    }
    /** The CSI drivers of the node, from API 1.42 on. */
    CSIInfo?: { PluginName?: string; AccessibleTopology?: EngineTopology | null }[] | null
  }
  Status: { State: string; Message?: string; Addr?: string }
  ManagerStatus?: { Leader?: boolean; Reachability?: string; Addr?: string }
}

export type EngineNetwork = {
  Id: string
  Name: string
  Created: string
  Scope: string
  Driver: string
  Internal?: boolean
  Attachable?: boolean
  Ingress?: boolean
  IPAM?: { Config?: { Subnet?: string }[] | null }
  ConfigFrom?: { Network?: string } | null
  Options?: Record<string, string> | null
  Labels?: Record<string, string> | null
}

/** One line of `GET /events` in the swarm scope. Tasks have none: moby/moby#37403. */
export type EngineEvent = {
  Type: 'node' | 'service' | 'network' | 'secret' | 'config' | (string & {})
  Action: string
  Actor: { ID: string; Attributes?: Record<string, string> }
  timeNano?: number
}
