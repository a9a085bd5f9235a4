import { aMount, aNode, aService, aSpec, aState, aTask } from './entities.fixture.ts'
import type { ClusterState, Mount, Node, Service, Task } from './state.ts'

/** A database whose one volume lies on the node where its task runs. */

export const nodes: readonly Node[] = ['w1', 'w2', 'w3'].map((id) => aNode({ id }))

export const db = (fields: Partial<Service> = {}, mount: Partial<Mount> = {}): Service =>
  aService({
    id: 'db',
    name: 'db',
    mode: { kind: 'replicated', replicas: 1 },
    spec: aSpec({ mounts: [aMount({ source: 'pgdata', ...mount })] }),
    ...fields,
  })

/** Its task on a node, running from an instant on. */
export const on = (nodeId: string, from: number, fields: Partial<Task> = {}): Task =>
  aTask({
    id: `${nodeId}-${from}`,
    serviceId: 'db',
    nodeId,
    createdAt: from,
    volumes: ['pgdata'],
    containerId: 'c',
    ...fields,
  })

/** One that ran, and was stopped at an instant. */
export const ran = (
  nodeId: string,
  from: number,
  to: number,
  fields: Partial<Task> = {},
): Task =>
  on(nodeId, from, { state: 'shutdown', desired: 'shutdown', since: to, ...fields })

export const swarm = (
  tasks: readonly Task[],
  service = db(),
  among: readonly Node[] = nodes,
): ClusterState => aState({ services: [service], nodes: among, tasks })
