import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pages } from '@skep/shared/paths'
import { openWatchedPage, sightingsOn } from './browser.ts'
import { changesOf, driveService } from './drive.ts'
import { type Figure, type Findings, milliseconds, type Standing, us } from './figure.ts'
import { type Hearing, type Setting, startConsole, tidy } from './setting.ts'
import { lateness } from './sightings.ts'
import { spreadOf } from './spread.ts'

const targets: Readonly<Record<Hearing, number>> = { push: 100, poll: 1_000 }

/**
 * Where a task can be read. The grid has a cell for each slot and so no place for a task
 * that another one has followed; the list has a row for every task.
 */
type Place = 'slot grid' | 'task list'

/** A task's state changed in the engine → it can be read in the browser's DOM. */
export async function measureLatency(setting: Setting): Promise<Findings> {
  const figures: Figure[] = []
  const standings: Standing[] = []
  for (const hearing of ['push', 'poll'] as const) {
    const grid = await measure(setting, hearing, 'slot grid')
    const list = await measure(setting, hearing, 'task list')
    figures.push(grid.figure, list.figure)
    standings.push({ who: us[hearing], late: grid.late })
  }
  return { figures, standings }
}

async function measure(setting: Setting, hearing: Hearing, place: Place) {
  const service = `moving-${hearing}`
  const skep = await startConsole(setting, hearing)
  const path = pages.service(service, ...(place === 'task list' ? ['tasks' as const] : []))
  const ownDelay = monitorEventLoopDelay({ resolution: 1 })
  const [span, page] = await driveService(setting, service, async () => {
    const opened = await openWatchedPage(setting.browser, skep.url + path)
    setting.open.push(() => opened.close())
    ownDelay.enable()
    return opened
  })
  ownDelay.disable()
  const changes = await changesOf(setting, service, span)
  const late = lateness(changes, await sightingsOn(page))
  await tidy(setting)

  const { p50, p95, max, n } = late.late
  const target = targets[hearing]
  const words = { push: 'push feed', poll: 'without it' }
  const figure: Figure = {
    name: `task state → ${place}, p95, ${words[hearing]}`,
    target: `≤ ${target} ms`,
    result:
      `${milliseconds(p95)} (p50 ${milliseconds(p50)}, max ${milliseconds(max)}; ` +
      `n ${n}, unseen ${late.unseen})`,
    reached: p95 <= target,
    data: {
      changes: changes.length,
      seconds: Math.round((span.to - span.from) / 1000),
      ...late,
      // How far the reference itself was behind the engine, and how busy this process.
      referenceLag: spreadOf(changes.map(({ lag }) => lag)),
      eventLoopDelayP99: Math.round(ownDelay.percentile(99) / 1e6),
    },
  }
  return { figure, late }
}
