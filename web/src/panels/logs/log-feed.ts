import type { LogLine, LogState } from '@skep/shared/contract/log-line'
import { api } from '@skep/shared/paths'
import { observable } from '../../cluster/observable.ts'
import { clockTime } from '../../ui/time.ts'
import { emptyBuffer, type LogBuffer, newLines, withLines, withNote } from './log-buffer.ts'

/** How many lines of each task to begin with. */
const tail = 500
const longestPause = 15_000

export type LogFacts = {
  buffer: LogBuffer
  /** `away`: not connected, with a next attempt on its way. `ended`: no more will come. */
  link: 'connecting' | 'open' | 'away' | 'ended'
  /** Since when it is away, in milliseconds; null while it is not. */
  awaySince: number | null
  /** Whether the stream ever opened: if not, there may be no such log. */
  opened: boolean
  /** Why lines may be missing, a sentence each. */
  incomplete: readonly string[]
}

export type LogSurroundings = {
  open: (url: string) => EventSource
  now: () => number
  /** Calls once, soon: lines are shown in batches, one a frame. */
  soon: (callback: () => void) => void
}

const browser: LogSurroundings = {
  open: (url) => new EventSource(url),
  now: () => Date.now(),
  soon: (callback) => requestAnimationFrame(callback),
}

/**
 * Follows the log of one service until stopped. When the connection breaks it comes back
 * by itself, leaves out what the engine repeats, and notes the gap between the lines.
 */
export function followLog(service: string, surroundings: LogSurroundings = browser) {
  const { open, now, soon } = surroundings
  const facts = observable<LogFacts>({
    buffer: emptyBuffer,
    link: 'connecting',
    awaySince: null,
    opened: false,
    incomplete: [],
  })
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let attempts = 0
  let repeats = false
  let waiting: LogLine[] = []

  const change = (part: Partial<LogFacts>) => facts.set({ ...facts.get(), ...part })

  const flush = () => {
    const { buffer } = facts.get()
    const lines = repeats ? newLines(buffer, waiting) : waiting
    waiting = []
    change({ buffer: withLines(buffer, lines, now()) })
  }

  const connect = () => {
    clearTimeout(retry)
    source?.close()
    source = open(`${api.serviceLogs(service)}?follow=true&tail=${tail}`)
    source.addEventListener('open', opened)
    source.addEventListener('error', lose)
    source.addEventListener('line', ({ data }) => {
      // Our own server's words, which its tests hold to the contract.
      const lines: LogLine[] = JSON.parse(data)
      if (waiting.length === 0) soon(flush)
      waiting.push(...lines)
    })
    source.addEventListener('state', ({ data }) => {
      const { state, incomplete }: LogState = JSON.parse(data)
      change({ incomplete })
      if (state === 'ended') end()
    })
  }

  const opened = () => {
    const { awaySince, buffer, opened: before } = facts.get()
    attempts = 0
    if (before && awaySince !== null) {
      repeats = true
      const gap = `Not connected from ${clockTime(awaySince)} to ${clockTime(now())}. What was written then follows, as far as the engine has kept it.`
      change({ buffer: withNote(buffer, gap, now()) })
    }
    change({ link: 'open', awaySince: null, opened: true })
  }

  // The browser's own retry would neither note the gap nor give up its pace.
  const lose = () => {
    source?.close()
    clearTimeout(retry)
    if (facts.get().link === 'ended') return
    const pause = Math.min(1_000 * 2 ** attempts, longestPause)
    attempts += 1
    change({ link: 'away', awaySince: facts.get().awaySince ?? now() })
    retry = setTimeout(connect, pause)
  }

  const end = () => {
    source?.close()
    change({ link: 'ended' })
  }

  connect()
  return {
    facts,
    connect,
    /** The connection is known to be dead, though nothing closed it. */
    lose,
    stop: () => {
      clearTimeout(retry)
      source?.close()
    },
  }
}
