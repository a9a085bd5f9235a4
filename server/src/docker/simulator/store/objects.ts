import type {
  ClusterSpec,
  EndpointSpec,
  GenericResource,
  Labels,
  NodeSpec,
  Port,
  Resources,
  ServiceSpec,
  StoredSpec,
  TaskSpec,
} from './specs.ts'
import type { TaskState } from './states.ts'

/**
 * The objects of the swarm as the Engine API shows them. What the API does not show is in
 * `hidden`. They are never changed in place: each change makes a new one.
 */
export type Meta = {
  readonly ID: string
  readonly Version: { readonly Index: number }
  readonly CreatedAt: string
  readonly UpdatedAt: string
}

export type UpdateState =
  | 'updating'
  | 'paused'
  | 'completed'
  | 'rollback_started'
  | 'rollback_paused'
  | 'rollback_completed'

export type Service = Meta & {
  Spec: ServiceSpec
  PreviousSpec?: ServiceSpec
  Endpoint: {
    Spec: EndpointSpec
    Ports?: Port[]
    VirtualIPs?: { NetworkID: string; Addr?: string }[]
  }
  UpdateStatus?: {
    State: UpdateState
    StartedAt: string
    CompletedAt?: string
    Message: string
  }
  JobStatus?: { JobIteration: { Index: number }; LastExecution: string }
  hidden: { specVersion: number; previousSpecVersion: number | null }
}

export type TaskStatus = {
  Timestamp: string
  State: TaskState
  Message: string
  Err?: string
  ContainerStatus?: { ContainerID: string; PID: number; ExitCode: number }
  PortStatus: { Ports?: Port[] }
}

export type Attachment = { Network: { ID: string }; Addresses: string[] }

export type Task = Meta & {
  Labels: Labels
  Spec: TaskSpec
  ServiceID: string
  Slot?: number
  NodeID?: string
  Status: TaskStatus
  DesiredState: TaskState
  NetworksAttachments?: Attachment[]
  GenericResources?: GenericResource[]
  JobIteration?: { Index: number }
  Volumes: null
  hidden: {
    serviceName: string
    serviceLabels: Labels
    specVersion: number
    endpoint: EndpointSpec | null
    /** When its state was last set, in milliseconds. */
    since: number
    createdAt: number
  }
}

export type Tls = {
  TrustRoot: string
  CertIssuerSubject: string
  CertIssuerPublicKey: string
}

export type Description = {
  Hostname: string
  Platform: { Architecture: string; OS: string }
  Resources: Resources
  Engine: {
    EngineVersion: string
    Labels?: Labels
    Plugins: { Type: string; Name: string }[]
  }
  TLSInfo: Tls
}

export type NodeState = 'ready' | 'down' | 'unknown' | 'disconnected'

export type Node = Meta & {
  Spec: NodeSpec
  Description: Description
  Status: { State: NodeState; Message?: string; Addr: string }
  hidden: { observedRole: 'manager' | 'worker' }
}

export type Stored = Meta & { Spec: StoredSpec; hidden: { data: string } }

export type Network = {
  readonly ID: string
  readonly Version: { readonly Index: number }
  readonly CreatedAt: string
  readonly UpdatedAt: string
  Name: string
  Driver: string
  Scope: 'swarm' | 'local'
  Internal: boolean
  Attachable: boolean
  Ingress: boolean
  EnableIPv4: boolean
  EnableIPv6: boolean
  Labels: Labels | null
  Options: Labels
  Subnet: string
  Gateway: string
}

export type Cluster = Meta & {
  Spec: ClusterSpec
  TLSInfo: Tls
  RootRotationInProgress: boolean
  hidden: { workerToken: string; managerToken: string; unlockKey: string }
}

export type Objects = {
  node: Node
  service: Service
  task: Task
  secret: Stored
  config: Stored
  network: Network
  cluster: Cluster
}

export type Kind = keyof Objects
