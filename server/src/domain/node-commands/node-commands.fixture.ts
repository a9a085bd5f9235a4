import type { NodeAsked } from '@skep/shared/contract/node-commands'
import type { AffectedTask, NodePreview } from '@skep/shared/contract/node-preview'
import { aManager, aNode, aService, aSpec, aState, aTask } from '../entities.fixture.ts'
import type { Residency } from '../residency.ts'
import type {
  ClusterState,
  ClusterVolume,
  Millis,
  Network,
  Node,
  Service,
  Spec,
  Task,
} from '../state.ts'
import { nodePreview } from './preview.ts'

/** A small swarm to act on: one manager that takes no tasks, and three workers. */
export const now: Millis = 1_800_000_000_000

export const m1 = aManager({ id: 'm1', availability: 'drain' }, { leader: true })
export const w = (id: string, fields: Partial<Node> = {}): Node => aNode({ id, ...fields })
export const fourNodes: readonly Node[] = [m1, w('w1'), w('w2'), w('w3')]

/** A service with this spec, called like its id. */
export const called = (
  name: string,
  spec: Partial<Spec> = {},
  fields: Partial<Service> = {},
): Service => aService({ id: name, name, spec: aSpec(spec), ...fields })

let number = 0

/** A task of a service on a node, running for an hour unless told otherwise. */
export function on(nodeId: string, serviceId: string, fields: Partial<Task> = {}): Task {
  number += 1
  const at = now - 3_600_000
  return aTask({
    id: `t${number}`,
    serviceId,
    nodeId,
    slot: number,
    createdAt: at,
    since: at,
    ...fields,
  })
}

type Scene = {
  asked?: NodeAsked
  node?: string
  nodes?: readonly Node[]
  services: readonly Service[]
  tasks: readonly Task[]
  networks?: readonly Network[]
  /** Not known, unless told. */
  clusterVolumes?: readonly ClusterVolume[] | null
  residency?: Residency
  self?: string
  memoryAway?: string
  readOnly?: boolean
  swarm?: Partial<ClusterState['swarm']>
}

/** What a command on `w1` would do in this scene; a drain unless told otherwise. */
export function look({
  asked = { kind: 'drain' },
  node = 'w1',
  nodes = fourNodes,
  services,
  tasks,
  networks = [],
  clusterVolumes = null,
  residency = new Map(),
  self,
  memoryAway,
  readOnly = false,
  swarm = {},
}: Scene): ReturnType<typeof nodePreview> {
  const state = aState({ nodes, services, tasks, networks, clusterVolumes, swarm })
  const found = state.nodes.get(node)
  if (!found) throw new Error(`no node ${node} in the scene`)
  return nodePreview(asked, {
    state,
    node: found,
    residency,
    self: self ?? null,
    memoryAway: memoryAway ?? null,
    readOnly,
    now,
  })
}

/** The outcomes by service, in order. */
export const outcomes = ({
  tasks,
}: NodePreview): Record<string, AffectedTask['outcome'][]> =>
  Object.fromEntries(
    [...Map.groupBy(tasks, ({ service }) => service)].map(([service, found]) => [
      service,
      found.map(({ outcome }) => outcome),
    ]),
  )

export const checkIds = ({ checks }: NodePreview): string[] => checks.map(({ id }) => id)
