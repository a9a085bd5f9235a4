import { api } from '@skep/shared/paths'
import type { Message } from './reception.ts'
import { parseMessage } from './wire.ts'

/** Without any frame for this long, in milliseconds, a connection is taken for dead. */
const silentFor = 15_000
/** A connection that lived this long was a good one: its loss starts the backoff anew. */
const steadyFor = 10_000
const longestPause = 5_000
/** A hidden tab gives its connection back: browsers allow six per server over HTTP/1.1. */
const hiddenFor = 5 * 60_000
/** A tab that comes back with older news than this does not wait for the next beat. */
const staleFor = 6_000

export type StreamHandlers = {
  /** Takes a message; answers a gap if it cannot follow, which reopens the stream. */
  take: (message: Message) => 'taken' | 'gap'
  /** The stream broke off, or could not be opened. It is over with the next message. */
  lose: () => void
}

export type Surroundings = {
  open: (url: string) => EventSource
  now: () => number
  random: () => number
  page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>
}

export const browser: Surroundings = {
  open: (url) => new EventSource(url),
  now: () => Date.now(),
  random: () => Math.random(),
  page: document,
}

/**
 * Follows the server's stream until stopped. The browser's own retry, which resumes where
 * it broke off, is left alone while it works; it gives up on any answer but 200, and on a
 * gap resuming is exactly wrong: then this opens a new connection, with growing pauses.
 */
export function followStream(
  { take, lose }: StreamHandlers,
  { open, now, random, page }: Surroundings = browser,
): () => void {
  let source: EventSource | null = null
  let openedAt = 0
  let frameAt = 0
  let attempts = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let watchdog: ReturnType<typeof setTimeout> | undefined
  let sleep: ReturnType<typeof setTimeout> | undefined

  const close = () => {
    clearTimeout(retry)
    clearTimeout(watchdog)
    source?.close()
    source = null
  }

  const connect = () => {
    close()
    openedAt = now()
    const mine = open(api.stream())
    source = mine
    mine.addEventListener('open', () => {
      openedAt = now()
      watch()
    })
    mine.addEventListener('error', () => {
      if (mine.readyState === EventSource.CLOSED) reconnect()
      else lose()
    })
    for (const kind of ['snapshot', 'patch', 'beat'] as const)
      mine.addEventListener(kind, (event) => {
        if (source !== mine) return
        frameAt = now()
        watch()
        const message = parseMessage(kind, event.data)
        if (message === null || take(message) === 'gap') reconnect()
      })
    watch()
  }

  const reconnect = () => {
    if (now() - openedAt > steadyFor) attempts = 0
    close()
    lose()
    const pause = attempts === 0 ? 0 : Math.min(500 * 2 ** attempts, longestPause)
    attempts += 1
    retry = setTimeout(connect, pause * (0.7 + 0.6 * random()))
  }

  const watch = () => {
    clearTimeout(watchdog)
    watchdog = setTimeout(reconnect, silentFor)
  }

  const wake = () => {
    clearTimeout(sleep)
    if (page.hidden) {
      sleep = setTimeout(() => {
        close()
        lose()
      }, hiddenFor)
      return
    }
    if (source && now() - frameAt < staleFor) return
    attempts = 0
    connect()
  }

  connect()
  page.addEventListener('visibilitychange', wake)
  return () => {
    page.removeEventListener('visibilitychange', wake)
    clearTimeout(sleep)
    close()
  }
}
