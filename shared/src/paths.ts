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
  serviceLogs: (service: string) => `/api/services/${enc(service)}/logs`,
} as const

export const serviceTabs = ['tasks', 'spec', 'logs'] as const
export type ServiceTab = (typeof serviceTabs)[number]

/** Every page of the console. */
export const pages = {
  now: () => '/',
  services: () => '/services',
  service: (name: string, tab?: ServiceTab) =>
    tab ? `/services/${enc(name)}/${tab}` : `/services/${enc(name)}`,
  nodes: () => '/nodes',
  node: (name: string) => `/nodes/${enc(name)}`,
  networks: () => '/networks',
  stacks: () => '/stacks',
} as const
