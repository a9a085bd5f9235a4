import { pages } from '@skep/shared/paths'
import { Console } from './console.ts'
import { expect, test } from './fixtures.ts'
import { expectNothingSolid, openService, review, verdict } from './page.ts'

/**
 * The states that a page is in when the swarm, or the reader, is not at ease: each of them
 * read by axe and kept as a picture. Last in their lab, which is not the same afterwards.
 */
test.describe('a state', () => {
  test.describe.configure({ timeout: 240_000 })

  test('held', async ({ page }) => {
    await openService(page, 'shop_web', /shop_web is converged/)
    await page.keyboard.press('p')
    await expect(page.getByText(/^Held at/)).toBeVisible()
    await review(page, 'held')
  })

  test('no quorum, and caught up when it is back', async ({ lab, page }) => {
    await openService(page, 'shop_web', /shop_web is converged/)
    await lab.kill('m2', 'm3')
    await expect(page.getByText(/The swarm cannot accept changes/).first()).toBeVisible({
      timeout: 60_000,
    })
    await review(page, 'no-quorum-service')
    await expectNothingSolid(page)
    // By its links: a page that is loaded anew has nothing to catch up with.
    for (const name of ['Now', 'Services', 'Nodes']) {
      await page.getByRole('link', { name }).first().click()
      await expect(page.getByText(/The swarm cannot accept changes/).first()).toBeVisible()
      await expectNothingSolid(page)
      await review(page, `no-quorum-${name.toLowerCase()}`)
    }
    await lab.start('m2', 'm3')
    await expect(page.getByText('Caught up.', { exact: true })).toBeVisible({
      timeout: 90_000,
    })
    await review(page, 'caught-up')
  })

  test('no swarm, an empty one, a locked one', async ({ lab, page }) => {
    await lab.docker('w2', 'swarm', 'leave')
    const alone = await Console.prepare({
      DOCKER_HOST: `unix://${lab.socket('w2')}`,
      SKEP_WATCH_SOCKET: 'off',
    })
    await alone.start()
    await page.goto(alone.url + pages.now())
    await expect(verdict(page)).toHaveText(/not part of a swarm/)
    await review(page, 'no-swarm')

    await lab.docker('w2', 'swarm', 'init')
    await expect(verdict(page)).toHaveText(/No services yet/, { timeout: 60_000 })
    await review(page, 'empty-now')
    for (const [name, path] of [
      ['services', pages.services()],
      ['stacks', pages.stacks()],
    ] as const) {
      await page.goto(alone.url + path)
      await expect(verdict(page)).toHaveText(/./)
      await review(page, `empty-${name}`)
    }

    await lab.docker('w2', 'swarm', 'update', '--autolock')
    await lab.stop('w2')
    await lab.start('w2')
    await expect(page.getByText(/This manager is locked/).first()).toBeVisible({
      timeout: 60_000,
    })
    await review(page, 'locked')
    await alone.stop()
  })
})
