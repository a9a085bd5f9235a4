/**
 * Services that no node takes, drawn from a seed. Long because each filter is provoked in its
 * own way, and the order of the draws is what a seed stands for.
 */
import { image } from '../swarm.ts'
import { between, chance, pick, type Random, some, weighed } from './random.ts'

/** One turn: what the nodes are like, what takes room on them, and what asks for room. */
export type Turn = {
  nodes: Readonly<Record<string, NodePlan>>
  /** Powered off until the swarm calls it down. */
  down: string | null
  /** Deployed first; they fit, mostly, and take from what there is. */
  fillers: readonly ServiceSpec[]
  /** A filler whose tasks are told to stop and take their time. */
  lingering: ServiceSpec | null
  asking: readonly ServiceSpec[]
}

export type NodePlan = {
  availability: 'active' | 'pause' | 'drain'
  labels: Readonly<Record<string, string>>
}

/** As the engine takes it, with what placement turns on. */
export type ServiceSpec = {
  Name: string
  TaskTemplate: {
    ContainerSpec: {
      Image: string
      Command: string[]
      StopGracePeriod: number
      Mounts: object[]
    }
    Resources: { Reservations: Reservations }
    Placement: {
      Constraints: string[]
      Preferences: object[]
      Platforms: object[]
      MaxReplicas?: number
    }
    LogDriver?: { Name: string }
    Networks: { Target: string }[]
  }
  Mode: { Replicated: { Replicas: number } } | { Global: object }
  EndpointSpec: { Ports: object[] }
}

type Reservations = { NanoCPUs?: number; MemoryBytes?: number; GenericResources?: object[] }

/** What a cluster offers to the plans. */
export type Ground = {
  /** Host names; the first stays powered on. */
  nodes: readonly { name: string; id: string; address: string; worker: boolean }[]
  cpus: number
  memory: number
  network: string
}

const zones = ['east', 'west', 'North'] as const
const ports = [9001, 9002, 9003] as const

export function turnOf(random: Random, ground: Ground, count: number): Turn {
  const workers = ground.nodes.filter(({ worker }) => worker)
  const nodes = ground.nodes.map(({ name }): [string, NodePlan] => [
    name,
    {
      availability: weighed(random, [
        [6, 'active'],
        [1, 'pause'],
        [1, 'drain'],
      ]),
      labels: {
        ...(chance(random, 0.7) && { zone: pick(random, zones) }),
        ...(chance(random, 0.4) && { Disk: 'SSD' }),
      },
    },
  ])
  const filling = (name: string) => service(random, ground, name, 1, chance(random, 0.3))
  return {
    nodes: Object.fromEntries(nodes),
    down: chance(random, 0.35) ? pick(random, workers).name : null,
    fillers: Array.from({ length: between(random, 1, 4) }, (_, i) => filling(`fill-${i}`)),
    lingering: chance(random, 0.5)
      ? stubborn(service(random, ground, 'linger', 0, false), ground)
      : null,
    asking: Array.from({ length: count }, (_, i) =>
      service(random, ground, `ask-${i}`, between(random, 1, 3), chance(random, 0.2)),
    ),
  }
}

type Ask = (spec: ServiceSpec, random: Random, ground: Ground) => void

/** Each makes a spec ask for one more thing; most of them for what is not to be had. */
const asks: readonly (readonly [number, Ask])[] = [
  [7, constrain],
  [
    2,
    ({ TaskTemplate: { Resources } }, random, { memory }) => {
      Resources.Reservations.MemoryBytes = Math.floor(memory * (0.2 + random() * 0.85))
    },
  ],
  [
    2,
    ({ TaskTemplate: { Resources } }, random, { cpus }) => {
      Resources.Reservations.NanoCPUs = Math.floor(cpus * (0.2 + random() * 0.85))
    },
  ],
  [
    1,
    ({ TaskTemplate: { Resources } }, random) => {
      const DiscreteResourceSpec = { Kind: 'gpu', Value: between(random, 1, 3) }
      Resources.Reservations.GenericResources = [{ DiscreteResourceSpec }]
    },
  ],
  [
    3,
    ({ EndpointSpec }, random) => {
      EndpointSpec.Ports = some(random, ports, 0.6).map((port) =>
        hostPort(port, chance(random, 0.8) ? 'tcp' : 'udp'),
      )
    },
  ],
  [
    3,
    ({ TaskTemplate: { Placement } }, random) => {
      Placement.MaxReplicas = between(random, 1, 2)
    },
  ],
  [
    1,
    ({ TaskTemplate: { ContainerSpec } }, random) => {
      const Name = pick(random, ['local', 'rexray', 'nfs:latest'])
      ContainerSpec.Mounts = [
        {
          Type: 'volume',
          Source: 'data',
          Target: '/data',
          VolumeOptions: { DriverConfig: { Name } },
        },
      ]
    },
  ],
  [
    1,
    ({ TaskTemplate }, random) => {
      TaskTemplate.LogDriver = { Name: pick(random, ['loki', 'json-file', 'none']) }
    },
  ],
  [
    2,
    ({ TaskTemplate: { Placement } }, random) => {
      const platforms = [
        { OS: 'linux', Architecture: 'arm64' },
        { OS: 'linux', Architecture: 'aarch64' },
        { OS: 'windows', Architecture: 'amd64' },
        { OS: 'linux', Architecture: 'amd64' },
        { OS: 'linux', Architecture: 'x86_64' },
        { OS: 'linux' },
        { Architecture: 's390x' },
      ]
      Placement.Platforms = [pick(random, platforms), ...some(random, platforms, 0.1)]
    },
  ],
  [
    1,
    ({ TaskTemplate }, _random, { network }) => {
      TaskTemplate.Networks = [{ Target: network }]
    },
  ],
  [
    1,
    ({ TaskTemplate: { Placement } }, random) => {
      const SpreadDescriptor = pick(random, ['node.labels.zone', 'node.hostname'])
      Placement.Preferences = [{ Spread: { SpreadDescriptor } }]
    },
  ],
]

function constrain({ TaskTemplate }: ServiceSpec, random: Random, { nodes }: Ground) {
  const { name, id, address } = pick(random, nodes)
  const is = pick(random, ['==', '!=', ' == ', ' != '])
  const zone = pick(random, [...zones, 'EAST', 'nowhere', 'ea*t'])
  const choices = [
    `node.hostname${is}${name}`,
    `NODE.Hostname${is}${name.toUpperCase()}`,
    `node.id${is}${id}`,
    `node.ip${is}${address}`,
    `node.ip${is}${address.replace(/\.\d+$/, '.0/25')}`,
    `node.ip${is}nonsense`,
    `node.role${is}${pick(random, ['manager', 'Worker', 'leader'])}`,
    `node.platform.os${is}linux`,
    `node.platform.arch${is}${pick(random, ['amd64', 'x86_64'])}`,
    `node.labels.zone${is}${zone}`,
    `node.labels.zone${is}${zone}`,
    `Node.Labels.ZONE${is}${zone}`,
    `node.labels.Disk${is}ssd`,
    `node.labels.${is}x`,
    `engine.labels.storage${is}fast`,
    `node.colour${is}red`,
    `storage${is}fast`,
  ]
  TaskTemplate.Placement.Constraints.push(pick(random, choices))
}

function service(
  random: Random,
  ground: Ground,
  name: string,
  wishes: number,
  global: boolean,
): ServiceSpec {
  const spec: ServiceSpec = {
    Name: `placement-${name}`,
    TaskTemplate: {
      ContainerSpec: {
        Image: image('idle', 'v1'),
        Command: ['sh', '-c', 'trap "exit 0" TERM; sleep 100000 & wait'],
        StopGracePeriod: 1e9,
        Mounts: [],
      },
      Resources: { Reservations: {} },
      Placement: { Constraints: [], Preferences: [], Platforms: [] },
      Networks: [],
    },
    Mode: global
      ? { Global: {} }
      : { Replicated: { Replicas: pick(random, [1, 1, 2, 3, 7]) } },
    EndpointSpec: { Ports: [] },
  }
  for (let wish = 0; wish < wishes; wish += 1) weighed(random, asks)(spec, random, ground)
  // The engine takes no limit of replicas per node for a service that has one anyway.
  if (global) delete spec.TaskTemplate.Placement.MaxReplicas
  return spec
}

/** Holds much of some nodes, and does not hear when it is told to stop. */
function stubborn({ TaskTemplate, ...spec }: ServiceSpec, { memory }: Ground): ServiceSpec {
  const ContainerSpec = {
    ...TaskTemplate.ContainerSpec,
    Command: ['sh', '-c', 'trap "" TERM; sleep 100000'],
    StopGracePeriod: 300e9,
  }
  const Resources = { Reservations: { MemoryBytes: Math.floor(memory * 0.5) } }
  return {
    ...spec,
    Mode: { Replicated: { Replicas: 3 } },
    TaskTemplate: { ...TaskTemplate, ContainerSpec, Resources },
    EndpointSpec: { Ports: [hostPort(ports[0], 'tcp')] },
  }
}

const hostPort = (port: number, Protocol: 'tcp' | 'udp') => ({
  Protocol,
  TargetPort: port,
  PublishedPort: port,
  PublishMode: 'host',
})
