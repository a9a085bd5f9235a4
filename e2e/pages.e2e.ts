import type { Page } from '@playwright/test'
import { pages } from '@skep/shared/paths'
import { Console } from './console.ts'
import { expect, test } from './fixtures.ts'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  expectNothingSolid,
  picture,
  slots,
  verdict,
} from './page.ts'

/** Every page, as the sample stacks fill it, with what it must say. */
const screens = [
  { name: 'now', path: pages.now(), says: /things? needs? you/ },
  { name: 'services', path: pages.services(), says: /^Services/ },
  {
    name: 'service-converged',
    path: pages.service('shop_web'),
    says: /shop_web is converged/,
  },
  { name: 'service-paused', path: pages.service('trouble_checkout'), says: /is paused/ },
  {
    name: 'service-rolled-back',
    path: pages.service('trouble_catalog'),
    says: /rolled back/,
  },
  { name: 'service-pending', path: pages.service('trouble_renderer'), says: /is down/ },
  { name: 'service-zero', path: pages.service('trouble_nightly'), says: /scaled to zero/ },
  {
    name: 'service-global',
    path: pages.service('ops_agent'),
    says: /ops_agent is converged/,
  },
  { name: 'service-job', path: pages.service('migrate'), says: /migrate is complete/ },
  { name: 'tasks', path: pages.service('trouble_mailer', 'tasks'), says: /trouble_mailer/ },
  { name: 'spec', path: pages.service('shop_api', 'spec'), says: /shop_api is converged/ },
  {
    name: 'logs',
    path: pages.service('ops_gateway', 'logs'),
    says: /ops_gateway is converged/,
  },
  { name: 'nodes', path: pages.nodes(), says: /^Nodes/ },
  { name: 'node', path: pages.node('w1'), says: /^w1/ },
  { name: 'stateful', path: pages.stateful(), says: /hold data/ },
  { name: 'secrets', path: pages.secrets(), says: /used by nobody/ },
  { name: 'secret', path: pages.stored('secret', 'shop_session_key'), says: /2 services/ },
  { name: 'config', path: pages.stored('config', 'shop_flags'), says: /1 service/ },
  { name: 'volumes', path: pages.volumes(), says: /^Volumes/ },
  { name: 'networks', path: pages.networks(), says: /^Networks/ },
  { name: 'stacks', path: pages.stacks(), says: /^Stacks/ },
  {
    name: 'history',
    path: pages.service('trouble_checkout', 'history'),
    says: /is paused/,
  },
  { name: 'journal', path: pages.journal(), says: /^Journal/ },
  { name: 'no-such-page', path: '/nothing/here', says: /./ },
  { name: 'service-gone', path: pages.service('never_was'), says: /never_was/ },
] as const

for (const { name, path, says } of screens) {
  test(`${name} is accessible and fits a phone`, async ({ page }) => {
    await page.goto(path)
    await expect(verdict(page)).toHaveText(says)
    await inBothThemes(page, name)
    await page.setViewportSize({ width: 360, height: 740 })
    await expectNoSidewaysScroll(page)
    // What a phone changes is layout, which has no colours: one theme is enough.
    await expectAccessible(page)
    await picture(page, `${name}-light-360`)
    await page.emulateMedia({ colorScheme: 'dark' })
    await picture(page, `${name}-dark-360`)
  })
}

test('a lost link is accessible, and nothing on it is solid', async ({ page, skep }) => {
  await page.goto(pages.service('shop_web'))
  await expect(verdict(page)).toHaveText(/shop_web is converged/)
  await skep.stop('SIGKILL')
  await expect(page.getByText(/No connection to the console/).first()).toBeVisible()
  await expectNothingSolid(page)
  await inBothThemes(page, 'lost')
  await expectNothingSolid(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)
  await picture(page, 'lost-light-360')
  await skep.start()
  await skep.ready()
})

for (const { name, host, says } of [
  { name: 'worker', host: 'w1', says: /not a swarm manager/ },
  { name: 'engine-away', host: 'nowhere', says: /No answer from the engine/ },
]) {
  test(`a console that never saw the swarm (${name}) says why`, async ({ lab, page }) => {
    const blind = await Console.prepare({
      DOCKER_HOST: `unix://${lab.socket(host)}`,
      SKEP_WATCH_SOCKET: 'off',
    })
    await blind.start()
    await page.goto(blind.url + pages.services())
    await expect(page.getByText(says).first()).toBeVisible()
    // An empty list would be a claim.
    await expect(page.getByRole('table')).toHaveCount(0)
    await inBothThemes(page, name)
    await blind.stop()
  })
}

/** Looks at a page that is open in the dark and in the light, in which it leaves it. */
async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
    await picture(page, `${name}-${colorScheme}`)
  }
}

test.describe('by keyboard alone', () => {
  test('from Now to the history of a slot', async ({ page }) => {
    await page.goto(pages.now())
    await expect(verdict(page)).toHaveText(/need/)
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await expect(verdict(page)).toHaveText(/^Services/)
    await expect(verdict(page)).toBeFocused()
    await page.keyboard.press('/')
    await page.keyboard.type('mailer')
    await expect(page.getByRole('link', { name: 'trouble_mailer' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'shop_web' })).toHaveCount(0)
    await page.keyboard.press('Enter')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await expect(verdict(page)).toHaveText(/trouble_mailer/)
    await slots(page).first().getByRole('button').focus()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/services\/trouble_mailer\/tasks/)
  })

  test('the palette finds a service, and the keys are listed', async ({ page }) => {
    await page.goto(pages.now())
    await expect(verdict(page)).toHaveText(/need/)
    await page.keyboard.press('Control+k')
    await expect(page.getByLabel('Go to a page, service or node')).toBeFocused()
    await page.keyboard.type('shop_web')
    await page.keyboard.press('Enter')
    await expect(verdict(page)).toHaveText(/shop_web/)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('p holds the view, and nothing is lost', async ({ page, lab }) => {
    await page.goto(pages.service('shop_api'))
    await expect(page.getByRole('grid', { name: /^2 slots: 2 running/ })).toBeVisible()
    await page.keyboard.press('p')
    await expect(page.getByText(/^Held at/)).toBeVisible()
    await lab.docker('m1', 'service', 'scale', '--detach', 'shop_api=3')
    await expect(page.getByText(/changes? (is|are) waiting/)).toBeVisible()
    await expect(slots(page)).toHaveCount(2)
    await page.keyboard.press('p')
    await expect(slots(page)).toHaveCount(3)
    await lab.docker('m1', 'service', 'scale', '--detach', 'shop_api=2')
    await expect(slots(page)).toHaveCount(2)
  })
})
