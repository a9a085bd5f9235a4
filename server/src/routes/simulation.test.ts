import { Cluster } from '@skep/shared/contract/cluster'
import { Problem } from '@skep/shared/contract/problem'
import { Simulation } from '@skep/shared/contract/simulation'
import { api } from '@skep/shared/paths'
import { afterEach, expect, test, vi } from 'vitest'
import { anApp } from '../app.fixture.ts'
import { readOnly } from '../docker/read-only.ts'
import { aMemory } from '../memory/memory.fixture.ts'
import { clock } from '../mirror/clock.ts'
import { anEngine } from '../mirror/engine.fixture.ts'
import { aMirror, live } from '../mirror/mirror.fixture.ts'

const year2031 = Date.UTC(2031, 0, 1)

afterEach(() => clock.follow(null))

/** A console on a swarm of one node; simulated, if a time is given. */
async function console(time?: { now: number; speed: number }) {
  const engine = anEngine()
  engine.putNode('m1')
  if (time) engine.simulate(time)
  const mirror = aMirror({ ...engine, api: readOnly(engine.api) })
  const app = await anApp({ mirror, memory: await aMemory() })
  await live(mirror)
  const setSpeed = (speed: number, headers: Record<string, string> = ours) =>
    app.inject({ method: 'POST', url: api.simulation(), payload: { speed }, headers })
  const cluster = async () =>
    Cluster.parse((await app.inject({ url: api.cluster() })).json())
  return { engine, app, setSpeed, cluster }
}

const ours = { 'sec-fetch-site': 'same-origin' }

test('a real swarm has no time of its own, and is not asked for it', async () => {
  const { engine, app, setSpeed, cluster } = await console()
  for (const answer of [await app.inject({ url: api.simulation() }), await setSpeed(60)]) {
    expect(Problem.parse(answer.json())).toMatchObject({
      status: 404,
      code: 'no-simulation',
    })
  }
  expect(engine.calls).not.toContain('set speed')
  const { swarm, freshness } = await cluster()
  expect(swarm.simulation).toBeNull()
  expect(freshness.swarmNow).toBeUndefined()
})

test('the time of a simulated one is told, and is what everything is dated by', async () => {
  const { app, cluster } = await console({ now: year2031, speed: 10 })
  const { swarm, freshness, recent } = await cluster()
  expect(swarm.simulation).toEqual({ speed: 10 })
  for (const at of [freshness.swarmNow, swarm.since, recent[0]?.at]) {
    expect(at).toMatch(/^2031-01-01T00:0/)
  }
  // How fresh a fact is concerns the console, not the swarm.
  expect(freshness.contactAt).not.toMatch(/^2031/)
  const told = Simulation.parse((await app.inject({ url: api.simulation() })).json())
  expect(told).toMatchObject({ speed: 10 })
})

test('its speed is set, also by a console that is read-only, and everyone hears of it', async () => {
  const { setSpeed, cluster } = await console({ now: year2031, speed: 1 })
  const answer = await setSpeed(60)
  expect(Simulation.parse(answer.json())).toMatchObject({ speed: 60 })
  await vi.waitFor(async () =>
    expect((await cluster()).swarm.simulation).toEqual({ speed: 60 }),
  )
})

test('what asks from elsewhere, or for another speed, is refused', async () => {
  const { engine, setSpeed } = await console({ now: year2031, speed: 1 })
  const elsewhere = await setSpeed(60, { 'sec-fetch-site': 'cross-site' })
  expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([403, 'cross-origin'])
  const odd = await setSpeed(7)
  expect([odd.statusCode, odd.json().code]).toEqual([400, 'invalid-request'])
  expect(engine.calls).not.toContain('set speed')
})
