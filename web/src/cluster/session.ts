import type { Cluster } from '@skep/shared/contract/cluster'
import type { Swarm } from '@skep/shared/contract/swarm'
import type { QueryClient } from '@tanstack/react-query'
import { type Change, changesBetween, countDifferent } from './changes.ts'
import { isTrusted, type Link, type LinkFacts, linkOf } from './link.ts'
import { observable } from './observable.ts'
import { type Message, type Reception, receive } from './reception.ts'
import { type SwarmTime, swarmTimeOf, timeInSwarm } from './swarm-time.ts'

/** Where the shown snapshot lives in the query cache. */
export const clusterKey = ['cluster'] as const

/** How the tab stands with the swarm: everything that is not the swarm itself. */
export type Status = {
  link: Link
  /** The swarm as last told, even while the view is held; null before the first word. */
  swarm: Swarm | null
  /** Whether anything was ever read of the swarm, so that there is something to show. */
  known: boolean
  /** Whether marks may keep their fill. */
  trusted: boolean
  /** When what is shown was true, on the clock of the facts; null while it is true now. */
  asOf: number | null
  /** The view is held by the viewer: since when (clock of the facts), and what waits. */
  hold: { since: number; waiting: number } | null
  /** What happened while the link was lost; null once read or when nothing was missed. */
  away: { changes: Change[]; seen: ReadonlySet<string> } | null
  /** A server of another version than the one this tab was loaded from. */
  newVersion: string | null
  /** Milliseconds to add to the browser's clock to get the server's. */
  clockSkew: number
  /** The time in the swarm, where that is simulated; null where it is the server's. */
  swarmTime: SwarmTime | null
}

/** Names a change among those that happened while away. */
export const awayKey = (kind: Change['kind'], name: string) => `${kind} ${name}`

/**
 * What one tab knows of the swarm. It takes the stream's messages and publishes what a
 * person should see to the query cache; the rest is its status. Guarantees: what has been
 * shown is never blanked; while held, nothing is published and nothing is lost.
 */
export class Session {
  readonly status = observable<Status>({
    link: { state: 'connecting', hop: 'console', age: null, since: null },
    swarm: null,
    known: false,
    trusted: false,
    asOf: null,
    hold: null,
    away: null,
    newVersion: null,
    clockSkew: 0,
    swarmTime: null,
  })
  readonly #client: QueryClient
  readonly #now: () => number
  #reception: Reception | null = null
  #heard: LinkFacts['heard'] = null
  #closedAt: number | null = null
  #contactAt: number | null = null
  #version: string | null = null
  /** What was last known for true, to tell after a loss what was missed. */
  #trusted: Cluster | null = null
  #trustedAt: number | null = null
  /** What the unread account of an absence compares with. */
  #awayFrom: Cluster | null = null
  #lost = false

  constructor(client: QueryClient, now: () => number = () => Date.now()) {
    this.#client = client
    this.#now = now
    this.#closedAt = now()
    client.setQueryDefaults(clusterKey, { structuralSharing: false, gcTime: Infinity })
  }

  /** Takes a message of the stream; a gap means that only a new snapshot will do. */
  take(message: Message): 'taken' | 'gap' {
    const received = receive(this.#reception, message)
    if (received === 'gap') return 'gap'
    const changed = received.shown !== this.#reception?.shown
    this.#reception = received
    this.#hear(received.base)
    if (changed && !this.status.get().hold) this.#publish()
    this.tick()
    return 'taken'
  }

  /** The stream broke off. Only the next message mends that: an open door is no news. */
  lose() {
    this.#closedAt ??= this.#now()
    this.tick()
  }

  /** Judges the link again; to be called every second, since silence sends nothing. */
  tick() {
    const { base, shown, read } = this.#reception ?? {}
    const swarm = base?.swarm ?? null
    const link = this.#dated(
      linkOf(
        {
          heard: this.#heard,
          closedAt: this.#closedAt,
          contactAt: this.#contactAt,
          swarm: swarm?.state ?? 'connecting',
        },
        this.#now(),
      ),
    )
    const trusted =
      swarm !== null && base !== undefined && base === shown && isTrusted(link, swarm.state)
    const before = this.status.get()
    const hold = before.hold && { ...before.hold, waiting: this.#waiting() }
    const away = this.#missed(trusted, link) ?? before.away
    this.status.set({
      ...before,
      link,
      swarm,
      known: Boolean(read),
      trusted,
      asOf: this.#asOf(trusted, link, base === shown && swarm?.state === 'live'),
      hold: hold?.waiting === before.hold?.waiting ? before.hold : hold,
      away,
    })
  }

  /** Freezes the view, or lets it run again. */
  toggleHold() {
    const { hold, clockSkew, swarmTime } = this.status.get()
    if (!hold && !this.#reception) return
    const since = timeInSwarm(swarmTime, this.#now() + clockSkew)
    this.status.set({ ...this.status.get(), hold: hold ? null : { since, waiting: 0 } })
    if (hold) this.#publish()
    this.tick()
  }

  /** One of the things that changed meanwhile has been looked at. */
  seeAway(kind: Change['kind'], name: string) {
    const { away } = this.status.get()
    if (!away || away.seen.has(awayKey(kind, name))) return
    const seen = new Set(away.seen).add(awayKey(kind, name))
    this.status.set({ ...this.status.get(), away: { ...away, seen } })
  }

  /** What happened meanwhile has been read. */
  dismissAway() {
    this.#awayFrom = null
    this.status.set({ ...this.status.get(), away: null })
  }

  #publish() {
    this.#client.setQueryData(clusterKey, this.#reception?.shown)
  }

  #hear(cluster: Cluster) {
    const { freshness, version } = cluster
    const at = this.#now()
    this.#heard = { at, freshness }
    this.#closedAt = null
    if (freshness.contactAt) this.#contactAt = Date.parse(freshness.contactAt)
    this.#version ??= version
    const clockSkew = Date.parse(freshness.now) - at
    const newVersion = version === this.#version ? null : version
    const swarmTime = swarmTimeOf(cluster)
    this.status.set({ ...this.status.get(), clockSkew, newVersion, swarmTime })
  }

  /** Facts of a simulated swarm are dated by its time, and so is when they were true. */
  #dated(link: Link): Link {
    const { swarmTime } = this.status.get()
    return link.since === null || swarmTime === null
      ? link
      : { ...link, since: timeInSwarm(swarmTime, link.since) }
  }

  #waiting(): number {
    const shown = this.#client.getQueryData<Cluster>(clusterKey)
    return shown && this.#reception ? countDifferent(shown, this.#reception.shown) : 0
  }

  // A swarm without quorum goes on answering that it has none: that is contact, and no
  // news of anything that is shown. So it is dated by the last moment all could be believed.
  #asOf(trusted: boolean, link: Link, believable: boolean): number | null {
    const read = this.#reception?.read
    if (trusted) this.#trustedAt = link.since
    if (trusted || !read) return null
    if (believable) return link.since
    return this.#trustedAt ?? timeInSwarm(this.status.get().swarmTime, oldest(read))
  }

  // A short election that changed nothing is not worth a word; a lost link always is, and
  // so is a swarm that could not be believed.
  #missed(trusted: boolean, link: Link): Status['away'] {
    const before = this.#trusted
    if (!trusted) {
      const state = this.#reception?.base.swarm.state
      this.#lost ||= link.state === 'lost' || (state !== 'live' && state !== 'electing')
      return null
    }
    const known = this.#reception?.read ?? null
    const lost = this.#lost
    const was = this.status.get().trusted
    this.#trusted = known
    this.#lost = false
    if (was || !before || !known) return null
    // Lost again before the last account was read: then the two are one.
    this.#awayFrom ??= before
    const changes = changesBetween(this.#awayFrom, known)
    if (lost || changes.length > 0) return { changes, seen: new Set() }
    this.#awayFrom = null
    return null
  }
}

/** When the oldest of what a snapshot holds was read. */
function oldest({ freshness: { readAt } }: Cluster): number {
  const times = [readAt.services, readAt.nodes, readAt.tasks].map((at) =>
    Date.parse(at ?? ''),
  )
  return Math.min(...times)
}
