import { pages } from '@skep/shared/paths'
import { type Figure, milliseconds } from '../figure.ts'
import type { Bench } from '../setting.ts'
import { spreadOf } from '../spread.ts'

type Paint = { painted: number; usable: number; longTasks: readonly number[] }

declare global {
  interface Window {
    paint: Promise<Paint>
  }
}

const targets = { painted: 1_000, usable: 1_500 }

/**
 * The list of all services, opened in a browser that has nothing of it. Painted is what the
 * browser calls first contentful paint. Usable is when the frame with every service has been
 * painted and the page takes the next event: what is done before has to wait.
 */
export async function measurePage(
  { browser, open }: Bench,
  url: string,
  { services, turns }: { services: number; turns: number },
): Promise<Figure[]> {
  const taken: Paint[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const close = () => context.close()
    open.push(close)
    const page = await context.newPage()
    await page.addInitScript(watchPaint, services)
    await page.goto(url + pages.services())
    taken.push(await page.evaluate(() => window.paint))
    await close()
    open.splice(open.indexOf(close), 1)
  }
  return (['painted', 'usable'] as const).map((what) => {
    const spread = spreadOf(taken.map((paint) => paint[what]))
    return {
      name: `${services} services in Chromium: ${what === 'painted' ? 'first page painted' : 'usable'}`,
      target: `≤ ${targets[what]} ms`,
      result: `${milliseconds(spread.p50)} median, ${milliseconds(spread.max)} max of ${spread.n}`,
      reached: spread.max <= targets[what],
      data: {
        ...spread,
        longTasks: spreadOf([0, ...taken.flatMap(({ longTasks }) => longTasks)]),
      },
    }
  })
}

/** Runs in the page, before anything else. Times count from the navigation. */
function watchPaint(services: number): void {
  const longTasks: number[] = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  // The browser tells of it some time after: it may be usable before that is heard.
  const first = new Promise<number>((resolve) => {
    new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName('first-contentful-paint')
      if (entry) resolve(entry.startTime)
    }).observe({ type: 'paint', buffered: true })
  })
  window.paint = new Promise((resolve, reject) => {
    const tell = () => {
      const usable = performance.now()
      void first.then((painted) =>
        resolve({ painted, usable: Math.max(painted, usable), longTasks }),
      )
    }
    const look = () => {
      const rows = document.querySelector('main table')?.getAttribute('aria-rowcount')
      const shown = document.querySelectorAll('main [data-service]').length
      const all = rows === null || rows === undefined ? shown : Number(rows) - 1
      if (shown > 0 && all >= services) {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          tell()
          port1.close()
        }
        return port2.postMessage(null)
      }
      if (performance.now() < 30_000) return requestAnimationFrame(look)
      reject(new Error(`${shown} of ${services} services after half a minute`))
    }
    requestAnimationFrame(look)
  })
}
