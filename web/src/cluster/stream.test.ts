import { aCluster } from '@skep/shared/contract/cluster.fixture'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Message } from './reception.ts'
import { followStream, type Surroundings } from './stream.ts'

/** The part of an EventSource that the stream uses, worked by hand. */
class FakeSource extends EventTarget {
  readyState: number = EventSource.CONNECTING
  close() {
    this.readyState = EventSource.CLOSED
  }
  opens() {
    this.readyState = EventSource.OPEN
    this.dispatchEvent(new Event('open'))
  }
  /** The browser goes on trying, or has given up as it does on any answer but 200. */
  fails(readyState: number) {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }
  says(kind: Message['kind'], data: unknown) {
    const text = typeof data === 'string' ? data : JSON.stringify(data)
    this.dispatchEvent(new MessageEvent(kind, { data: text }))
  }
}

class FakePage extends EventTarget {
  hidden = false
  turns(hidden: boolean) {
    this.hidden = hidden
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

let sources: FakeSource[]
let page: FakePage
let taken: Message[]
let losses: number
let answer: 'taken' | 'gap'
let stop: () => void

const latest = () => sources.at(-1) ?? new FakeSource()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', { CONNECTING: 0, OPEN: 1, CLOSED: 2 })
  sources = []
  page = new FakePage()
  taken = []
  losses = 0
  answer = 'taken'
  const surroundings: Surroundings = {
    open: () => {
      const source = new FakeSource()
      sources.push(source)
      return source as unknown as EventSource // only what the stream uses of it
    },
    now: () => Date.now(),
    random: () => 0.5,
    page: page as unknown as Document, // likewise
  }
  stop = followStream(
    {
      take: (message) => {
        taken.push(message)
        return answer
      },
      lose: () => {
        losses += 1
      },
    },
    surroundings,
  )
})

afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the stream', () => {
  test('passes on what is said', () => {
    latest().opens()
    latest().says('snapshot', aCluster({}))
    expect(losses).toBe(0)
    expect(taken).toEqual([{ kind: 'snapshot', cluster: aCluster({}) }])
  })

  test('leaves the retry to the browser while it tries, so that it can resume', () => {
    latest().opens()
    latest().fails(EventSource.CONNECTING)
    vi.advanceTimersByTime(5_000)
    expect(sources).toHaveLength(1)
    expect(losses).toBe(1)
  })

  test('opens anew where the browser gives up, after growing pauses', () => {
    for (const pause of [0, 1_000, 2_000, 4_000, 5_000, 5_000]) {
      const count = sources.length
      latest().fails(EventSource.CLOSED)
      vi.advanceTimersByTime(Math.max(0, pause - 1))
      expect(sources).toHaveLength(pause === 0 ? count + 1 : count)
      vi.advanceTimersByTime(1)
      expect(sources).toHaveLength(count + 1)
    }
  })

  test('opens anew on a gap, and hears nothing more from the old connection', () => {
    latest().opens()
    answer = 'gap'
    const old = latest()
    old.says('patch', { seq: 9 })
    vi.advanceTimersByTime(0)
    expect(sources).toHaveLength(2)
    expect(old.readyState).toBe(EventSource.CLOSED)
    old.says('patch', { seq: 10 })
    expect(taken).toHaveLength(1)
  })

  test('opens anew on a frame that is cut short', () => {
    latest().opens()
    latest().says('snapshot', '{"epoch":')
    vi.advanceTimersByTime(0)
    expect(sources).toHaveLength(2)
    expect(taken).toHaveLength(0)
  })

  test('takes a connection that says nothing for dead', () => {
    latest().opens()
    latest().says('snapshot', aCluster({}))
    vi.advanceTimersByTime(15_000)
    vi.advanceTimersByTime(1) // a timer set within another waits at least this long
    expect(losses).toBe(1)
    expect(sources).toHaveLength(2)
  })

  test('lets go of the connection in a tab long hidden, and comes back at once', () => {
    latest().opens()
    page.turns(true)
    for (let minute = 0; minute < 5; minute += 1) {
      for (let second = 0; second < 60; second += 5) {
        latest().says('beat', {})
        vi.advanceTimersByTime(5_000)
      }
    }
    expect(latest().readyState).toBe(EventSource.CLOSED)
    expect(sources).toHaveLength(1)
    page.turns(false)
    expect(sources).toHaveLength(2)
  })

  test('keeps a fresh connection when the tab is shown again', () => {
    latest().opens()
    page.turns(true)
    latest().says('beat', {})
    vi.advanceTimersByTime(5_000)
    page.turns(false)
    expect(sources).toHaveLength(1)
  })
})
