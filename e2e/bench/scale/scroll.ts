import type { Page } from '@playwright/test'
import { pages } from '@skep/shared/paths'
import { until } from '../../lab/lab.ts'
import { type Findings, milliseconds } from '../figure.ts'
import type { Bench } from '../setting.ts'
import { spreadOf } from '../spread.ts'
import { large } from './simulated-swarm.ts'
import { openStage } from './stage.ts'
import type { Swarm } from './swarm.ts'

declare global {
  interface Window {
    /** Milliseconds from each frame to the next. */
    frameTimes: number[]
  }
}

const target = 50
const replicas = 500
const service = 'rolling'

/** Of the wheel, in pixels, and how long one turn of it is waited for, in milliseconds. */
const wheel = { step: 400, every: 50 }

/**
 * The list of all services, scrolled with the wheel to its end and back again and again,
 * while a service of 500 tasks is updated, 25 at a time: milliseconds from one frame to the
 * next, as the page's own animation callbacks come. The same without an update is beside it.
 */
export async function measureScroll(bench: Bench): Promise<Findings> {
  const stage = await openStage(bench, large)
  const { swarm, skep } = stage
  await swarm.create(service, {
    TaskTemplate: { ContainerSpec: { Image: 'demo/web:v1' } },
    Mode: { Replicated: { Replicas: replicas } },
    UpdateConfig: { Parallelism: 25, Order: 'stop-first' },
  })
  const all = swarm.contents.tasks + replicas
  await until(async () => (await swarm.ask({ do: 'count' })).running >= all, {
    what: `${replicas} tasks to run`,
    timeout: 60_000,
  })
  const page = await bench.browser.newPage({ viewport: { width: 1280, height: 900 } })
  bench.open.push(() => page.close())
  await page.goto(skep.url + pages.services())
  await page.locator('main [data-service]').first().waitFor()
  await page.evaluate(watchFrames)

  const { scroll } = bench.measure.scale
  const still = await scrolled(page, Math.min(scroll, 5_000))
  const before = await states(swarm)
  await swarm.roll(service)
  const moving = await scrolled(page, scroll)
  const changes = (await states(swarm)) - before
  const spread = spreadOf(moving)
  const over = moving.filter((frame) => frame > target).length
  const result = [
    `${milliseconds(spread.p95)} p95`,
    `(p50 ${milliseconds(spread.p50)}, max ${milliseconds(spread.max)}`,
    `${over} of ${spread.n} frames over ${target} ms)`,
  ]
  return {
    figures: [
      {
        name: `frames while scrolling ${large.services} services, rollout of ${replicas} tasks`,
        target: `≤ ${target} ms p95`,
        result: `${result[0]} ${result.slice(1).join(', ')}`,
        reached: spread.p95 <= target,
        data: { moving: spread, over, still: spreadOf(still), states: changes },
      },
    ],
    standings: [],
  }
}

const states = async (swarm: Swarm) => (await swarm.counts()).states

/** The frames of a time in which somebody turns the wheel. */
async function scrolled(page: Page, time: number): Promise<number[]> {
  await page.mouse.move(640, 600)
  await page.evaluate(() => {
    window.frameTimes = []
  })
  const end = performance.now() + time
  let down = true
  while (performance.now() < end) {
    const from = performance.now()
    await page.mouse.wheel(0, down ? wheel.step : -wheel.step)
    const edge = await page.evaluate(() => {
      const { scrollY, innerHeight } = window
      const { scrollHeight } = document.documentElement
      return scrollY <= 0 ? 'top' : scrollY + innerHeight >= scrollHeight - 1 ? 'end' : null
    })
    if (edge) down = edge === 'top'
    await page.waitForTimeout(Math.max(0, wheel.every - (performance.now() - from)))
  }
  return page.evaluate(() => window.frameTimes)
}

/** Runs in the page. */
function watchFrames(): void {
  window.frameTimes = []
  let last = performance.now()
  const frame = (now: number) => {
    window.frameTimes.push(now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
