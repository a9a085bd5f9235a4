import { afterEach, expect, test, vi } from 'vitest'
import { connectDocker } from '../docker/dockerode.ts'
import type { Endpoint } from '../docker/endpoint.ts'
import { pushFeed } from '../docker/push-feed.ts'
import { Client, service } from '../docker/simulator/api/client.fixture.ts'
import type { Fault } from '../docker/simulator/faults.ts'
import { silent } from '../silent.fixture.ts'
import { clock } from './clock.ts'
import { createMirror } from './mirror.ts'

/**
 * The mirror before an engine that goes wrong, with every part in between as it is shipped.
 * What is rejected and handled by nobody fails a test by itself.
 */

/** How long a call may take where nothing is slow, and where all is, in milliseconds. */
const enough = 5_000
const short = 150
const tooLong = 400

/** To be seen by the mirror, a few of its pauses included, in milliseconds. */
const patience = { timeout: 10_000, interval: 5 }
const story = { timeout: 30_000 }

const faults: Record<string, { fault: Fault; state: string; path?: RegExp }> = {
  'answers too late': { fault: { kind: 'latency', ms: tooLong }, state: 'electing' },
  'drops connections': { fault: { kind: 'drop' }, state: 'engine-away' },
  'breaks its answers off': {
    fault: { kind: 'truncate', bytes: 60 },
    state: 'engine-away',
  },
  'answers 500': {
    fault: { kind: 'error', status: 500, message: 'disk on fire' },
    state: 'engine-failing',
  },
  'answers what is no JSON': { fault: { kind: 'garbage' }, state: 'engine-failing' },
  'answers all but its tasks': {
    fault: { kind: 'error', status: 500, message: 'disk on fire' },
    state: 'engine-failing',
    path: /^\/tasks/,
  },
}

afterEach(() => clock.follow(null))

/** A simulated swarm of one service, and the mirror of it, not started yet. */
async function aSwarm({ hasPushFeed, fault }: { hasPushFeed: boolean; fault?: Fault }) {
  const client = await Client.open()
  const watchSocket = `${client.socket}.watch`
  if (hasPushFeed) await client.simulator.openPushFeed(watchSocket)
  const endpoint: Endpoint = {
    label: `unix://${client.socket}`,
    kind: 'unix',
    socketPath: client.socket,
  }
  const callTimeoutMs = fault?.kind === 'latency' ? short : enough
  const api = connectDocker(endpoint, { callTimeoutMs })
  /** Every try to follow the engine anew begins with this. */
  const tries = vi.spyOn(api, 'version')
  const openWatch = pushFeed(hasPushFeed ? watchSocket : 'off', endpoint)
  const mirror = createMirror([{ api, openWatch }], silent)
  const put = async (name: string) => {
    const [status] = await client.ask('POST', '/services/create', service(name))
    expect(status).toBe(201)
    client.pass(10)
  }
  const seen = () => {
    const { services, tasksByService } = mirror.state()
    return [...services.values()].map(
      ({ id, name }) => `${name}: ${tasksByService.get(id)?.size ?? 0}`,
    )
  }
  await put('web')
  return { client, mirror, tries, put, seen }
}

test.for(Object.entries(faults))(
  'an engine that %s is not told as live, and is caught up with',
  story,
  async ([, { fault, state, path }]) => {
    const { client, mirror, tries, put, seen } = await aSwarm({ hasPushFeed: true, fault })
    mirror.start()
    try {
      await vi.waitFor(() => {
        expect(mirror.state().swarm).toMatchObject({ state: 'live', feed: 'push' })
        expect(seen()).toEqual(['web: 1'])
      }, patience)

      // It answers no question, and does what it is told to.
      const lift = client.simulator.faults.add({
        fault,
        method: 'GET',
        ...(path && { path }),
      })
      await put('api')
      await vi.waitFor(() => expect(mirror.state().swarm.state).toBe(state), patience)
      const times = mirror.times()
      const triedBefore = tries.mock.calls.length
      expect(mirror.state().swarm.cause).not.toBeNull()
      const told = new Set<string>()
      const leave = mirror.onChange(() => told.add(mirror.state().swarm.state))
      await vi.waitFor(
        () => expect(tries.mock.calls.length).toBeGreaterThan(triedBefore + 1),
        patience,
      )
      leave()
      expect([...told].filter((word) => word !== state)).toEqual([])
      expect(mirror.state().swarm.state).toBe(state)
      // Its age goes on, and what was known is kept.
      expect(mirror.times()).toEqual(times)
      expect(seen()).toEqual(['web: 1'])

      lift()
      await vi.waitFor(() => {
        expect(mirror.state().swarm).toMatchObject({ state: 'live', cause: null })
        expect(seen().sort()).toEqual(['api: 1', 'web: 1'])
      }, patience)
      expect(mirror.times().contactAt).toBeGreaterThan(times.contactAt ?? Infinity)
    } finally {
      await mirror.stop()
    }
  },
)

test('an engine that is slow is live', story, async () => {
  const { client, mirror, put, seen } = await aSwarm({ hasPushFeed: true })
  client.simulator.faults.add({ fault: { kind: 'latency', ms: 20 }, method: 'GET' })
  mirror.start()
  try {
    const isLive = () => expect(mirror.state().swarm.state).toBe('live')
    await vi.waitFor(isLive, patience)
    const told = new Set<string>()
    mirror.onChange(() => told.add(mirror.state().swarm.state))
    await put('api')
    await vi.waitFor(() => expect(seen().sort()).toEqual(['api: 1', 'web: 1']), patience)
    expect([...told]).toEqual(['live'])
  } finally {
    await mirror.stop()
  }
})

const streams = Object.entries(faults).filter(([, { path }]) => !path)

test.for(streams)(
  'an engine whose stream of events %s is told as polled, and is heard again',
  story,
  async ([, { fault }]) => {
    const { client, mirror, put, seen } = await aSwarm({ hasPushFeed: false, fault })
    const lift = client.simulator.faults.add({ fault, path: /^\/events/ })
    const told = new Set<string>()
    mirror.onChange(() => told.add(mirror.state().swarm.feed))
    mirror.start()
    try {
      await vi.waitFor(() => expect(mirror.state().swarm.state).toBe('live'), patience)
      await put('api')
      await vi.waitFor(() => expect(told).toContain('polling'), patience)
      lift()
      await vi.waitFor(() => {
        expect(mirror.state().swarm).toMatchObject({ state: 'live', feed: 'events' })
        expect(seen().sort()).toEqual(['api: 1', 'web: 1'])
      }, patience)
    } finally {
      await mirror.stop()
    }
  },
)
