import type { ServerResponse } from 'node:http'
import type { Patch } from '@skep/shared/contract/patch'
import type { Feed } from './feed.ts'

/** How often a quiet stream says that it is alive, in milliseconds. */
const heartbeat = 5_000

/** A reader whose socket stays full this long is gone for all we know. */
const patience = 60_000

/** Frames of one event, as the specification spells them. */
export function frame(event: string, data: unknown, id?: string): string {
  const head = id === undefined ? '' : `id: ${id}\n`
  return `${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  connection: 'keep-alive',
  // Without it, proxies hold events back until their buffer is full.
  'x-accel-buffering': 'no',
} as const

/**
 * Feeds one reader until it leaves: a snapshot, or the patches it missed; then each patch
 * as it comes, and a beat when there is nothing to say. While its socket is full nothing
 * is queued for a reader: once it drains it gets what it missed, or a snapshot. So a slow
 * reader costs no memory and holds up nobody.
 * @param lastEventId what the reader saw last, as `epoch:seq`
 * @returns ends the stream
 */
export function serveFeed(
  feed: Feed,
  response: ServerResponse,
  lastEventId: string | undefined,
): () => void {
  // Of one that left already nothing is heard any more.
  if (response.destroyed) return () => undefined
  let sent = parseId(lastEventId)
  let blockedSince: number | null = null

  const write = (text: string | Buffer) => {
    if (!response.write(text)) blockedSince = Date.now()
  }
  const send = (patch: Patch) => {
    if (blockedSince !== null) return
    sent = { epoch: patch.epoch, seq: patch.seq }
    write(patchFrame(patch))
  }
  const catchUp = () => {
    const missed = sent && feed.since(sent.epoch, sent.seq)
    if (missed) {
      for (const patch of missed) send(patch)
      if (blockedSince === null) beat()
      return
    }
    const { at, bytes, isFresh } = snapshotFrame(feed)
    sent = at
    write(bytes)
    // It tells the age of facts as of when it was made.
    if (!isFresh && blockedSince === null) beat()
  }
  const beat = () => {
    if (blockedSince !== null) {
      if (Date.now() - blockedSince > patience) response.destroy()
      return
    }
    if (sent) write(frame('beat', { ...sent, freshness: feed.freshness() }))
  }

  response.on('drain', () => {
    blockedSince = null
    catchUp()
  })
  const unsubscribe = feed.subscribe(send)
  const timer = setInterval(beat, heartbeat)
  response.on('close', () => {
    clearInterval(timer)
    unsubscribe()
  })
  catchUp()
  return () => response.end()
}

function parseId(id: string | undefined): { epoch: string; seq: number } | null {
  const match = id?.match(/^([\w-]+):(\d+)$/)
  return match?.[1] && match[2] ? { epoch: match[1], seq: Number(match[2]) } : null
}

type Place = { readonly epoch: string; readonly seq: number }
type SnapshotFrame = { readonly at: Place; readonly bytes: Buffer }

/** How long a snapshot is kept for whoever comes next, in milliseconds. */
const shared = 1_000
const latest = new WeakMap<Feed, SnapshotFrame>()

/**
 * After a restart all readers come at once, and of a large swarm a snapshot has some MiB: it
 * is put into words once, and the same bytes are written to each.
 */
function snapshotFrame(feed: Feed): SnapshotFrame & { isFresh: boolean } {
  const known = latest.get(feed)
  const snapshot = feed.snapshot()
  const { epoch, seq } = snapshot
  if (known?.at.epoch === epoch && known.at.seq === seq) return { ...known, isFresh: false }
  const bytes = Buffer.from(frame('snapshot', snapshot, `${epoch}:${seq}`))
  const made = { at: { epoch, seq }, bytes }
  latest.set(feed, made)
  setTimeout(() => {
    if (latest.get(feed) === made) latest.delete(feed)
  }, shared).unref()
  return { ...made, isFresh: true }
}

/** One patch goes to every reader: it is put into words once. */
const frames = new WeakMap<Patch, string>()
function patchFrame(patch: Patch): string {
  const known = frames.get(patch)
  if (known) return known
  const text = frame('patch', patch, `${patch.epoch}:${patch.seq}`)
  frames.set(patch, text)
  return text
}
