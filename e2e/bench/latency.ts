import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Page } from '@playwright/test'
import { pages } from '@skep/shared/paths'
import { openWatchedPage, sightingsOn } from './browser.ts'
import { changesOf, driveService } from './drive.ts'
import { type Findings, milliseconds, us } from './figure.ts'
import { type Hearing, type Setting, startConsole, tidy } from './setting.ts'
import { lateness } from './sightings.ts'
import { spreadOf } from './spread.ts'

const targets: Readonly<Record<Hearing, number>> = { push: 100, poll: 1_000 }
const names: Readonly<Record<Hearing, string>> = {
  push: 'task state → DOM, p95, push feed',
  poll: 'task state → DOM, p95, without it',
}

/** A task's state changed in the engine → it can be read in the browser's DOM. */
export async function measureLatency(setting: Setting): Promise<Findings> {
  const push = await measure(setting, 'push')
  await tidy(setting)
  const poll = await measure(setting, 'poll')
  return {
    figures: [...push.figures, ...poll.figures],
    standings: [...push.standings, ...poll.standings],
  }
}

async function measure(setting: Setting, hearing: Hearing): Promise<Findings> {
  const service = `moving-${hearing}`
  const skep = await startConsole(setting, hearing)
  const ownDelay = monitorEventLoopDelay({ resolution: 1 })
  const watched: Page[] = []
  const span = await driveService(setting, service, async () => {
    const page = await openWatchedPage(setting.browser, skep.url + pages.service(service))
    setting.open.push(() => page.close())
    watched.push(page)
    ownDelay.enable()
  })
  ownDelay.disable()

  const changes = await changesOf(setting, service, span)
  const sightings = (await Promise.all(watched.map(sightingsOn))).flat()

  const found = lateness(changes, sightings)
  const { p50, p95, max, n } = found.late
  const target = targets[hearing]
  const figure = {
    name: names[hearing],
    target: `≤ ${target} ms`,
    result: `${milliseconds(p95)} (p50 ${milliseconds(p50)}, max ${milliseconds(max)}, n ${n})`,
    reached: p95 <= target,
    data: {
      ...found,
      changes: changes.length,
      seconds: Math.round((span.to - span.from) / 1000),
      // How far the reference itself was behind the engine, and how busy this process.
      referenceLag: spreadOf(changes.map(({ lag }) => lag)),
      eventLoopDelayP99: Math.round(ownDelay.percentile(99) / 1e6),
    },
  }
  return { figures: [figure], standings: [{ who: us[hearing], late: found }] }
}
