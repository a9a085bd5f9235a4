import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { RowLink } from './RowLink.tsx'

afterEach(cleanup)

async function show(to: string) {
  const root = createRootRoute()
  const here = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => <RowLink to={to}>There</RowLink>,
  })
  const there = createRoute({ getParentRoute: () => root, path: '/things/$name' })
  const router = createRouter({
    routeTree: root.addChildren([here, there]),
    history: createMemoryHistory(),
  })
  await router.load()
  // The types know one router, the product's; this map is smaller.
  render(<RouterProvider router={router as never} />)
  return { router, link: await screen.findByRole('link', { name: 'There' }) }
}

const odd = 'a/b?c#d é'

test('leads to a page, whatever is in its name, and takes along what it asks for', async () => {
  const { router, link } = await show(`/things/${encodeURIComponent(odd)}?q=x+y`)
  fireEvent.click(link)
  await waitFor(() => expect(router.state.matches.at(-1)?.params).toEqual({ name: odd }))
  expect(router.state.location.searchStr).toBe('?q=x+y')
})

test.each([
  { keys: {}, taken: true },
  { keys: { ctrlKey: true }, taken: false },
  { keys: { metaKey: true }, taken: false },
  { keys: { shiftKey: true }, taken: false },
  { keys: { altKey: true }, taken: false },
])('a press with $keys is taken by the page: $taken', async ({ keys, taken }) => {
  const { link } = await show('/things/x')
  let isTaken: boolean | null = null
  const look = (event: Event) => {
    isTaken = event.defaultPrevented
    // Nothing here can follow a link.
    event.preventDefault()
  }
  window.addEventListener('click', look, { once: true })
  fireEvent.click(link, keys)
  expect(isTaken).toBe(taken)
})

test.each([
  { enter: 'mouseEnter', leave: 'mouseLeave' },
  { enter: 'focus', leave: 'blur' },
] as const)('a $enter fetches the page ahead unless it passes by', async (way) => {
  const { router, link } = await show('/things/x')
  const ahead = vi.spyOn(router, 'preloadRoute')
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  fireEvent[way.enter](link)
  fireEvent[way.leave](link)
  await vi.runAllTimersAsync()
  expect(ahead).not.toHaveBeenCalled()
  fireEvent[way.enter](link)
  await vi.runAllTimersAsync()
  expect(ahead).toHaveBeenCalledExactlyOnceWith({ to: '/things/x' })
})
