import { expect, test } from 'vitest'
import { isTrusted, type LinkFacts, linkOf } from './link.ts'

/** The browser's clock is a minute ahead of the server's: no rule may mix them up. */
const skew = 60_000
const t0 = Date.parse('2026-11-21T14:02:31.000Z')

type Case = {
  why: string
  /** Milliseconds since the last frame, and how old the swarm's answer was in it. */
  silence: number
  owed: number | null
  closed?: number
  swarm?: LinkFacts['swarm']
}

function judge({ silence, owed, closed, swarm = 'live' }: Case) {
  const at = t0 + skew
  const readAt = { nodes: null, services: null, tasks: null, networks: null, stored: null }
  const now = new Date(t0).toISOString()
  const contactAt = owed === null ? null : new Date(t0 - owed).toISOString()
  return linkOf(
    {
      heard: { at, freshness: { now, contactAt, readAt } },
      closedAt: closed === undefined ? null : at + silence - closed,
      contactAt: t0 - (owed ?? 0),
      swarm,
    },
    at + silence,
  )
}

test.each<Case & { state: string; hop: string }>([
  { why: 'all is fresh', silence: 0, owed: 0, state: 'live', hop: 'swarm' },
  { why: 'two quiet hops', silence: 5_000, owed: 5_000, state: 'live', hop: 'swarm' },
  { why: 'a beat is due', silence: 9_999, owed: 0, state: 'live', hop: 'console' },
  { why: 'two beats missed', silence: 10_000, owed: 0, state: 'late', hop: 'console' },
  { why: 'the swarm is slow', silence: 0, owed: 10_000, state: 'late', hop: 'swarm' },
  { why: 'still within 30 s', silence: 30_000, owed: 0, state: 'late', hop: 'console' },
  { why: 'silent too long', silence: 30_001, owed: 0, state: 'lost', hop: 'console' },
  { why: 'both add up', silence: 4_000, owed: 26_001, state: 'lost', hop: 'swarm' },
  {
    why: 'the stream just closed',
    silence: 4_999,
    owed: 0,
    closed: 4_999,
    state: 'live',
    hop: 'console',
  },
  {
    why: 'closed for five seconds',
    silence: 5_000,
    owed: 0,
    closed: 5_000,
    state: 'lost',
    hop: 'console',
  },
  {
    why: 'no quorum, but it answers',
    silence: 0,
    owed: 2_000,
    swarm: 'no-quorum',
    state: 'live',
    hop: 'swarm',
  },
  {
    why: 'away, and the answer is late',
    silence: 0,
    owed: 10_000,
    swarm: 'engine-away',
    state: 'lost',
    hop: 'swarm',
  },
  {
    why: 'a server that has read nothing yet',
    silence: 0,
    owed: null,
    state: 'lost',
    hop: 'swarm',
  },
])('$state, for $why', (given) => {
  expect(judge(given)).toMatchObject({ state: given.state, hop: given.hop })
})

test('says since when, on the clock of the server', () => {
  const swarm = judge({ why: '', silence: 2_000, owed: 40_000 })
  expect(swarm).toMatchObject({ hop: 'swarm', since: t0 - 40_000, age: 42_000 })
  const console = judge({ why: '', silence: 31_000, owed: 1_000 })
  expect(console).toMatchObject({ hop: 'console', since: t0, age: 31_000 })
})

test('is connecting before the first word, and lost when that never comes', () => {
  const facts: LinkFacts = {
    heard: null,
    closedAt: 0,
    contactAt: null,
    swarm: 'connecting',
  }
  expect(linkOf(facts, 4_999)).toMatchObject({ state: 'connecting', since: null })
  expect(linkOf(facts, 5_000)).toMatchObject({ state: 'lost', hop: 'console' })
})

test('trusts only a live swarm over a link that is not lost', () => {
  const live = judge({ why: '', silence: 0, owed: 0 })
  const late = judge({ why: '', silence: 12_000, owed: 0 })
  const lost = judge({ why: '', silence: 31_000, owed: 0 })
  expect([live, late, lost].map((link) => isTrusted(link, 'live'))).toEqual([
    true,
    true,
    false,
  ])
  expect(isTrusted(live, 'no-quorum')).toBe(false)
  expect(isTrusted(live, 'electing')).toBe(false)
})
