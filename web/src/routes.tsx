import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { ErrorPage } from './pages/ErrorPage.tsx'
import { NotFoundPage } from './pages/NotFoundPage.tsx'
import { NowPage } from './pages/NowPage.tsx'
import { Shell } from './shell/Shell.tsx'

/** What a list keeps in its address: a text to look for, and one status. */
export type ListSearch = { q?: string; status?: string }

/** Where a tasks tab stands: all slots, or one. */
export type TaskSearch = { slot?: string }

const root = createRootRoute({ component: Shell })

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
  validateSearch: ({ slot }: Record<string, unknown>): TaskSearch => text('slot', slot),
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

const nodes = createRoute({
  ...list('/nodes'),
  component: lazyRouteComponent(() => import('./pages/NodesPage.tsx'), 'NodesPage'),
})

const node = createRoute({
  getParentRoute: () => root,
  path: '/nodes/$name',
  component: lazyRouteComponent(() => import('./pages/NodePage.tsx'), 'NodePage'),
})

const networks = createRoute({
  ...list('/networks'),
  component: lazyRouteComponent(() => import('./pages/NetworksPage.tsx'), 'NetworksPage'),
})

const stacks = createRoute({
  ...list('/stacks'),
  component: lazyRouteComponent(() => import('./pages/StacksPage.tsx'), 'StacksPage'),
})

/** The map of the product: every page of shared/src/paths.ts, and nothing else. */
const routeTree = root.addChildren([
  now,
  services,
  service.addChildren([serviceOverview, serviceTasks, serviceSpec, serviceLogs]),
  nodes,
  node,
  networks,
  stacks,
])

/** A router over all pages; addresses hold plain text, not JSON. */
export const createPages = () =>
  createRouter({
    routeTree,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
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
