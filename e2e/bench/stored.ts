import type { Page } from '@playwright/test'
import { type StoredKind, StoredList, storedKinds } from '@skep/shared/contract/stored'
import { api, pages } from '@skep/shared/paths'
import { until } from '../lab/lab.ts'
import { type Figure, type Findings, kibibytes } from './figure.ts'
import { manager, type Setting, startConsole } from './setting.ts'
import { type Spread, spreadOf } from './spread.ts'
import { fitStopwatch, longTasksOn, type Shown, shownOn, timed } from './stopwatch.ts'
import { fillWithStored, storedCount } from './stored-objects.ts'
import {
  type Interaction,
  interactions,
  round,
  type Step,
  servicesShown,
} from './stored-round.ts'

/** Milliseconds that an interaction may take. */
const target = 100

/** What has not changed for so long is what comes of a step, in milliseconds. */
const settling = 800

type Taken = { step: Step; milliseconds: number }

/**
 * The lists of 2,000 secrets and of 2,000 configs of a real swarm, which 100 services use
 * (stored-objects.ts), in a browser: opened, filtered letter by letter, sorted by each
 * column, narrowed, grouped and switched (stored-round.ts). Every round is on a page that
 * was loaded anew and has read nothing. A first one is not measured: it tells what comes of
 * each step, and the others wait for that. Time runs from the browser's own stamp of the
 * key or click to the end of the frame that shows the result (stopwatch.ts), so it holds
 * the wait for a frame, and for the answer where a list is read. What is made here goes
 * with the swarm: it is measured last.
 */
export async function measureStored(setting: Setting): Promise<Findings> {
  const { lab, browser, measure, open } = setting
  await fillWithStored(lab.socket(manager))
  const skep = await startConsole(setting, 'push')
  for (const kind of storedKinds) await expectAll(skep.url, kind)
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  open.push(() => page.close())
  await fitStopwatch(page)

  const steps = await rehearsed(page, skep.url)
  const taken: Taken[] = []
  const longTasks: number[] = []
  for (let turn = 0; turn < measure.rounds; turn += 1) {
    await openServices(page, skep.url)
    for (const { step, goal } of steps) {
      await step.lead?.(page)
      if (goal === null) await step.act(page)
      else taken.push({ step, milliseconds: await timed(page, goal, step) })
    }
    longTasks.push(...(await longTasksOn(page)))
  }
  const inBrowser = figuresOf(taken)
  const server = await serverFigure(skep.url, measure.rounds)
  const busy = { longTasks: spreadOf([0, ...longTasks]), rounds: measure.rounds }
  return {
    figures: [...inBrowser, { ...server, data: { ...server.data, ...busy } }],
    standings: [],
  }
}

async function openServices(page: Page, url: string) {
  await page.goto(url + pages.services())
  await servicesShown(page)
}

/** Every step with what it comes to; null where that is what was there before. */
async function rehearsed(page: Page, url: string) {
  await openServices(page, url)
  const steps: { step: Step; goal: Shown | null }[] = []
  for (const step of round) {
    await step.lead?.(page)
    const before = await shownOn(page)
    await step.act(page)
    const after = await settled(page)
    const isSame = JSON.stringify(after) === JSON.stringify(before)
    steps.push({ step, goal: isSame ? null : after })
  }
  const full = steps.filter(({ step }) => step.interaction === 'open')
  if (full.some(({ goal }) => goal?.rows !== storedCount))
    throw new Error(`a list does not hold ${storedCount} rows`)
  return steps
}

async function settled(page: Page): Promise<Shown> {
  let since = performance.now()
  let last = ''
  return until(
    async () => {
      const now = await shownOn(page)
      if (JSON.stringify(now) === last)
        return performance.now() - since > settling ? now : null
      last = JSON.stringify(now)
      since = performance.now()
      return null
    },
    { what: 'a table that holds still', timeout: 30_000 },
  )
}

function figuresOf(taken: readonly Taken[]): Figure[] {
  const kinds = Object.keys(interactions) as Interaction[] // the keys' type is lost
  return kinds.map((kind) => {
    const mine = taken.filter(({ step }) => step.interaction === kind)
    const spread = spreadOfAll(mine)
    const { p50, p95, max, n } = spread
    const byStep = Map.groupBy(mine, ({ step }) => step.what)
    return {
      name: `2,000 secrets, 2,000 configs: ${interactions[kind]}`,
      target: `≤ ${target} ms`,
      result: `${p95} ms p95 (p50 ${p50}, max ${max}; n ${n})`,
      reached: p95 <= target,
      data: {
        ...spread,
        steps: Object.fromEntries(
          [...byStep].map(([what, those]) => [what, spreadOfAll(those)]),
        ),
      },
    }
  })
}

const spreadOfAll = (taken: readonly Taken[]): Spread =>
  spreadOf(taken.map(({ milliseconds }) => milliseconds))

/** How long the console alone takes to answer with a list, asked for one after another. */
async function serverFigure(url: string, turns: number): Promise<Figure> {
  const times: Record<StoredKind, number[]> = { secret: [], config: [] }
  const bytes: Record<StoredKind, number> = { secret: 0, config: 0 }
  for (let turn = 0; turn < turns; turn += 1) {
    for (const kind of storedKinds) {
      const started = performance.now()
      const answer = await fetch(url + api.stored(kind))
      bytes[kind] = (await answer.arrayBuffer()).byteLength
      times[kind].push(performance.now() - started)
    }
  }
  const secrets = spreadOf(times.secret)
  const configs = spreadOf(times.config)
  const size = `${kibibytes(bytes.secret)} and ${kibibytes(bytes.config)}`
  return {
    name: 'GET /api/secrets, /api/configs: 2,000 each',
    target: `≤ ${target} ms`,
    result: `${secrets.p95} and ${configs.p95} ms p95, ${size}`,
    reached: Math.max(secrets.p95, configs.p95) <= target,
    data: { secrets, configs, bytes },
  }
}

async function expectAll(url: string, kind: StoredKind) {
  const count = async () => {
    const answer = await fetch(url + api.stored(kind))
    return StoredList.parse(await answer.json()).items.length
  }
  await until(async () => (await count()) >= storedCount, {
    what: `the console to know every ${kind}`,
    timeout: 30_000,
  })
}
