import type { Cluster } from '@skep/shared/contract/cluster'
import { aCluster, aService } from '@skep/shared/contract/cluster.fixture'
import type { Patch } from '@skep/shared/contract/patch'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { factClock } from './fact-clock.ts'
import { clusterKey, Session } from './session.ts'

const t0 = Date.parse('2026-11-21T14:02:31.000Z')
const two = aCluster({ api: aService({ name: 'api' }), web: aService({}) })

let now: number
let client: QueryClient
let session: Session

const freshness = () => {
  const at = new Date(now).toISOString()
  return { now: at, contactAt: at, readAt: two.freshness.readAt }
}

const shown = () => client.getQueryData<Cluster>(clusterKey)
const snapshot = (cluster: Cluster) =>
  session.take({ kind: 'snapshot', cluster: { ...cluster, freshness: freshness() } })
const patch = (seq: number, fields: Partial<Patch>) =>
  session.take({
    kind: 'patch',
    patch: { epoch: 'epoch', seq, freshness: freshness(), ...fields },
  })

function pass(milliseconds: number) {
  now += milliseconds
  session.tick()
}

const paused = (): Partial<Patch> => {
  const { slots: _, ...head } = aService({ running: 1 })
  return { services: { web: head } }
}

beforeEach(() => {
  now = t0
  client = new QueryClient()
  session = new Session(client, () => now)
  snapshot(two)
})

describe('hold', () => {
  test('freezes what is shown, counts what waits, and loses nothing', () => {
    session.toggleHold()
    patch(1, paused())
    patch(2, { services: { api: null } })
    expect(shown()?.seq).toBe(0)
    expect(shown()?.services.web?.running).toBe(3)
    expect(session.status.get().hold).toEqual({ since: t0, waiting: 2 })

    session.toggleHold()
    expect(session.status.get().hold).toBeNull()
    expect(shown()?.seq).toBe(2)
    expect(shown()?.services.web?.running).toBe(1)
    expect(shown()?.services.api).toBeUndefined()
  })

  test('hides no loss of the link, nor a swarm that is not live', () => {
    session.toggleHold()
    patch(1, { swarm: { ...two.swarm, state: 'no-quorum' } })
    expect(session.status.get()).toMatchObject({
      trusted: false,
      swarm: { state: 'no-quorum' },
    })
    pass(31_000)
    expect(session.status.get().link.state).toBe('lost')
  })

  test('has nothing to hold before the first snapshot', () => {
    const fresh = new Session(new QueryClient(), () => now)
    fresh.toggleHold()
    expect(fresh.status.get().hold).toBeNull()
  })
})

describe('the date of old news', () => {
  test('is when the link was lost', () => {
    pass(31_000)
    expect(session.status.get().asOf).toBe(t0)
  })

  test('does not creep on while a swarm without quorum goes on answering', () => {
    pass(4_000)
    patch(1, { swarm: { ...two.swarm, state: 'no-quorum' } })
    pass(5_000)
    patch(2, {})
    expect(session.status.get()).toMatchObject({ asOf: t0, link: { state: 'live' } })
  })

  test('is none while all is true', () => {
    pass(4_000)
    expect(session.status.get().asOf).toBeNull()
  })

  test('is that of the oldest reading for who came too late to see it true', () => {
    const late = new Session(new QueryClient(), () => now)
    const read = {
      ...freshness(),
      readAt: { ...two.freshness.readAt, tasks: '2026-11-21T13:59:00.000Z' },
    }
    const swarm = { ...two.swarm, state: 'no-quorum' } as const
    late.take({ kind: 'snapshot', cluster: { ...two, swarm, freshness: read } })
    expect(late.status.get().asOf).toBe(Date.parse('2026-11-21T13:59:00.000Z'))
  })
})

describe('coming back after a loss', () => {
  test('tells what changed while away, once', () => {
    pass(31_000)
    expect(session.status.get()).toMatchObject({ link: { state: 'lost' }, trusted: false })
    snapshot({ ...two, seq: 40, services: { web: aService({ running: 1 }) } })
    const { away, trusted } = session.status.get()
    expect(trusted).toBe(true)
    expect(away?.changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'service api',
      'service web',
    ])
    expect(away?.changes[0]?.after).toBeNull()
    session.seeAway('service', 'web')
    expect([...(session.status.get().away?.seen ?? [])]).toEqual(['service web'])
    session.dismissAway()
    pass(1_000)
    expect(session.status.get().away).toBeNull()
  })

  test('is not back before there is news, however open the stream', () => {
    session.lose()
    pass(6_000)
    const beforeSnapshot = session.status.get()
    expect(beforeSnapshot).toMatchObject({ trusted: false, away: null })
    snapshot({ ...two, seq: 40, services: { web: aService({}) } })
    expect(session.status.get().away?.changes).toMatchObject([{ name: 'api', after: null }])
  })

  test('accounts for two absences in one when the first was not read', () => {
    pass(31_000)
    snapshot({ ...two, seq: 40, services: { web: aService({}) } })
    pass(31_000)
    snapshot({ ...two, seq: 80, services: {} })
    const names = session.status.get().away?.changes.map(({ name }) => name)
    expect(names).toEqual(['api', 'web'])
  })

  test('says so when nothing changed', () => {
    pass(31_000)
    snapshot(two)
    expect(session.status.get().away).toMatchObject({ changes: [] })
  })

  test('compares with what was true before, not with what an election made unknown', () => {
    patch(1, { ...paused(), swarm: { ...two.swarm, state: 'electing' } })
    expect(session.status.get().trusted).toBe(false)
    patch(2, { swarm: two.swarm })
    expect(session.status.get().away?.changes).toMatchObject([{ name: 'web' }])
  })

  test('wastes no word on an election that changed nothing', () => {
    patch(1, { swarm: { ...two.swarm, state: 'electing' } })
    patch(2, { swarm: two.swarm })
    expect(session.status.get().away).toBeNull()
  })

  test('keeps what is shown while a restarted server has read nothing', () => {
    session.lose()
    pass(6_000)
    expect(session.status.get().link).toMatchObject({ state: 'lost', hop: 'console' })
    session.take({
      kind: 'snapshot',
      cluster: {
        ...aCluster({}),
        epoch: 'next',
        version: '0.2.0',
        freshness: {
          now: new Date(now).toISOString(),
          contactAt: null,
          readAt: {
            nodes: null,
            services: null,
            tasks: null,
            networks: null,
            stored: null,
          },
        },
        swarm: { ...two.swarm, state: 'connecting' },
      },
    })
    expect(Object.keys(shown()?.services ?? {})).toEqual(['api', 'web'])
    expect(session.status.get()).toMatchObject({
      trusted: false,
      newVersion: '0.2.0',
      link: { state: 'lost', hop: 'swarm', since: t0 },
    })
  })
})

describe('a simulated swarm', () => {
  const there = Date.parse('2031-01-01T00:00:00.000Z')
  const simulated = (speed: number, passed = 0) => {
    const told = { ...freshness(), swarmNow: new Date(there + passed).toISOString() }
    const swarm = { ...two.swarm, simulation: { speed } }
    session.take({ kind: 'snapshot', cluster: { ...two, swarm, freshness: told } })
  }
  const clock = () => factClock(session)

  beforeEach(() => vi.useFakeTimers({ now: t0 }))
  afterEach(() => vi.useRealTimers())

  test('is told by its own time, which passes at its speed between two words of it', () => {
    simulated(60)
    expect(clock().now()).toBe(there)
    vi.advanceTimersByTime(2_000)
    expect(clock().now()).toBe(there + 120_000)
    pass(2_000)
    simulated(0, 120_000)
    vi.advanceTimersByTime(60_000)
    expect(clock().now()).toBe(there + 120_000)
  })

  test('is as fresh as the console says, however fast its time passes', () => {
    simulated(60)
    pass(8_000)
    expect(session.status.get().link).toMatchObject({ state: 'live', age: 8_000 })
  })

  test('what was true when it was lost, or held, is dated by its time', () => {
    simulated(60)
    session.toggleHold()
    expect(session.status.get().hold?.since).toBe(there)
    session.toggleHold()
    session.lose()
    pass(6_000)
    expect(session.status.get().link.state).toBe('lost')
    expect([session.status.get().asOf, clock().now()]).toEqual([there, there])
  })
})
