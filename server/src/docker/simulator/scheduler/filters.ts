import type { Task } from '../store/objects.ts'
import { matchesAll, parseConstraints } from './constraints.ts'
import { hostPortsOf, type NodeInfo } from './node-info.ts'
import { fits, reservationsOf } from './resources.ts'

export type Filter = {
  /** Null where the filter has nothing to say about this task. */
  for(task: Task): ((info: NodeInfo) => boolean) | null
  /** What is said of so many nodes that failed. */
  explain(count: number): string
}

const on = (reason: string) => (count: number) =>
  `${reason} on ${count} ${count === 1 ? 'node' : 'nodes'}`

const ready: Filter = {
  for: () => (info) => {
    const { Status, Spec } = info.node
    return Status.State === 'ready' && Spec.Availability === 'active'
  },
  explain: (count) =>
    `${count} ${count === 1 ? 'node' : 'nodes'} not available for new tasks`,
}

const resources: Filter = {
  for({ Spec }) {
    const asked = reservationsOf(Spec)
    const { NanoCPUs = 0, MemoryBytes = 0, GenericResources = [] } = asked
    if (NanoCPUs === 0 && MemoryBytes === 0 && GenericResources.length === 0) return null
    return (info) => fits(asked, info.free)
  },
  explain: on('insufficient resources'),
}

const plugins: Filter = {
  for({ Spec }) {
    const wanted = (Spec.ContainerSpec?.Mounts ?? []).flatMap(({ Type, VolumeOptions }) => {
      const name = VolumeOptions?.DriverConfig?.Name
      return Type === 'volume' && name && name !== 'local' ? [{ Type: 'Volume', name }] : []
    })
    const log = Spec.LogDriver?.Name
    if (log && log !== 'none') wanted.push({ Type: 'Log', name: log })
    if (wanted.length === 0) return null
    return ({ node }) =>
      wanted.every(({ Type, name }) =>
        node.Description.Engine.Plugins.some(
          (plugin) =>
            plugin.Type === Type &&
            (plugin.Name === name || plugin.Name === `${name}:latest`),
        ),
      )
  },
  explain: on('missing plugin'),
}

const constraints: Filter = {
  for({ Spec }) {
    const texts = Spec.Placement?.Constraints ?? []
    if (texts.length === 0) return null
    const parsed = parseConstraints(texts)
    return ({ node }) => matchesAll(parsed, node)
  },
  explain: on('scheduling constraints not satisfied'),
}

const SAME_ARCHITECTURE: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
}

const platform: Filter = {
  for({ Spec }) {
    const wanted = Spec.Placement?.Platforms ?? []
    if (wanted.length === 0) return null
    const plain = (name: string) => SAME_ARCHITECTURE[name] ?? name
    return ({ node }) => {
      const own = node.Description.Platform
      return wanted.some(
        ({ OS = '', Architecture = '' }) =>
          (OS === '' || OS.toLowerCase() === own.OS.toLowerCase()) &&
          (Architecture === '' || plain(Architecture) === plain(own.Architecture)),
      )
    }
  },
  explain: on('unsupported platform'),
}

const hostPort: Filter = {
  for(task) {
    const ports = hostPortsOf(task)
    return ports.length === 0 ? null : (info) => !ports.some((port) => info.uses(port))
  },
  explain: on('host-mode port already in use'),
}

const maxReplicas: Filter = {
  for({ Spec, ServiceID }) {
    const most = Spec.Placement?.MaxReplicas ?? 0
    return most === 0 ? null : (info) => info.activeOf(ServiceID) < most
  },
  explain: () => 'max replicas per node limit exceed',
}

/** There are no CSI plugins here. */
const csi: Filter = {
  for({ Spec }) {
    const wants = (Spec.ContainerSpec?.Mounts ?? []).some(({ Type }) => Type === 'cluster')
    return wants ? () => false : null
  },
  explain: on('cannot fulfill requested CSI volume mounts'),
}

/** @see moby/swarmkit manager/scheduler/pipeline.go defaultFilters */
export const FILTERS: readonly Filter[] = [
  ready,
  resources,
  plugins,
  constraints,
  platform,
  hostPort,
  maxReplicas,
  csi,
]
