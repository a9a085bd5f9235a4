import type { Cluster } from '@skep/shared/contract/cluster'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { act, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { ThemeProvider } from '../theme/ThemeProvider.tsx'
import { SessionProvider } from './SessionProvider.tsx'
import { Session } from './session.ts'

/** All that a component of the product stands in, told of this cluster. */
export function aConsole(
  cluster: Cluster,
  client: QueryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } }),
) {
  const session = new Session(client)
  const take = (next: Cluster) => session.take({ kind: 'snapshot', cluster: next })
  take(cluster)
  const show = (shown: ReactNode): void => {
    render(
      <ThemeProvider env="test">
        <QueryClientProvider client={client}>
          <SessionProvider session={session}>{shown}</SessionProvider>
        </QueryClientProvider>
      </ThemeProvider>,
    )
  }
  /** Shows it at `/`, where links have somewhere to lead: to these paths, which are empty. */
  const showRouted = async (component: () => ReactNode, paths: readonly string[] = []) => {
    const root = createRootRoute({ component })
    const pages = paths.map((path) =>
      createRoute({ getParentRoute: () => root, path, component: () => null }),
    )
    const router = createRouter({
      routeTree: root.addChildren(pages),
      history: createMemoryHistory(),
    })
    await router.load()
    // The types know one router, the product's; this map is smaller.
    show(<RouterProvider router={router as never} />)
    return router
  }
  return { client, tell: (next: Cluster) => act(() => take(next)), show, showRouted }
}

/** The same cluster, heard from just now: commands are open only where facts are fresh. */
export function fresh(cluster: Cluster): Cluster {
  const now = new Date().toISOString()
  return { ...cluster, freshness: { ...cluster.freshness, now, contactAt: now } }
}
