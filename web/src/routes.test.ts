import { api, pages, serviceTabs } from '@skep/shared/paths'
import { QueryClient } from '@tanstack/react-query'
import { createMemoryHistory } from '@tanstack/react-router'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createPages } from './routes.tsx'
import { patience } from './settled-or-late.ts'

const odd = 'a/b?c#d é'

const addresses = [
  pages.now(),
  pages.services(),
  pages.nodes(),
  pages.stateful(),
  pages.secrets(),
  pages.configs(),
  pages.volumes(),
  pages.networks(),
  pages.stacks(),
  pages.journal(),
  pages.service(odd),
  ...serviceTabs.map((tab) => pages.service(odd, tab)),
  pages.node(odd),
  pages.stored('secret', odd),
  pages.stored('config', odd),
]

test.each(addresses)('%s is a page', (address) => {
  const [, params, found] = createPages(new QueryClient()).getMatchedRoutes(address)
  expect(found).toBeDefined()
  expect(params).toEqual(address.includes('%') ? { name: odd } : {})
})

test('a rotation has a page', () => {
  const [, params, found] = createPages(new QueryClient()).getMatchedRoutes(
    pages.rotation(odd),
  )
  expect(found).toBeDefined()
  expect(params).toEqual({ id: odd })
})

test('any other address is none', () => {
  const [, , found] = createPages(new QueryClient()).getMatchedRoutes('/nope')
  expect(found).toBeUndefined()
})

test('addresses hold plain text', () => {
  const { parseSearch, stringifySearch } = createPages(new QueryClient()).options
  expect(stringifySearch({ q: '12', status: '' })).toBe('?q=12')
  expect(parseSearch('?q=12&status=true')).toEqual({ q: '12', status: 'true' })
})

test('a page whose code does not come says so, within the shell', async () => {
  vi.useFakeTimers()
  const router = createPages(new QueryClient())
  const { options } = router.routesByPath['/services']
  const { component } = options
  if (!component) throw new Error('the page has no code')
  onTestFinished(() => {
    options.component = component
    vi.useRealTimers()
  })
  const hangs = Object.assign(() => null, { preload: () => new Promise<void>(() => {}) })
  options.component = hangs as typeof component
  router.update({
    ...router.options,
    history: createMemoryHistory({ initialEntries: [pages.services()] }),
  })
  const shown = () => router.state.matches.map(({ routeId, status }) => [routeId, status])
  void router.load()
  await vi.advanceTimersByTimeAsync(patience - 1)
  expect(shown()).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(shown()).toEqual([
    ['__root__', 'success'],
    ['/services', 'pending'],
  ])
})

test.each([
  { path: pages.secrets(), reads: [api.storedIndex('secret')] },
  { path: pages.configs(), reads: [api.storedIndex('config')] },
  {
    path: pages.stored('secret', odd),
    reads: [api.storedIndex('secret'), api.storedOne('secret', odd)],
  },
])('$path is shown once $reads has come', async ({ path, reads }) => {
  // Nothing is late, however slow this machine is.
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })
  const asked: string[] = []
  const allAsked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<Response>()
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    if (asked.length === reads.length) allAsked.resolve()
    return answer.promise.then((response) => response.clone())
  })
  const client = new QueryClient()
  let isThrough = false
  const loading = createPages(client)
    .preloadRoute({ to: path })
    .then(() => {
      isThrough = true
    })
  await allAsked.promise
  expect(asked).toEqual(reads)
  expect(isThrough).toBe(false)
  answer.resolve(Response.json({ asOf: '2026-11-22T08:00:00.000Z', items: [] }))
  await loading
  expect(client.isFetching()).toBe(0)
  expect(client.getQueriesData({ queryKey: ['stored'] })).toHaveLength(reads.length)
})
