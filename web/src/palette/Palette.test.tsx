import { aCluster } from '@skep/shared/contract/cluster.fixture'
import { api } from '@skep/shared/paths'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aConsole } from '../cluster/console.fixture.tsx'
import { aConsumer, aStored } from '../panels/stored/stored.fixture.ts'
import { Palette } from './Palette.tsx'

/** By path, what is answered; nothing is, where a path is left out. */
let lists: Record<string, object[]>

beforeEach(() => {
  lists = {
    [api.storedIndex('secret')]: [
      aStored('db_v7', { consumers: [aConsumer('shop')] }),
      aStored('db_token'),
    ],
    [api.storedIndex('config')]: [
      aStored('db_settings', { kind: 'config', flags: ['unused'] }),
    ],
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
  const { showRouted } = aConsole(aCluster({}))
  const router = await showRouted(
    () => <Palette request={1} />,
    ['/', '/secrets/$name', '/volumes'],
  )
  const search = await screen.findByRole('textbox', { name: /^Go to a page/ })
  return { router, ask: (value: string) => fireEvent.change(search, { target: { value } }) }
}

const found = (name: RegExp) => screen.findByRole('button', { name })

test('finds single secrets, configs and volumes, which no page has read', async () => {
  const { router, ask } = await open()
  ask('db')
  await found(/^db_settings\s*used by nobody/)
  await found(/^db_token\s*used by no service/)
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
