import { existsSync } from 'node:fs'
import { test as base, expect, type Page } from '@playwright/test'
import type { Simulation } from '@skep/shared/contract/simulation'
import { api, pages } from '@skep/shared/paths'
import { Demo } from './demo.ts'
import { openService, picture, review, tabTo, verdict } from './page.ts'
import { acknowledge } from './sheet.ts'

/** What a newcomer sees who has neither Docker nor a swarm: needs a browser and no lab. */
const test = base.extend<object, { demo: Demo }>({
  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what is asked for here
    async ({}, use) => {
      const demo = await Demo.start()
      await use(demo)
      await demo.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ demo }, use) => use(demo.url),
})

test.describe.configure({ mode: 'serial' })

const banner = (page: Page) => page.getByText('A simulated swarm: nothing here is real.')
const speed = (page: Page, name: string) =>
  page.getByRole('group', { name: 'How fast its time passes' }).getByLabel(name)

const simulation = async (demo: Demo): Promise<Simulation> =>
  (await (await fetch(demo.url + api.simulation())).json()) as Simulation

const screens = [
  { name: 'now', path: pages.now(), says: /things? needs? you/ },
  { name: 'services', path: pages.services(), says: /^Services/ },
  { name: 'rollout', path: pages.service('shop_catalog'), says: /is updating/ },
  { name: 'secrets', path: pages.secrets(), says: /1 due for rotation/ },
  { name: 'nodes', path: pages.nodes(), says: /^Nodes/ },
]

for (const { name, path, says } of screens) {
  test(`${name} says that nothing is real, in any light and on a phone`, async ({
    page,
  }) => {
    await page.goto(path)
    await expect(verdict(page)).toHaveText(says)
    await expect(banner(page)).toBeVisible()
    await expect(speed(page, '1× as fast')).toBeChecked()
    await review(page, `demo-${name}`)
  })
}

test('so does every other page', async ({ page }) => {
  const others = [
    pages.service('shop_checkout', 'logs'),
    pages.node('worker-3'),
    pages.stateful(),
    pages.configs(),
    pages.stored('secret', 'shop_db_password_v2'),
    pages.volumes(),
    pages.networks(),
    pages.stacks(),
    pages.journal(),
    '/nothing/here',
  ]
  for (const path of others) {
    await page.goto(path)
    await expect(verdict(page)).toBeVisible()
    await expect(banner(page)).toBeVisible()
  }
})

test('the bar neither covers the page nor moves it once it is there', async ({ page }) => {
  await page.goto(pages.services())
  await expect(banner(page)).toBeVisible()
  const shift = await page.evaluate(layoutShift)
  expect(shift).toBeLessThan(0.02)
  const bar = await page.locator('header').first().boundingBox()
  const title = await verdict(page).boundingBox()
  expect(title?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? Infinity))
})

test('a drain would hurt, and says whom', async ({ page }) => {
  await page.goto(`${pages.node('worker-3')}?do=drain`)
  const sheet = page.getByRole('dialog', { name: 'Drain worker-3' })
  await expect(sheet.getByText(/Data at risk/).first()).toBeVisible()
  await expect(sheet.getByText('shop_uploads').first()).toBeVisible()
  await picture(page, 'demo-drain')
})

test('a paused update tells its cause, and a rollback mends it, sixty times as fast', async ({
  page,
  demo,
}) => {
  await openService(page, 'shop_checkout', /shop_checkout is paused/)
  await expect(page.getByText(/dockerexec: unhealthy container/).first()).toBeVisible()

  // With the keyboard alone: into the group, and along it.
  await tabTo(page, speed(page, '1× as fast'))
  await page.keyboard.press('ArrowRight')
  await expect(speed(page, '10× as fast')).toBeChecked()
  await page.keyboard.press('ArrowRight')
  await expect(speed(page, '60× as fast')).toBeChecked()
  await expect(page.getByText('Its time passes 60 times as fast as ours.')).toBeAttached()
  expect(await simulation(demo)).toMatchObject({ speed: 60 })

  await page.getByRole('button', { name: 'Roll back', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: 'Roll back shop_checkout' })
  const press = sheet.getByRole('button', { name: /^Roll back shop_checkout/ })
  await expect(press).toBeVisible()
  await acknowledge(sheet)
  await press.click()
  const tracker = page.getByRole('dialog').locator('[data-state="converged"]')
  await expect(tracker.first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(verdict(page)).toHaveText(/shop_checkout (was rolled back|is converged)/)
})

test('its time runs on while ours does, and stands still when it is told to', async ({
  page,
  demo,
}) => {
  await page.goto(`${pages.nodes()}?speed=0`)
  await expect(speed(page, 'Stopped')).toBeChecked()
  // A wish, not a state: whoever shares the address does not stop anybody's time.
  await expect(page).toHaveURL(`${demo.url}${pages.nodes()}`)
  const { now } = await simulation(demo)
  await page.reload()
  await expect(speed(page, 'Stopped')).toBeChecked()
  expect(await simulation(demo)).toEqual({ now, speed: 0 })
  await speed(page, '10× as fast').check()
  await expect.poll(() => simulation(demo)).toMatchObject({ speed: 10 })
  await expect.poll(async () => (await simulation(demo)).now > now).toBe(true)
})

test('Ctrl-C ends all of it, and leaves nothing behind', async ({ demo }) => {
  expect(existsSync(demo.socket)).toBe(true)
  expect(await demo.stop()).toBe(0)
  expect(existsSync(demo.socket)).toBe(false)
  await expect(fetch(demo.url + api.health())).rejects.toThrow()
  // One line says where it is; nothing was complained of.
  expect(demo.output.match(/^Skep is at/gm)).toHaveLength(1)
  expect(demo.output).not.toMatch(/error|warn/i)
})

/** In the browser: how far what was there has been moved, since the page began. */
function layoutShift(): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0
    new PerformanceObserver((list) => {
      // TypeScript does not know these entries.
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
        sum += entry.value
      }
    }).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => resolve(sum), 300)
  })
}
