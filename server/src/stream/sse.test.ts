import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { aCluster, aService } from '@skep/shared/contract/cluster.fixture'
import type { Patch } from '@skep/shared/contract/patch'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Feed } from './feed.ts'
import { serveFeed } from './sse.ts'

const cluster = { ...aCluster({ web: aService({}) }), epoch: 'boot', seq: 7 }
const patch = (seq: number): Patch => ({ epoch: 'boot', seq, freshness: cluster.freshness })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A reader's socket that can be full, and what was written to it. */
function aReader() {
  const socket = Object.assign(new EventEmitter(), {
    full: false,
    frames: [] as string[],
    destroyed: false,
    written: [] as unknown[],
    write(text: string | Buffer) {
      socket.written.push(text)
      socket.frames.push(String(text))
      return !socket.full
    },
    end: () => socket.emit('close'),
    destroy: () => {
      socket.destroyed = true
      socket.emit('close')
    },
  })
  return socket
}

/** A feed at boot:7 that still has the patches after boot:`oldest`. */
function aFeed(oldest = 7) {
  const listeners = new Set<(patch: Patch) => void>()
  let seq = cluster.seq
  const feed: Feed = {
    snapshot: () => ({ ...cluster, seq }),
    freshness: () => cluster.freshness,
    since: (epoch, from) => {
      if (epoch !== 'boot' || from < oldest) return null
      return Array.from({ length: seq - from }, (_, i) => patch(from + 1 + i))
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => {},
  }
  const publish = () => {
    seq += 1
    for (const listener of listeners) listener(patch(seq))
  }
  return { feed, publish, listeners }
}

const kinds = (frames: string[]) =>
  frames.map(
    (text) => `${text.match(/event: (\w+)/)?.[1]} ${text.match(/"seq":(\d+)/)?.[1]}`,
  )

const serve = (feed: Feed, reader: ReturnType<typeof aReader>, id?: string) =>
  serveFeed(feed, reader as unknown as ServerResponse, id) // Only what is used is there.

describe('a reader', () => {
  test('that left before it was served is not', () => {
    const { feed, publish, listeners } = aFeed()
    const reader = aReader()
    reader.destroy()
    serve(feed, reader)
    publish()
    expect(reader.frames).toEqual([])
    expect(listeners.size).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('gets a snapshot with its id, then each patch', () => {
    const { feed, publish } = aFeed()
    const reader = aReader()
    serve(feed, reader)
    publish()
    expect(kinds(reader.frames)).toEqual(['snapshot 7', 'patch 8'])
    expect(reader.frames[0]).toMatch(/^id: boot:7\nevent: snapshot\ndata: \{.*\}\n\n$/)
  })

  test('that comes with others gets the same bytes, and a beat with the age of facts', () => {
    const { feed } = aFeed()
    const [first, second, late] = [aReader(), aReader(), aReader()]
    serve(feed, first)
    serve(feed, second)
    expect(kinds(second.frames)).toEqual(['snapshot 7', 'beat 7'])
    expect(second.written[0]).toBe(first.written[0])
    vi.advanceTimersByTime(1_000)
    serve(feed, late)
    expect(kinds(late.frames)).toEqual(['snapshot 7'])
    expect(late.written[0]).not.toBe(first.written[0])
  })

  test('that comes after a change gets none of the snapshots before it', () => {
    const { feed, publish } = aFeed()
    const [first, second] = [aReader(), aReader()]
    serve(feed, first)
    publish()
    serve(feed, second)
    expect(kinds(second.frames)).toEqual(['snapshot 8'])
  })

  test('that comes back gets the patches it missed, and a beat with the age of facts', () => {
    const { feed } = aFeed(3)
    const reader = aReader()
    serve(feed, reader, 'boot:5')
    expect(kinds(reader.frames)).toEqual(['patch 6', 'patch 7', 'beat 7'])
  })

  test.each([
    { id: 'boot:1', why: 'its patches are no longer kept' },
    { id: 'other:7', why: 'it is of another run of the server' },
    { id: 'nonsense', why: 'its id is none of ours' },
    { id: '__proto__:7', why: 'its id is made up' },
  ])('with id $id gets a snapshot: $why', ({ id }) => {
    const { feed } = aFeed(3)
    const reader = aReader()
    serve(feed, reader, id)
    expect(kinds(reader.frames)).toEqual(['snapshot 7'])
  })

  test('hears a beat every five seconds when nothing happens', () => {
    const { feed } = aFeed()
    const reader = aReader()
    serve(feed, reader)
    vi.advanceTimersByTime(15_000)
    expect(kinds(reader.frames)).toEqual(['snapshot 7', 'beat 7', 'beat 7', 'beat 7'])
  })

  test('that is slow is sent nothing until its socket drains, then what it missed', () => {
    const { feed, publish } = aFeed()
    const reader = aReader()
    serve(feed, reader)
    reader.full = true
    publish() // fills the socket
    for (let i = 0; i < 100; i += 1) publish()
    expect(reader.frames).toHaveLength(2)
    reader.full = false
    reader.emit('drain')
    expect(kinds(reader.frames).slice(2, 4)).toEqual(['patch 9', 'patch 10'])
  })

  test('that is too slow for the kept patches is dropped to a snapshot', () => {
    const { feed, publish } = aFeed(50)
    const reader = aReader()
    serve(feed, reader)
    reader.full = true
    for (let i = 0; i < 60; i += 1) publish()
    reader.full = false
    reader.emit('drain')
    expect(kinds(reader.frames).slice(2)).toEqual(['snapshot 67'])
  })

  test('whose socket stays full for a minute is let go', () => {
    const { feed, publish } = aFeed()
    const reader = aReader()
    serve(feed, reader)
    reader.full = true
    publish()
    vi.advanceTimersByTime(70_000)
    expect(reader.destroyed).toBe(true)
  })

  test('that left is told nothing more', () => {
    const { feed, publish, listeners } = aFeed()
    const reader = aReader()
    const end = serve(feed, reader)
    end()
    publish()
    vi.advanceTimersByTime(20_000)
    expect(kinds(reader.frames)).toEqual(['snapshot 7'])
    expect(listeners.size).toBe(0)
  })
})
