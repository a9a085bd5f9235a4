import { aCluster } from '@skep/shared/contract/cluster.fixture'
import { api } from '@skep/shared/paths'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SessionProvider } from '../cluster/SessionProvider.tsx'
import { Session } from '../cluster/session.ts'
import { aConsumer, aStored } from '../panels/stored/stored.fixture.ts'
import { ThemeProvider } from '../theme/ThemeProvider.tsx'
import { Palette } from './Palette.tsx'

/** By path, what is answered; nothing is, where a path is left out. */
let lists: Record<string, object[]>

beforeEach(() => {
  lists = {
    [api.stored('secret')]: [aStored('db_v7', { consumers: [aConsumer('shop')] })],
    [api.stored('config')]: [aStored('db_settings', { kind: 'config' })],
    [api.volumes()]: [
      { name: 'db data', driver: 'local', consumers: [] },
      { name: 'db data', driver: 'nfs', consumers: [{ service: 'shop' }] },
    ],
  }
  vi.stubGlobal('fetch', async (path: string) => {
    const items = lists[path]
    return new Response(JSON.stringify({ items }), { status: items ? 200 : 500 })
  })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

async function open() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const session = new Session(client)
  session.take({ kind: 'snapshot', cluster: aCluster({}) })
  const root = createRootRoute({ component: () => <Palette request={1} /> })
  const page = (path: string) =>
    createRoute({ getParentRoute: () => root, path, component: () => null })
  const router = createRouter({
    routeTree: root.addChildren([page('/'), page('/secrets/$name'), page('/volumes')]),
    history: createMemoryHistory(),
  })
  await router.load()
  render(
    <ThemeProvider env="test">
      <QueryClientProvider client={client}>
        <SessionProvider session={session}>
          {/* The types know one router, the product's; this map is smaller. */}
          <RouterProvider router={router as never} />
        </SessionProvider>
      </QueryClientProvider>
    </ThemeProvider>,
  )
  const search = await screen.findByRole('textbox', { name: /^Go to a page/ })
  return { router, ask: (value: string) => fireEvent.change(search, { target: { value } }) }
}

const found = (name: RegExp) => screen.findByRole('button', { name })

test('finds single secrets, configs and volumes, which no page has read', async () => {
  const { router, ask } = await open()
  ask('db')
  await found(/^db_settings\s*used by nobody/)
  await found(/^db data\s*mounted by 1 service/)
  fireEvent.click(await found(/^db_v7\s*used by 1 service/))
  await waitFor(() => expect(router.state.location.pathname).toBe('/secrets/db_v7'))
})

test('a volume is shown in the list, narrowed to it', async () => {
  const { router, ask } = await open()
  ask('db d')
  fireEvent.click(await found(/^db data/))
  await waitFor(() => expect(router.state.location.href).toBe('/volumes?q=db+data'))
})

test('what cannot be read is not said to be missing', async () => {
  lists = { [api.volumes()]: [] }
  const { ask } = await open()
  ask('db')
  const words = await screen.findByText(/^The secrets and configs could not be read/)
  expect(words.getAttribute('role')).toBe('status')
})
