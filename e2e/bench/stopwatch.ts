import type { Page } from '@playwright/test'

/** What a list shows, as far as tells it from another: its filter, its rows, their order. */
export type Shown = {
  table: string
  asked: string
  rows: number
  first: string
  sort: string
}

export type Trigger = 'keydown' | 'click'

declare global {
  interface Window {
    /** What is shown now; null while it is no table. */
    shown: () => Shown | null
    timeUntil: (event: Trigger, goal: Shown) => Promise<number>
    lap: Promise<number>
    /** Durations of what kept the page from answering for 50 ms or longer. */
    longTasks: number[]
  }
}

/** The longest that a result is waited for, in milliseconds. */
const patience = 20_000

/** Puts the stopwatch below into every document that this page will open. */
export const fitStopwatch = (page: Page): Promise<unknown> =>
  page.addInitScript(stopwatch, patience)

export const shownOn = (page: Page): Promise<Shown | null> =>
  page.evaluate(() => window.shown())

export const longTasksOn = (page: Page): Promise<number[]> =>
  page.evaluate(() => window.longTasks)

/**
 * Milliseconds from what somebody does to the end of the frame that shows the goal.
 * @throws Error when it was shown before, or does not come
 */
export async function timed(
  page: Page,
  goal: Shown,
  { event, act }: { event: Trigger; act: (page: Page) => Promise<unknown> },
): Promise<number> {
  await page.evaluate(
    ([event, goal]) => {
      window.lap = window.timeUntil(event, goal)
      window.lap.catch(() => {}) // Told by whoever awaits it.
    },
    [event, goal] as const,
  )
  await act(page)
  return page.evaluate(() => window.lap)
}

/**
 * Runs in the page. Time starts with the browser's own stamp of the event. The result is
 * looked for before each frame; the one that shows it has been laid out and painted when the
 * first message after its animation callbacks comes in.
 */
function stopwatch(patience: number): void {
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })

  window.shown = () => {
    const table = document.querySelector('main table')
    const first = table?.querySelector('[data-stored]')
    const filter = document.querySelector('main [type=search]')
    if (!table || !first || !(filter instanceof HTMLInputElement)) return null
    const sorted = table.querySelector('th[aria-sort]')
    return {
      table: table.getAttribute('aria-label') ?? '',
      asked: filter.value,
      rows: Number(table.getAttribute('aria-rowcount')) - 1,
      first: first.getAttribute('data-stored') ?? '',
      sort: `${sorted?.textContent} ${sorted?.getAttribute('aria-sort')}`,
    }
  }

  window.timeUntil = (event, goal) =>
    new Promise((resolve, reject) => {
      const shows = () => JSON.stringify(window.shown()) === JSON.stringify(goal)
      if (shows()) return reject(new Error(`already there: ${JSON.stringify(goal)}`))
      const begin = ({ timeStamp }: Event) => {
        const passed = () => performance.now() - timeStamp
        const look = () => {
          if (shows()) {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => {
              resolve(passed())
              port1.close()
            }
            return port2.postMessage(null)
          }
          if (passed() < patience) return requestAnimationFrame(look)
          const seen = `${JSON.stringify(window.shown())} instead of ${JSON.stringify(goal)}`
          return reject(new Error(`${patience} ms after a ${event} there is ${seen}`))
        }
        requestAnimationFrame(look)
      }
      document.addEventListener(event, begin, { capture: true, once: true })
    })
}
