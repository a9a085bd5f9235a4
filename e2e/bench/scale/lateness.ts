import { setTimeout as pass } from 'node:timers/promises'
import { pages } from '@skep/shared/paths'
import { openWatchedPage, sightingsOn } from '../browser.ts'
import { type Figure, milliseconds } from '../figure.ts'
import type { Bench } from '../setting.ts'
import { costOf, watchMemory } from './process-cost.ts'
import { type SlotLateness, slotLateness } from './slot-sightings.ts'
import type { Stage } from './stage.ts'

/** Milliseconds from the change to the DOM, for 95 of 100 changes. */
export const soon = 500

/** How late a browser was, and what else was to be seen of the time. */
export type Watched = SlotLateness & {
  /** States that tasks reached, all over the swarm, each second. */
  rate: number
  seconds: number
  changes: number
  serverCpuPercent: number
  /** The most that was resident of the server, in KiB. */
  serverRssKib: number
}

type Watch = {
  /** The service whose page is open, and whose tasks' states are looked for on it. */
  service: string
  /** In milliseconds. */
  window: number
  /** Sees to it that there is something to see, for so long. */
  drive: (window: number) => Promise<unknown>
}

/** Of the changes, how many may never be shown: more, and the rest says nothing. */
const mostUnseen = 0.01

/** From the swarm's record of a state to the DOM of a browser that shows its service. */
export async function watchLateness(
  { browser, open }: Bench,
  { swarm, skep }: Stage,
  { service, window, drive }: Watch,
): Promise<Watched> {
  const page = await openWatchedPage(browser, skep.url + pages.service(service))
  open.push(() => page.close())
  await swarm.watch(service)
  const before = { ...(await swarm.counts()), ...(await costOf(skep.pid)) }
  const from = Date.now()
  const [memory] = await Promise.all([watchMemory(skep.pid, window), drive(window)])
  const until = Date.now()
  const after = { ...(await swarm.counts()), ...(await costOf(skep.pid)) }
  await pass(3_000) // What is late may be later than the last change.
  const lateness = slotLateness(await swarm.noted(), await sightingsOn(page), until)
  const seconds = (until - from) / 1_000
  return {
    ...lateness,
    rate: Math.round((after.states - before.states) / seconds),
    seconds: Math.round(seconds),
    changes: after.changes - before.changes,
    serverCpuPercent: Math.round((after.cpu - before.cpu) / seconds / 10),
    serverRssKib: memory.most,
  }
}

/** @param rate states a second that there have to be for the target to be reached */
export function latenessFigure(name: string, watched: Watched, rate: number): Figure {
  const { late, unseen } = watched
  return {
    name: `${name}: change → DOM`,
    target: `≤ ${soon} ms p95${rate > 0 ? ` at ${rate} a second` : ''}`,
    result:
      `${milliseconds(late.p95)} p95 (p50 ${milliseconds(late.p50)}, ` +
      `max ${milliseconds(late.max)}; n ${late.n}, unseen ${unseen})`,
    reached:
      late.p95 <= soon && watched.rate >= rate && unseen <= mostUnseen * (late.n + unseen),
    data: watched,
  }
}
