import type { Reference } from '@skep/shared/contract/preview'
import { networkNames, nodeNames, serviceNamed } from './names.ts'
import type { ClusterState } from './state.ts'
import type { Surroundings } from './suspects.ts'

/**
 * What a subject uses and where it runs, by the names of this moment.
 * @param subject `service:NAME` or `node:NAME`; null for the whole swarm
 */
export function surroundings(state: ClusterState, subject: string | null): Surroundings {
  if (subject === null) return { subject: null, related: [], nodes: [] }
  const [kind, ...rest] = subject.split(':')
  const name = rest.join(':')
  if (kind === 'node') {
    return { subject: { kind: 'node', name }, related: [], nodes: [name] }
  }
  const own: Reference = { kind: 'service', name }
  const service = serviceNamed(state, name)
  if (!service) return { subject: own, related: [], nodes: [] }
  const nodes = nodeNames(state.nodes)
  const networks = networkNames(state.networks)
  const tasks = [...(state.tasksByService.get(service.id)?.values() ?? [])]
  const held = new Set(tasks.flatMap(({ nodeId }) => (nodeId ? [nodeId] : [])))
  const reference = (kind: Reference['kind'], name: string): Reference => ({ kind, name })
  return {
    subject: own,
    related: [
      ...service.spec.secrets.map((secret) => reference('secret', secret.name)),
      ...service.spec.configs.map((config) => reference('config', config.name)),
      ...service.spec.mounts.flatMap(({ type, source }) =>
        type === 'volume' && source ? [reference('volume', source)] : [],
      ),
      ...service.networkIds.flatMap((id) => {
        const network = networks.get(id)
        return network ? [reference('network', network)] : []
      }),
    ],
    nodes: [...held].map((id) => nodes.get(id) ?? id),
  }
}
