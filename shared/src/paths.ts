import type { NodeCommandKind } from './contract/node-commands.ts'
import type { CommandKind } from './contract/preview.ts'
import type { RotationAct } from './contract/rotation.ts'
import type { StoredKind } from './contract/stored.ts'

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
  nodeLabelUses: (node: string) => `/api/nodes/${enc(node)}/label-uses`,
  nodeMaintenance: (node: string) => `/api/nodes/${enc(node)}/maintenance`,
  maintenanceTick: (id: string) => `/api/maintenance/${enc(id)}/tick`,
  maintenanceEnd: (id: string) => `/api/maintenance/${enc(id)}/end`,
  maintenanceEvidence: (id: string) => `/api/maintenance/${enc(id)}/evidence`,
  stored: (kind: StoredKind) => `/api/${kind}s`,
  storedIndex: (kind: StoredKind) => `/api/${kind}s?consumers=names`,
  storedOne: (kind: StoredKind, name: string) => `/api/${kind}s/${enc(name)}`,
  storedRemove: (kind: StoredKind, name: string) => `/api/${kind}s/${enc(name)}/remove`,
  storedRotate: (kind: StoredKind, name: string) => `/api/${kind}s/${enc(name)}/rotate`,
  storedPrune: (kind: StoredKind, family: string) =>
    `/api/${kind}-families/${enc(family)}/prune`,
  configContent: (name: string) => `/api/configs/${enc(name)}/content`,
  volumes: () => '/api/volumes',
  rotations: () => '/api/rotations',
  rotation: (id: string) => `/api/rotations/${enc(id)}`,
  rotationAct: (id: string, act: RotationAct) => `/api/rotations/${enc(id)}/${act}`,
  rotationEvidence: (id: string) => `/api/rotations/${enc(id)}/evidence`,
  simulation: () => '/api/simulation',
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
  secrets: () => '/secrets',
  configs: () => '/configs',
  stored: (kind: StoredKind, name: string) => `/${kind}s/${enc(name)}`,
  rotation: (id: string) => `/rotations/${enc(id)}`,
  volumes: () => '/volumes',
  networks: () => '/networks',
  journal: () => '/journal',
  stacks: () => '/stacks',
} as const
