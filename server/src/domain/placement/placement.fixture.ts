import { aNode, aState } from '../entities.fixture.ts'
import type { Node, Task } from '../state.ts'
import type { Demand } from './demand.ts'
import { type Site, siteOf } from './sites.ts'

/** A demand that asks for nothing; a test names what it is about. */
export const aDemand = (fields: Partial<Demand> = {}): Demand => ({
  serviceId: 'service-web',
  constraints: [],
  reservations: { nanoCpus: 0, memoryBytes: 0 },
  generic: {},
  platforms: [],
  hostPorts: [],
  maxReplicas: null,
  plugins: [],
  clusterMounts: [],
  ...fields,
})

/** A node as the scheduler sees it with these tasks. */
export function aSite(fields: Partial<Node> = {}, tasks: readonly Task[] = []): Site {
  const node = aNode(fields)
  return siteOf(aState({ nodes: [node], tasks }), node)
}
