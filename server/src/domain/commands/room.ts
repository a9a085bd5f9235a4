import { matchesAll } from '../constraints.ts'
import type { Node, Task } from '../state.ts'
import { holdsShare } from '../task-life.ts'
import type { Situation } from './situation.ts'
import { hostPorts, type SpecDocument } from './spec-document.ts'

/** The scheduler's filters that can be judged from here, in its order. */
const filters = [
  'not available for new tasks',
  'too little memory or CPU left to reserve',
  'its constraints are not met',
  'another platform',
  'host port in use',
  'replicas per node used up',
] as const
type Filter = (typeof filters)[number]

/** Where tasks of a spec could be placed now. */
export type Room = {
  /** How many more tasks find a node; infinite where nothing limits them. */
  readonly tasks: number
  /** In words, the filters that refuse nodes and how many; empty if none does. */
  readonly refusals: string
}

/**
 * The room for tasks of a spec. Plugins and cluster volumes are not seen from here, so there
 * may be less.
 * @param own whether the service's own tasks take room as well (a replacement that starts
 * first, a replica more), or make place for what is asked
 * @see moby/swarmkit manager/scheduler/filter.go, nodeinfo.go
 */
export function room(
  on: Situation,
  document: SpecDocument,
  own: 'stay' | 'make place',
): Room {
  const refused = new Map<Filter, number>()
  let tasks = 0
  for (const node of on.state.nodes.values()) {
    const fits = fitting(on, document, node, own)
    if (typeof fits === 'number') tasks += fits
    else refused.set(fits, (refused.get(fits) ?? 0) + 1)
  }
  const refusals = filters
    .flatMap((filter) => {
      const count = refused.get(filter)
      return count ? `${filter} on ${count}` : []
    })
    .join('; ')
  return { tasks, refusals }
}

/** How many tasks this node takes, or the first filter that refuses it. */
function fitting(
  on: Situation,
  document: SpecDocument,
  node: Node,
  own: 'stay' | 'make place',
): number | Filter {
  const { Placement, Resources } = document.TaskTemplate
  const held = [...(on.state.tasksByNode.get(node.id)?.values() ?? [])].filter(holdsShare)
  const ours = held.filter(({ serviceId }) => serviceId === on.service.id)
  const staying = own === 'stay' ? held : held.filter((task) => !ours.includes(task))
  if (node.state !== 'ready' || node.availability !== 'active') return filters[0]
  const free = freeOf(node, staying)
  const { NanoCPUs = 0, MemoryBytes = 0 } = Resources?.Reservations ?? {}
  const share = Math.min(times(free.cpu, NanoCPUs), times(free.memory, MemoryBytes))
  if (share < 1) return filters[1]
  if (!matchesAll(Placement?.Constraints ?? [], node)) return filters[2]
  const platforms = Placement?.Platforms ?? []
  if (platforms.length > 0 && !platforms.some((one) => suits(one, node))) return filters[3]
  const ports = hostPorts(document)
  const taken = new Set(staying.flatMap((task) => portsOf(on, task)))
  if (ports.some((port) => taken.has(port))) return filters[4]
  const most = Placement?.MaxReplicas || Number.POSITIVE_INFINITY
  const left = most - (own === 'stay' ? ours.length : 0)
  if (left < 1) return filters[5]
  return Math.min(share, left, ports.length > 0 ? 1 : Number.POSITIVE_INFINITY)
}

const times = (free: number, need: number): number =>
  need === 0 ? Number.POSITIVE_INFINITY : Math.floor(free / need)

function freeOf({ resources }: Node, staying: readonly Task[]) {
  let cpu = resources.nanoCpus
  let memory = resources.memoryBytes
  for (const { reserved } of staying) {
    cpu -= reserved.nanoCpus
    memory -= reserved.memoryBytes
  }
  return { cpu, memory }
}

/** Host-mode ports that a task holds, by the spec of its service. */
function portsOf({ state }: Situation, { serviceId }: Task): string[] {
  return (state.services.get(serviceId)?.ports ?? []).flatMap((port) =>
    port.mode === 'host' && port.published !== null
      ? [`${port.published}/${port.protocol}`]
      : [],
  )
}

/** The names of architectures that the scheduler treats alike; constraints do not. */
const alike: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' }
const plain = (name: string) => (Object.hasOwn(alike, name) ? alike[name] : name)

const suits = (
  { Architecture = '', OS = '' }: { Architecture?: string; OS?: string },
  node: Node,
): boolean =>
  (OS === '' || OS === node.os) &&
  (Architecture === '' || plain(Architecture) === plain(node.architecture))
