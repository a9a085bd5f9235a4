import type { NodeCommandKind } from './contract/node-commands.ts'
import type { CommandKind } from './contract/preview.ts'

const enc = encodeURIComponent

/** Every path of the HTTP contract: nobody writes one by hand. */
export const api = {
  health: () => '/healthz',
  ready: () => '/readyz',
  cluster: () => '/api/cluster',
  stream: () => '/api/stream',
  openapi: () => '/api/openapi.json',
  docs: () => '/api/docs',
  serviceTasks: (service: string) => `/api/services/${enc(service)}/tasks`,
  serviceSpec: (service: string) => `/api/services/${enc(service)}/spec`,
  serviceCommand: (service: string, kind: CommandKind) =>
    `/api/services/${enc(service)}/${kind}`,
  serviceVersions: (service: string) => `/api/services/${enc(service)}/versions`,
  servicePlacement: (service: string) => `/api/services/${enc(service)}/placement`,
  serviceStatefulness: (service: string) => `/api/services/${enc(service)}/statefulness`,
  stateful: () => '/api/stateful',
  nodeCommand: (node: string, kind: NodeCommandKind) => `/api/nodes/${enc(node)}/${kind}`,
  nodeMaintenance: (node: string) => `/api/nodes/${enc(node)}/maintenance`,
  maintenanceTick: (id: string) => `/api/maintenance/${enc(id)}/tick`,
  maintenanceEnd: (id: string) => `/api/maintenance/${enc(id)}/end`,
  maintenanceEvidence: (id: string) => `/api/maintenance/${enc(id)}/evidence`,
  operations: () => '/api/operations',
  operation: (id: string) => `/api/operations/${enc(id)}`,
  journal: () => '/api/journal',
  suspects: () => '/api/journal/suspects',
  serviceLogs: (service: string) => `/api/services/${enc(service)}/logs`,
} as const

export const serviceTabs = ['tasks', 'spec', 'logs', 'history'] as const
export type ServiceTab = (typeof serviceTabs)[number]

/** Every page of the console. */
export const pages = {
  now: () => '/',
  services: () => '/services',
  service: (name: string, tab?: ServiceTab) =>
    tab ? `/services/${enc(name)}/${tab}` : `/services/${enc(name)}`,
  nodes: () => '/nodes',
  node: (name: string) => `/nodes/${enc(name)}`,
  stateful: () => '/stateful',
  networks: () => '/networks',
  journal: () => '/journal',
  stacks: () => '/stacks',
} as const
