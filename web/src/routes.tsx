import { NodeCommandKind } from '@skep/shared/contract/node-commands'
import { CommandKind } from '@skep/shared/contract/preview'
import type { StoredKind } from '@skep/shared/contract/stored'
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { z } from 'zod'
import { storedOneQuery, storedQuery } from './cluster/stored.ts'
import { RotationSearch } from './operate/rotation/rotation-open.ts'
import { StoredDo } from './operate/stored/stored-open.ts'
import { ErrorPage } from './pages/ErrorPage.tsx'
import { NotFoundPage } from './pages/NotFoundPage.tsx'
import { NowPage } from './pages/NowPage.tsx'
import { PendingPage } from './pages/PendingPage.tsx'
import { briefly, patience, settledOrLate } from './settled-or-late.ts'
import { Shell } from './shell/Shell.tsx'

// The content security policy forbids code that is made at run time: not even tried.
z.config({ jitless: true })

/** What a list keeps in its address: a text to look for, and one status. */
export type ListSearch = { q?: string; status?: string }

const Replicas = z
  .string()
  .regex(/^\d{1,6}$/)
  .optional()
  .catch(undefined)
  .describe('For scale: what its field begins at')

/**
 * What a service's page holds open: the preview of a command, never the command itself, or
 * an operation under way. Whatever does not make sense is left out.
 */
const ServiceSearch = z.object({
  do: CommandKind.optional().catch(undefined),
  version: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .optional()
    .catch(undefined)
    .describe('For restore: its number in the history'),
  replicas: Replicas,
  operation: z.string().max(100).optional().catch(undefined),
})
export type ServiceSearch = z.infer<typeof ServiceSearch>

/** The same of a node's page, over which a service can be scaled as well. */
const NodeSearch = z.object({
  do: NodeCommandKind.optional().catch(undefined),
  scale: z.string().max(100).optional().catch(undefined).describe('Name of a service'),
  replicas: Replicas,
  operation: z.string().max(100).optional().catch(undefined),
})
export type NodeSearch = z.infer<typeof NodeSearch>

const Sheet = z
  .object({
    do: StoredDo.optional().catch(undefined),
    family: z.string().max(100).optional().catch(undefined).describe('For prune'),
  })
  .describe('What lies open over a page of secrets or configs')
type Sheet = z.infer<typeof Sheet>

/** A list of secrets or configs: narrowed, grouped, and what lies open over it. */
export type StoredListSearch = ListSearch & Sheet & { group?: string }

/** The page of one: which other version it is compared with, and what lies open over it. */
export type StoredSearch = Sheet & { with?: string }

/** Where a tasks tab stands: all slots, one, or those in one state or phase of a rollout. */
export type TaskSearch = { slot?: string; state?: string; phase?: string }

/** Which part of a history is looked at, and the instant whose causes are looked for. */
export type HistorySearch = { slot?: string; kind?: string; at?: string }

/** Which entries of the journal; `before` is an entry's id: begin at what was before it. */
export type JournalSearch = {
  q?: string
  kind?: string
  actor?: string
  from?: string
  to?: string
  before?: string
}

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Shell })

const list = <TPath extends string>(path: TPath) =>
  ({
    getParentRoute: () => root,
    path,
    validateSearch: ({ q, status }: Record<string, unknown>): ListSearch => ({
      ...text('q', q),
      ...text('status', status),
    }),
  }) as const

const now = createRoute({ getParentRoute: () => root, path: '/', component: NowPage })

const services = createRoute({
  ...list('/services'),
  component: lazyRouteComponent(() => import('./pages/ServicesPage.tsx'), 'ServicesPage'),
})

const service = createRoute({
  getParentRoute: () => root,
  path: '/services/$name',
  validateSearch: (search: Record<string, unknown>): ServiceSearch =>
    ServiceSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/ServicePage.tsx'), 'ServicePage'),
})

const serviceOverview = createRoute({
  getParentRoute: () => service,
  path: '/',
  component: lazyRouteComponent(
    () => import('./panels/service/OverviewTab.tsx'),
    'OverviewTab',
  ),
})

const serviceTasks = createRoute({
  getParentRoute: () => service,
  path: '/tasks',
  validateSearch: ({ slot, state, phase }: Record<string, unknown>): TaskSearch => ({
    ...text('slot', slot),
    ...text('state', state),
    ...text('phase', phase),
  }),
  component: lazyRouteComponent(() => import('./panels/service/TasksTab.tsx'), 'TasksTab'),
})

const serviceSpec = createRoute({
  getParentRoute: () => service,
  path: '/spec',
  component: lazyRouteComponent(() => import('./panels/service/SpecTab.tsx'), 'SpecTab'),
})

const serviceLogs = createRoute({
  getParentRoute: () => service,
  path: '/logs',
  component: lazyRouteComponent(() => import('./panels/service/LogsTab.tsx'), 'LogsTab'),
})

const serviceHistory = createRoute({
  getParentRoute: () => service,
  path: '/history',
  validateSearch: ({ slot, kind, at }: Record<string, unknown>): HistorySearch => ({
    ...text('slot', slot),
    ...text('kind', kind),
    ...text('at', at),
  }),
  component: lazyRouteComponent(
    () => import('./panels/journal/HistoryTab.tsx'),
    'HistoryTab',
  ),
})

const nodes = createRoute({
  ...list('/nodes'),
  component: lazyRouteComponent(() => import('./pages/NodesPage.tsx'), 'NodesPage'),
})

const node = createRoute({
  getParentRoute: () => root,
  path: '/nodes/$name',
  validateSearch: (search: Record<string, unknown>): NodeSearch => NodeSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/NodePage.tsx'), 'NodePage'),
})

const stateful = createRoute({
  ...list('/stateful'),
  component: lazyRouteComponent(() => import('./pages/StatefulPage.tsx'), 'StatefulPage'),
})

type Loading = { context: { client: QueryClient } }

const storedList = <TPath extends string>(path: TPath, kind: StoredKind) =>
  ({
    getParentRoute: () => root,
    path,
    validateSearch: (search: Record<string, unknown>): StoredListSearch => ({
      ...text('q', search.q),
      ...text('status', search.status),
      ...text('group', search.group),
      ...Sheet.parse(search),
    }),
    // The list comes while the code of the page does, which then keeps it up to date.
    loader: ({ context: { client } }: Loading) =>
      settledOrLate(client.prefetchQuery(storedQuery(kind)), briefly),
    staleTime: Infinity,
  }) as const

type LoadingOne = Loading & { params: { name: string } }

const oneStored = <TPath extends string>(path: TPath, kind: StoredKind) =>
  ({
    getParentRoute: () => root,
    path,
    validateSearch: (search: Record<string, unknown>): StoredSearch => ({
      ...text('with', search.with),
      ...Sheet.parse(search),
    }),
    loader: ({ context: { client }, params: { name } }: LoadingOne) =>
      settledOrLate(
        Promise.all([
          // Of its family; whoever comes from the list has read it.
          client.prefetchQuery({ ...storedQuery(kind), staleTime: Infinity }),
          client.prefetchQuery(storedOneQuery(kind, name)),
        ]),
        briefly,
      ),
    staleTime: Infinity,
  }) as const

const secrets = createRoute({
  ...storedList('/secrets', 'secret'),
  component: lazyRouteComponent(() => import('./pages/SecretsPage.tsx'), 'SecretsPage'),
})

const configs = createRoute({
  ...storedList('/configs', 'config'),
  component: lazyRouteComponent(() => import('./pages/SecretsPage.tsx'), 'ConfigsPage'),
})

const secret = createRoute({
  ...oneStored('/secrets/$name', 'secret'),
  component: lazyRouteComponent(() => import('./pages/StoredPage.tsx'), 'SecretPage'),
})

const config = createRoute({
  ...oneStored('/configs/$name', 'config'),
  component: lazyRouteComponent(() => import('./pages/StoredPage.tsx'), 'ConfigPage'),
})

const rotation = createRoute({
  getParentRoute: () => root,
  path: '/rotations/$id',
  validateSearch: (search: Record<string, unknown>): RotationSearch =>
    RotationSearch.parse(search),
  component: lazyRouteComponent(() => import('./pages/RotationPage.tsx'), 'RotationPage'),
})

const volumes = createRoute({
  ...list('/volumes'),
  component: lazyRouteComponent(() => import('./pages/VolumesPage.tsx'), 'VolumesPage'),
})

const networks = createRoute({
  ...list('/networks'),
  component: lazyRouteComponent(() => import('./pages/NetworksPage.tsx'), 'NetworksPage'),
})

const stacks = createRoute({
  ...list('/stacks'),
  component: lazyRouteComponent(() => import('./pages/StacksPage.tsx'), 'StacksPage'),
})

const journal = createRoute({
  getParentRoute: () => root,
  path: '/journal',
  validateSearch: (search: Record<string, unknown>): JournalSearch => ({
    ...text('q', search.q),
    ...text('kind', search.kind),
    ...text('actor', search.actor),
    ...text('from', search.from),
    ...text('to', search.to),
    ...text('before', search.before),
  }),
  component: lazyRouteComponent(() => import('./pages/JournalPage.tsx'), 'JournalPage'),
})

/** The map of the product: every page of shared/src/paths.ts, and nothing else. */
const routeTree = root.addChildren([
  now,
  services,
  service.addChildren([
    serviceOverview,
    serviceTasks,
    serviceSpec,
    serviceLogs,
    serviceHistory,
  ]),
  nodes,
  node,
  stateful,
  secrets,
  configs,
  secret,
  config,
  rotation,
  volumes,
  networks,
  stacks,
  journal,
])

/** A router over all pages; addresses hold plain text, not JSON. */
export const createPages = (client: QueryClient) =>
  createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    // In milliseconds: a pointer that rests this long on a link does not merely pass by.
    defaultPreloadDelay: 20,
    scrollRestoration: true,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: PendingPage,
    defaultPendingMs: patience,
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const filled = Object.entries(search).filter(([, value]) => value)
      const query = new URLSearchParams(filled).toString()
      return query && `?${query}`
    },
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPages>
  }
}

const text = <K extends string>(key: K, value: unknown): Partial<Record<K, string>> =>
  typeof value === 'string' && value !== ''
    ? ({ [key]: value } as Record<K, string>) // a computed key loses its type
    : {}
