import { type NodeFacts, nodeFacts } from './node-facts.ts'
import type {
  ClusterState,
  ClusterVolume,
  Mount,
  Network,
  Node,
  Reference,
  Service,
  Spec,
  StoredFacts,
  SwarmFacts,
  Task,
  TaskMap,
} from './state.ts'

/** Entities for tests: all is well with them, and a test names only what it is about. */

const pace: Spec['update'] = {
  parallelism: 1,
  delayNs: 0,
  order: 'stop-first',
  monitorNs: 5e9,
  maxFailureRatio: 0,
  failureAction: 'pause',
}

export const aSpec = (fields: Partial<Spec> = {}): Spec => ({
  command: [],
  environment: [],
  environmentIn: {},
  user: null,
  groups: [],
  workingDirectory: null,
  hostname: null,
  readOnlyRoot: false,
  healthCheck: null,
  stopGraceNs: 10e9,
  mounts: [],
  secrets: [],
  configs: [],
  constraints: [],
  preferences: [],
  maxReplicasPerNode: null,
  platforms: [],
  logDriver: null,
  generic: {},
  reservations: { nanoCpus: 0, memoryBytes: 0 },
  limits: { nanoCpus: 0, memoryBytes: 0 },
  restart: { condition: 'any', delayNs: 5e9, maxAttempts: 0, windowNs: 0 },
  update: pace,
  rollback: pace,
  labels: {},
  ...fields,
})

/** A named volume on the node where its task runs. */
export const aMount = (fields: Partial<Mount> = {}): Mount => ({
  type: 'volume',
  source: 'data',
  target: '/data',
  readOnly: false,
  driver: null,
  filesystem: null,
  device: null,
  options: [],
  optionFields: [],
  servedByNode: false,
  subpath: null,
  createsPath: false,
  ...fields,
})

/** How a spec refers to a secret or config that is called like its id. */
export const aReference = (id: string, fields: Partial<Reference> = {}): Reference => ({
  id,
  name: id,
  target: id,
  uid: '0',
  gid: '0',
  mode: 0o444,
  ...fields,
})

/** A secret, or a config where it has bytes; called like its id. */
export const aStored = (id: string, fields: Partial<StoredFacts> = {}): StoredFacts => ({
  id,
  version: 1,
  name: id,
  stack: null,
  labels: {},
  createdAt: 0,
  updatedAt: 0,
  driver: null,
  templating: null,
  bytes: null,
  credentialLike: false,
  ...fields,
})

/** Called like its id, and open to every task on every node. */
export const aClusterVolume = (
  id: string,
  fields: Partial<ClusterVolume> = {},
): ClusterVolume => ({
  id,
  version: 1,
  name: id,
  driver: 'csi-driver',
  group: '',
  stack: null,
  availability: 'active',
  scope: 'multi',
  sharing: 'all',
  access: 'mount',
  filesystem: null,
  options: [],
  secrets: [],
  made: true,
  capacity: null,
  topology: [],
  published: [],
  ...fields,
})

/** What a rollback would bring back. */
export const aPrevious = (
  fields: Partial<NonNullable<Service['previous']>> = {},
): NonNullable<Service['previous']> => ({
  image: 'demo/web:v0',
  specHash: 'before',
  secrets: [],
  configs: [],
  mounts: [],
  ...fields,
})

export const aPace = (fields: Partial<Spec['update']>): Spec['update'] => ({
  ...pace,
  ...fields,
})

export const aService = (fields: Partial<Service> = {}): Service => ({
  id: 'service-web',
  version: 1,
  name: 'web',
  stack: null,
  mode: { kind: 'replicated', replicas: 3 },
  image: 'demo/web:v1',
  createdAt: 0,
  updatedAt: 0,
  update: null,
  hasHealthCheck: false,
  jobIteration: null,
  ports: [],
  networkIds: [],
  spec: aSpec(),
  specHash: 'spec',
  previous: null,
  ...fields,
})

/** A running task; it began to run when it was created, unless told otherwise. */
export const aTask = (fields: Partial<Task> = {}): Task => {
  const createdAt = fields.createdAt ?? 0
  return {
    id: 't1',
    version: 1,
    serviceId: 'service-web',
    slot: 1,
    nodeId: 'n1',
    desired: 'running',
    state: 'running',
    since: createdAt,
    message: 'started',
    error: null,
    exitCode: null,
    containerId: null,
    image: 'demo/web:v1',
    createdAt,
    updatedAt: fields.since ?? createdAt,
    jobIteration: null,
    reserved: { nanoCpus: 0, memoryBytes: 0 },
    generic: {},
    restart: null,
    volumes: [],
    paths: [],
    hostPorts: null,
    clusterVolumes: [],
    storedIds: [],
    upToDate: true,
    ...fields,
  }
}

/** A ready worker, called like its id. */
export const aNode = (fields: Partial<Node> = {}): Node => ({
  id: 'n1',
  version: 1,
  hostname: fields.id ?? 'n1',
  role: fields.manager ? 'manager' : 'worker',
  availability: 'active',
  state: 'ready',
  message: '',
  address: '10.0.0.1',
  ip: '10.0.0.1',
  manager: null,
  engineVersion: '28.5.2',
  os: 'linux',
  architecture: 'x86_64',
  resources: { nanoCpus: 4e9, memoryBytes: 8e9 },
  generic: {},
  plugins: [],
  csiDrivers: [],
  labels: {},
  engineLabels: {},
  createdAt: 0,
  updatedAt: 0,
  ...fields,
})

export const aManager = (
  fields: Partial<Node> = {},
  status: Partial<NonNullable<Node['manager']>> = {},
): Node =>
  aNode({
    id: 'm1',
    manager: { leader: false, reachability: 'reachable', address: null, ...status },
    ...fields,
  })

export const aNetwork = (fields: Partial<Network> = {}): Network => ({
  id: 'net1',
  name: 'front',
  driver: 'overlay',
  scope: 'swarm',
  stack: null,
  subnets: ['10.0.1.0/24'],
  internal: false,
  attachable: false,
  ingress: false,
  encrypted: false,
  configFrom: null,
  createdAt: 0,
  ...fields,
})

export const swarmFacts = (fields: Partial<SwarmFacts> = {}): SwarmFacts => ({
  id: 'swarm',
  state: 'live',
  since: 0,
  cause: null,
  endpoint: 'unix:///var/run/docker.sock',
  engineVersion: '28.5.2',
  apiVersion: '1.51',
  feed: 'push',
  clockAhead: 0,
  taskHistory: 5,
  nodeId: null,
  simulatedSpeed: null,
  ...fields,
})

type Parts = {
  services?: readonly Service[]
  nodes?: readonly Node[]
  networks?: readonly Network[]
  tasks?: readonly Task[]
  secrets?: readonly StoredFacts[]
  configs?: readonly StoredFacts[]
  /** Null: not known. */
  clusterVolumes?: readonly ClusterVolume[] | null
  swarm?: Partial<SwarmFacts>
}

/** A swarm of these entities; of three ready nodes, where none is named. */
export function aState(parts: Parts): ClusterState {
  const { services = [], networks = [], tasks = [], secrets = [], configs = [] } = parts
  const { clusterVolumes = [], nodes = threeNodes } = parts
  return {
    services: byId(services),
    nodes: byId(nodes),
    networks: byId(networks),
    secrets: byId(secrets),
    configs: byId(configs),
    clusterVolumes: clusterVolumes && byId(clusterVolumes),
    tasksByService: grouped(tasks, ({ serviceId }) => serviceId),
    tasksByNode: grouped(tasks, ({ nodeId }) => nodeId),
    swarm: swarmFacts(parts.swarm),
  }
}

export const threeNodes: readonly Node[] = [
  aManager({ id: 'n1' }, { leader: true }),
  aManager({ id: 'n2' }),
  aManager({ id: 'n3' }),
]

export const factsOf = (nodes: readonly Node[] = threeNodes): NodeFacts =>
  nodeFacts(byId(nodes))

export const byId = <T extends { readonly id: string }>(
  entities: readonly T[],
): ReadonlyMap<string, T> => new Map(entities.map((entity) => [entity.id, entity]))

function grouped(
  tasks: readonly Task[],
  keyOf: (task: Task) => string | null,
): ReadonlyMap<string, TaskMap> {
  const groups = new Map<string, Map<string, Task>>()
  for (const task of tasks) {
    const key = keyOf(task)
    if (key === null) continue
    const group = groups.get(key) ?? new Map<string, Task>()
    groups.set(key, group.set(task.id, task))
  }
  return groups
}
