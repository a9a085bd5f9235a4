/**
 * Specs as the Engine API writes them, as far as the simulator looks at them. What else a
 * client sends is kept and shown again. Durations are nanoseconds.
 */
export type Labels = Record<string, string>

type Unread = { [field: string]: unknown }

export type GenericResource = {
  DiscreteResourceSpec?: { Kind: string; Value: number }
  NamedResourceSpec?: { Kind: string; Value: string }
}

export type Resources = {
  NanoCPUs?: number
  MemoryBytes?: number
  GenericResources?: GenericResource[]
}

export type Mount = Unread & {
  Type: string
  Source?: string
  Target?: string
  VolumeOptions?: {
    Labels?: Labels
    DriverConfig?: { Name?: string; Options?: Labels }
  }
}

/** Where a secret or a config is in the container. */
type FileTarget = { Name?: string }

export type ContainerSpec = Unread & {
  Image?: string
  Hostname?: string
  Labels?: Labels
  Command?: string[]
  Args?: string[]
  Env?: string[]
  TTY?: boolean
  StopGracePeriod?: number
  Healthcheck?: { Test?: string[]; Interval?: number; Retries?: number }
  Mounts?: Mount[]
  Secrets?: { SecretID: string; SecretName: string; File?: FileTarget }[]
  Configs?: {
    ConfigID: string
    ConfigName: string
    File?: FileTarget
    Runtime?: object
  }[]
}

export type Placement = {
  Constraints?: string[]
  Preferences?: { Spread?: { SpreadDescriptor: string } }[]
  MaxReplicas?: number
  Platforms?: { Architecture?: string; OS?: string }[]
}

export type RestartPolicy = {
  Condition?: 'any' | 'on-failure' | 'none'
  Delay?: number
  MaxAttempts?: number
  Window?: number
}

export type NetworkUse = { Target: string; Aliases?: string[]; DriverOpts?: Labels }

export type TaskSpec = Unread & {
  ContainerSpec?: ContainerSpec
  Resources?: { Limits?: Resources; Reservations?: Resources }
  RestartPolicy?: RestartPolicy
  Placement?: Placement
  LogDriver?: { Name?: string }
  Networks?: NetworkUse[]
  ForceUpdate: number
  Runtime?: string
}

export type UpdateConfig = {
  Parallelism?: number
  Delay?: number
  FailureAction?: 'pause' | 'continue' | 'rollback'
  Monitor?: number
  MaxFailureRatio?: number
  Order?: 'stop-first' | 'start-first'
}

export type Port = {
  Name?: string
  Protocol?: string
  TargetPort?: number
  PublishedPort?: number
  PublishMode?: 'ingress' | 'host'
}

export type EndpointSpec = { Mode?: 'vip' | 'dnsrr'; Ports?: Port[] }

export type Mode = {
  Replicated?: { Replicas?: number }
  Global?: object
  ReplicatedJob?: { MaxConcurrent?: number; TotalCompletions?: number }
  GlobalJob?: object
}

export type ServiceSpec = {
  Name: string
  Labels: Labels
  TaskTemplate: TaskSpec
  Mode: Mode
  UpdateConfig?: UpdateConfig
  RollbackConfig?: UpdateConfig
  Networks?: NetworkUse[]
  EndpointSpec?: EndpointSpec
}

export type NodeSpec = {
  Name?: string
  Labels: Labels
  Role: 'manager' | 'worker'
  Availability: 'active' | 'pause' | 'drain'
}

export type StoredSpec = Unread & { Name: string; Labels: Labels; Data?: string }

export type ClusterSpec = Unread & {
  Name: string
  Labels: Labels
  Orchestration: { TaskHistoryRetentionLimit?: number }
  Dispatcher: { HeartbeatPeriod?: number }
  CAConfig: Unread & { NodeCertExpiry?: number; ForceRotate?: number }
  EncryptionConfig: { AutoLockManagers: boolean }
}
