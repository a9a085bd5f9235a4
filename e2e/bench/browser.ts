import { type Browser, chromium, type Page } from '@playwright/test'
import type { Sighting } from './sightings.ts'

declare global {
  interface Window {
    /** What the observer below has seen, oldest first. */
    sightings: Sighting[]
  }
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A page of a console on which every word about a task is written down as it appears. */
export async function openWatchedPage(browser: Browser, url: string): Promise<Page> {
  // Tall, so that no list leaves out what would be below the fold.
  const page = await browser.newPage({ viewport: { width: 1280, height: 2400 } })
  await page.addInitScript(watchTasks)
  await page.goto(url)
  const first = page.locator('[data-task][data-state]').first()
  await first.waitFor({ state: 'attached', timeout: 20_000 })
  return page
}

/** What the page has shown so far, by the clock of this machine. */
export const sightingsOn = (page: Page): Promise<Sighting[]> =>
  page.evaluate(() => window.sightings)

/**
 * Runs in the page. Both clocks are `Date.now()`, which is one clock on one machine; it
 * counts whole milliseconds. A task that the page stops to show is seen as `gone`.
 */
function watchTasks(): void {
  window.sightings = []
  const last = new Map<string, string>()
  const look = (element: Element, at: number) => {
    const { task, state } = (element as HTMLElement).dataset // it has data attributes
    if (!task || !state) return
    if (last.get(task) === state) return
    last.set(task, state)
    window.sightings.push({ at, task, state })
  }
  const within = (root: Element) => [root, ...root.querySelectorAll('[data-task]')]
  const tasksIn = (root: Element) =>
    within(root).flatMap((element) => (element as HTMLElement).dataset.task || [])
  const miss = (root: Element, at: number) => {
    const left = tasksIn(root)
    if (left.length === 0) return
    const shown = new Set(tasksIn(document.documentElement))
    for (const task of left) {
      if (shown.has(task) || !last.has(task)) continue
      last.delete(task)
      window.sightings.push({ at, task, state: 'gone' })
    }
  }
  const observer = new MutationObserver((records) => {
    const at = Date.now()
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes' && target instanceof Element) look(target, at)
      for (const node of addedNodes) {
        if (node instanceof Element) for (const each of within(node)) look(each, at)
      }
    }
    for (const { removedNodes } of records)
      for (const node of removedNodes) if (node instanceof Element) miss(node, at)
  })
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-task', 'data-state'],
  })
}
