import type { LogLine } from '@skep/shared/contract/log-line'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followLog } from './log-feed.ts'

/** As much of an EventSource as the feed uses, played by the test. */
class Source extends EventTarget {
  readonly url: string
  closed = false
  constructor(url: string) {
    super()
    this.url = url
  }
  close() {
    this.closed = true
  }
  say(kind: string, data?: unknown) {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }))
  }
}

const line = (second: number): LogLine => ({
  at: `2026-11-21T10:00:0${second}.000000000Z`,
  stream: 'stdout',
  task: 't1',
  slot: '1',
  node: 'n1',
  text: `line ${second}`,
})

let sources: Source[] = []
let now = 0
let frames: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers()
  sources = []
  frames = []
  now = Date.parse('2026-11-21T10:00:00Z')
})
afterEach(() => {
  vi.useRealTimers()
})

function follow() {
  const feed = followLog('web', {
    open: (url) => {
      const source = new Source(url)
      sources.push(source)
      // The feed listens and closes, and asks for nothing else.
      return source as unknown as EventSource
    },
    now: () => now,
    soon: (callback) => frames.push(callback),
  })
  return { feed, texts: () => feed.facts.get().buffer.entries.map(({ text }) => text) }
}

const frame = () => {
  for (const callback of frames.splice(0)) callback()
}

test('many events, one change a frame', () => {
  const { feed, texts } = follow()
  const changed = vi.fn<() => void>()
  sources[0]?.say('open')
  feed.facts.subscribe(changed)
  sources[0]?.say('line', [line(1), line(2)])
  sources[0]?.say('line', [line(3)])
  expect(changed).not.toHaveBeenCalled()
  frame()
  expect(changed).toHaveBeenCalledTimes(1)
  expect(texts()).toEqual(['line 1', 'line 2', 'line 3'])
})

test('back after a loss, the gap is stated and nothing comes twice', () => {
  const { feed, texts } = follow()
  sources[0]?.say('open')
  sources[0]?.say('line', [line(1), line(2)])
  frame()
  sources[0]?.say('error')
  expect(feed.facts.get().link).toBe('away')
  now += 9_000
  vi.advanceTimersByTime(1_000)
  sources[1]?.say('open')
  sources[1]?.say('line', [line(1), line(2), line(3)])
  frame()
  expect(texts()).toEqual([
    'line 1',
    'line 2',
    expect.stringMatching(/^Not connected from [\d:]+ to [\d:]+\./),
    'line 3',
  ])
})

test('attempts come at growing distances, and one at a time', () => {
  follow()
  for (const pause of [1_000, 2_000, 4_000]) {
    const before = sources.length
    sources.at(-1)?.say('error')
    vi.advanceTimersByTime(pause - 1)
    expect(sources).toHaveLength(before)
    vi.advanceTimersByTime(1)
    expect(sources).toHaveLength(before + 1)
  }
  expect(sources.filter(({ closed }) => !closed)).toHaveLength(1)
})

test('a log that has ended is not asked for again', () => {
  const { feed } = follow()
  sources[0]?.say('open')
  sources[0]?.say('state', { state: 'ended', incomplete: [] })
  sources[0]?.say('error')
  vi.advanceTimersByTime(60_000)
  expect(feed.facts.get().link).toBe('ended')
  expect(sources).toHaveLength(1)
})

test('why lines may be missing is kept', () => {
  const { feed } = follow()
  const incomplete = ['node n2 is not in contact']
  sources[0]?.say('state', { state: 'following', incomplete })
  expect(feed.facts.get().incomplete).toEqual(incomplete)
})
