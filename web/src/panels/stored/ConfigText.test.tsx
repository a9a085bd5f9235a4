import { aCluster } from '@skep/shared/contract/cluster.fixture'
import type { ConfigContent } from '@skep/shared/contract/stored'
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aConsole, fresh } from '../../cluster/console.fixture.tsx'
import { ConfigText } from './ConfigText.tsx'

const kept: ConfigContent = {
  name: 'app_v1',
  bytes: 30,
  kind: 'text',
  text: 'user: app\npassword: ••••••\n',
  masked: 1,
  finalNewline: true,
  same: null,
}

let asked: string[]

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    const whole = { ...kept, text: 'user: app\npassword: hunter2\n', masked: 0 }
    return new Response(JSON.stringify(url.endsWith('reveal=yes') ? whole : kept))
  })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test.each([
  [false, /lines shown are the same; they differ in what is kept back/],
  [true, /They are the same, also in what is kept back/],
  [null, /are the same; 2 lines are kept back in part, and may differ/],
])('two that are shown alike: same is %s', async (same, words) => {
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return new Response(JSON.stringify({ ...kept, same }))
  })
  const { show } = aConsole(fresh(aCluster({})))
  const onCompare = () => undefined
  show(<ConfigText name="app_v2" others={[]} compared="app_v1" onCompare={onCompare} />)
  expect(await screen.findByText(words)).toBeTruthy()
  expect(asked).toContain('/api/configs/app_v1/content?with=app_v2')
})

function open(readOnly: boolean) {
  const { show } = aConsole(fresh({ ...aCluster({}), readOnly }))
  const onCompare = () => undefined
  show(<ConfigText name="app_v1" others={[]} compared={null} onCompare={onCompare} />)
}

test('what is kept back of a config is shown to whoever asks', async () => {
  open(false)
  fireEvent.click(await screen.findByRole('button', { name: 'Show' }))
  expect(await screen.findByText('hunter2', { exact: false })).toBeTruthy()
  expect(asked.at(-1)).toBe('/api/configs/app_v1/content?reveal=yes')
})

test('a read-only console says why it shows none of it, and asks for nothing', async () => {
  open(true)
  const show = await screen.findByRole('button', { name: 'Show' })
  expect(show.getAttribute('aria-disabled')).toBe('true')
  expect(
    screen.getByText('This console is read-only: what is kept back stays so.'),
  ).toBeTruthy()
  fireEvent.click(show)
  expect(asked).toEqual(['/api/configs/app_v1/content'])
})
