import { aCluster } from '@skep/shared/contract/cluster.fixture'
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { aConsole } from '../../cluster/console.fixture.tsx'
import { StoredSwitch } from './StoredSwitch.tsx'

afterEach(cleanup)

test.each([
  { name: 'Secrets', to: '/secrets' },
  { name: 'Configs', to: '/configs' },
])('a press on $name fetches $to before it is let go', async ({ name, to }) => {
  const { showRouted } = aConsole(aCluster({}))
  const router = await showRouted(StoredSwitch, ['/', '/secrets', '/configs'])
  const ahead = vi.spyOn(router, 'preloadRoute')
  fireEvent.pointerDown(await screen.findByRole('link', { name }))
  expect(ahead).toHaveBeenCalledExactlyOnceWith({ to })
  expect(router.state.location.pathname).toBe('/')
})
