import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Page } from '@playwright/test'
import { pages } from '@skep/shared/paths'
import { openWatchedPage, sightingsOn } from './browser.ts'
import { changesOf, driveService } from './drive.ts'
import { type Findings, milliseconds, us } from './figure.ts'
import { type Hearing, type Setting, startConsole, tidy } from './setting.ts'
import { lateness, type Sighting } from './sightings.ts'
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

/**
 * The service is open twice, as its slot grid and as its list of tasks: the grid has no
 * place for a task that another one has followed, the list has one for every task.
 */
async function measure(setting: Setting, hearing: Hearing): Promise<Findings> {
  const service = `moving-${hearing}`
  const skep = await startConsole(setting, hearing)
  const paths = [pages.service(service), pages.service(service, 'tasks')]
  const watched: Page[] = []
  const ownDelay = monitorEventLoopDelay({ resolution: 1 })
  const span = await driveService(setting, service, async () => {
    for (const path of paths) {
      const page = await openWatchedPage(setting.browser, skep.url + path)
      setting.open.push(() => page.close())
      watched.push(page)
    }
    ownDelay.enable()
  })
  ownDelay.disable()

  const changes = await changesOf(setting, service, span)
  const sightings = (await Promise.all(watched.map(sightingsOn))).flat()
  const among = (place: Sighting['where']) =>
    lateness(
      changes,
      sightings.filter(({ where }) => where === place),
    )
  const [found, grid, list] = [lateness(changes, sightings), among('cell'), among('row')]
  const { p50, p95, max, n } = found.late
  const target = targets[hearing]
  const figure = {
    name: names[hearing],
    target: `≤ ${target} ms`,
    result:
      `${milliseconds(p95)} (p50 ${milliseconds(p50)}, max ${milliseconds(max)}, n ${n}; ` +
      `grid alone ${milliseconds(grid.late.p95)})`,
    reached: p95 <= target,
    data: {
      changes: changes.length,
      seconds: Math.round((span.to - span.from) / 1000),
      anywhere: found,
      grid,
      list,
      // How far the reference itself was behind the engine, and how busy this process.
      referenceLag: spreadOf(changes.map(({ lag }) => lag)),
      eventLoopDelayP99: Math.round(ownDelay.percentile(99) / 1e6),
    },
  }
  return { figures: [figure], standings: [{ who: us[hearing], late: found }] }
}
