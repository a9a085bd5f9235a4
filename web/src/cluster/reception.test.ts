import type { Cluster } from '@skep/shared/contract/cluster'
import { aCluster, aService } from '@skep/shared/contract/cluster.fixture'
import type { Patch } from '@skep/shared/contract/patch'
import { describe, expect, test } from 'vitest'
import { type Message, type Reception, receive } from './reception.ts'

const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value))

const unread: Cluster = {
  ...aCluster({}),
  epoch: 'next',
  version: '0.2.0',
  freshness: {
    now: '2026-11-21T14:03:00.000Z',
    contactAt: null,
    readAt: { nodes: null, services: null, tasks: null, networks: null, stored: null },
  },
}

function patch(seq: number, fields: Partial<Patch> = {}): Message {
  const { epoch, freshness } = aCluster({})
  return { kind: 'patch', patch: { epoch, seq, freshness, ...fields } }
}

const snapshot = (cluster: Cluster): Message => ({
  kind: 'snapshot',
  cluster: overTheWire(cluster),
})

const beat = (epoch: string, seq: number): Message => ({
  kind: 'beat',
  beat: { epoch, seq, freshness: { ...unread.freshness, contactAt: unread.freshness.now } },
})

/** What is held after these messages, none of which may be a gap. */
function having(...messages: Message[]): Reception {
  let held: Reception | null = null
  for (const message of messages) {
    const received = receive(held, message)
    if (received === 'gap') throw new Error(`Gap at ${message.kind}`)
    held = received
  }
  if (!held) throw new Error('Nothing was received')
  return held
}

const two = aCluster({ api: aService({ name: 'api' }), web: aService({}) })

describe('the reception', () => {
  test('applies the patch that follows', () => {
    const { shown } = having(snapshot(two), patch(1, { services: { web: null } }))
    expect(Object.keys(shown.services)).toEqual(['api'])
    expect(shown.seq).toBe(1)
  })

  test.each<{ why: string; message: Message }>([
    { why: 'a patch was missed', message: patch(2) },
    {
      why: 'another server sent it',
      message: {
        kind: 'patch',
        patch: { epoch: 'other', seq: 1, freshness: two.freshness },
      },
    },
    { why: 'the beat counts further than we do', message: beat('epoch', 1) },
    { why: 'the beat is of another server', message: beat('other', 0) },
  ])('is a gap when $why', ({ message }) => {
    expect(receive(having(snapshot(two)), message)).toBe('gap')
  })

  test('is a gap when anything but a snapshot comes first', () => {
    expect(receive(null, patch(1))).toBe('gap')
    expect(receive(null, beat('epoch', 0))).toBe('gap')
  })

  test('passes over a patch that is sent again', () => {
    const held = having(snapshot(two), patch(1, { services: { web: null } }))
    expect(receive(held, patch(1))).toBe(held)
  })

  test('takes the freshness of a beat and nothing else', () => {
    const held = having(snapshot(two))
    const { shown } = having(snapshot(two), beat('epoch', 0))
    expect(shown.freshness.now).toBe(unread.freshness.now)
    expect(shown.services).toEqual(held.shown.services)
    expect(shown.seq).toBe(0)
  })

  test('keeps identities across snapshots of the same things', () => {
    const held = having(snapshot(two))
    const again = receive(held, snapshot({ ...two, seq: 7 }))
    if (again === 'gap') throw new Error('A snapshot is never a gap')
    expect(again.shown.services).toBe(held.shown.services)
    expect(again.shown.seq).toBe(7)
  })
})

describe('a server that has read nothing yet', () => {
  const electing = { ...unread.swarm, state: 'connecting' } as const
  const restarted = snapshot({ ...unread, swarm: electing })

  test('blanks nothing: its word on itself stands beside what was known', () => {
    const { shown } = having(snapshot(two), restarted)
    expect(Object.keys(shown.services)).toEqual(['api', 'web'])
    expect(shown.swarm.state).toBe('connecting')
    expect(shown.freshness.contactAt).toBeNull()
    expect(shown.epoch).toBe('next')
  })

  test('still blanks nothing when it goes on reading nothing', () => {
    const { shown } = having(snapshot(two), restarted, beat('next', 0), restarted)
    expect(Object.keys(shown.services)).toEqual(['api', 'web'])
  })

  test('replaces everything once it has read, and keeps nothing that is gone', () => {
    const read = { ...two.freshness }
    const message: Message = {
      kind: 'patch',
      patch: {
        epoch: 'next',
        seq: 1,
        freshness: read,
        services: { web: aService({ running: 1 }) },
        slots: {},
      },
    }
    const { shown } = having(snapshot(two), restarted, message)
    expect(Object.keys(shown.services)).toEqual(['web'])
    expect(shown.services.web?.running).toBe(1)
  })

  test('shows its empty lists to who knows no better', () => {
    expect(having(restarted).shown.services).toEqual({})
  })
})
