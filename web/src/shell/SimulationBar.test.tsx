import { aCluster } from '@skep/shared/contract/cluster.fixture'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aConsole } from '../cluster/console.fixture.tsx'
import { SimulationBar } from './SimulationBar.tsx'
import { speedIn } from './simulation-words.ts'

let answer: () => Response
const fetched = vi.fn()

beforeEach(() => {
  answer = () => Response.json({ now: '2031-01-01T00:00:00.000Z', speed: 60 })
  vi.stubGlobal('fetch', async (path: string, { body }: RequestInit) => {
    fetched(path, body)
    return answer()
  })
})

afterEach(() => {
  cleanup()
  fetched.mockClear()
  vi.unstubAllGlobals()
})

function simulated(simulation: { speed: number } | null) {
  const cluster = aCluster({})
  return { ...cluster, swarm: { ...cluster.swarm, simulation } }
}

async function open(simulation: { speed: number } | null) {
  const { tell, showRouted } = aConsole(simulated(simulation))
  await showRouted(SimulationBar)
  return { tell: (next: { speed: number }) => tell(simulated(next)) }
}

const radio = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name })

describe('the bar of a simulated swarm', () => {
  test('is nowhere to be seen over a real one', async () => {
    await open(null)
    expect(screen.queryByText(/simulated/i)).toBeNull()
  })

  test('says what it is, and which speed its time has', async () => {
    await open({ speed: 1 })
    screen.getByText('A simulated swarm: nothing here is real.')
    screen.getByRole('group', { name: 'How fast its time passes' })
    expect(radio('1× as fast').checked).toBe(true)
    expect(screen.getByRole('status').textContent).toBe('Its time passes as ours does.')
  })

  test('sets another, and says so once the swarm does', async () => {
    const { tell } = await open({ speed: 1 })
    fireEvent.click(radio('60× as fast'))
    await waitFor(() =>
      expect(fetched).toHaveBeenCalledWith('/api/simulation', '{"speed":60}'),
    )
    expect(screen.getByRole('status').textContent).toBe('Its time passes as ours does.')
    tell({ speed: 60 })
    expect(radio('60× as fast').checked).toBe(true)
    expect(screen.getByRole('status').textContent).toMatch(/60 times as fast/)
  })

  test('says why it could not be set', async () => {
    await open({ speed: 0 })
    answer = () => new Response('', { status: 500 })
    fireEvent.click(radio('10× as fast'))
    expect((await screen.findByRole('alert')).textContent).toMatch(/goes on as before/)
    expect(radio('Stopped').checked).toBe(true)
  })
})

test.each([
  ['?speed=60&q=web', 60],
  ['?speed=0', 0],
  ['?speed=7', null],
  ['?q=web', null],
])('%s asks for the speed %s', (search, speed) => {
  expect(speedIn(search)).toBe(speed)
})
