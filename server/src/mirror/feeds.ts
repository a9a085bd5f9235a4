import type { DockerApi } from '../docker/api.ts'
import type { Change, TaskChange } from '../docker/watch-message.ts'
import { type Dirty, everything, hintOfChange, hintOfEvent, nothing } from './hints.ts'
import { pause } from './pause.ts'
import { keepSubscribed, type Subscribe } from './subscription.ts'

/**
 * Opens swarmkit's push feed; settles once nothing can slip by any more.
 * @param trustRoot asked each time: it changes when the swarm's authority is rotated
 */
export type OpenWatch = (
  trustRoot: () => Promise<string>,
  signal: AbortSignal,
) => Promise<AsyncIterable<Change>>

/** What tells us of changes at this moment. The event stream carries no tasks. */
export type Feeds = {
  push(): boolean
  events(): boolean
  /** Settles when each feed is up or has failed once, or when patience runs out. */
  settled: Promise<unknown>
}

export type Ears = {
  onHint: (hint: Dirty) => void
  /** Told of each change of a task. */
  onTask: (change: TaskChange) => void
}

/** How long the first list waits for both feeds, so that it need not be read twice. */
const patience = 600

/**
 * Opens the engine's event stream and, where there is one, swarmkit's push feed, and turns
 * what they say into hints, but for what the push feed tells of tasks. Both are kept open
 * until the signal aborts.
 */
export function openFeeds(
  api: DockerApi,
  openWatch: OpenWatch | null,
  { onHint, onTask }: Ears,
  signal: AbortSignal,
): Feeds {
  const up = { push: false, events: false }

  const keep = (feed: keyof typeof up, subscribe: Subscribe) =>
    keepSubscribed(
      subscribe,
      {
        onReady: () => {
          up[feed] = true
          onHint(everything())
        },
        onLost: () => {
          // If the engine itself died, the next read finds out: let that be now.
          if (up[feed]) onHint({ ...nothing(), nodes: true })
          up[feed] = false
        },
      },
      signal,
    )

  const events = keep('events', async (ready, until) => {
    const stream = await api.events(until)
    ready()
    for await (const event of stream) onHint(hintOfEvent(event))
  })

  const push =
    openWatch &&
    keep('push', async (ready, until) => {
      const trustRoot = async () => (await api.swarm()).TLSInfo?.TrustRoot ?? ''
      const changes = await openWatch(trustRoot, until)
      ready()
      for await (const change of changes) {
        if (change.kind === 'task') onTask(change)
        else onHint(hintOfChange(change))
      }
    })

  return {
    push: () => up.push,
    events: () => up.events,
    settled: Promise.race([Promise.all([events, push]), pause(patience, signal)]),
  }
}
