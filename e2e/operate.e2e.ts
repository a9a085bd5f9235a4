import type { Page } from '@playwright/test'
import { pages } from '@skep/shared/paths'
import { expect, test } from './fixtures.ts'
import { openService, picture, review, verdict } from './page.ts'
import { createService, image, removeService, serviceIs, updateService } from './swarm.ts'

/** A rollout acted on: every consequence is seen before the press, and every end after it. */
test.describe('an operator', () => {
  test.describe.configure({ timeout: 180_000 })

  test.beforeEach(async ({ lab, skep }) => {
    const options = ['--update-failure-action', 'pause', '--update-parallelism', '1']
    await createService(lab, 'web', 3, { from: image('web', 'v1'), options })
    await serviceIs(skep, 'web', 'converged')
  })
  test.afterEach(({ lab, skep }) => removeService(lab, skep, 'web'))

  test('rolls a bad deploy back, having seen what that does', async ({ lab, page }) => {
    await openService(page, 'web', /web is converged/)
    await updateService(lab, 'web', '--image', image('web', 'v9'))
    await expect(verdict(page)).toHaveText(/web is paused/)
    await page.getByRole('button', { name: 'Roll back', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Roll back web' })
    await expect(
      sheet.getByText(/docker service (rollback|update --rollback)/),
    ).toBeVisible()
    await expect(
      sheet.locator('[data-path="TaskTemplate.ContainerSpec.Image"]'),
    ).toBeVisible()
    await review(page, 'rollback-preview')
    await acknowledge(sheet)
    await sheet.getByRole('button', { name: /^Roll back web \(restarts 1\)/ }).click()
    await observed(page)
    await expect(page).toHaveURL(/\?operation=/)
    await review(page, 'rollback-observed')
    await page.keyboard.press('Escape')
    await expect(verdict(page)).toHaveText(/web was rolled back|web is converged/)
    await page.getByRole('link', { name: 'History', exact: true }).click()
    await expect(page.getByText('Roll back web').first()).toBeVisible()
  })

  test('does the same without a mouse', async ({ lab, page }) => {
    await openService(page, 'web', /web is converged/)
    await updateService(lab, 'web', '--image', image('web', 'v9'))
    await expect(verdict(page)).toHaveText(/web is paused/)
    await page.keyboard.press('r')
    const sheet = page.getByRole('dialog', { name: 'Roll back web' })
    const press = sheet.getByRole('button', { name: /^Roll back web \(restarts 1\)/ })
    await expect(press).toBeVisible()
    await expect(async () => {
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      if (
        await focused.evaluate((one) => one.matches('input[type=checkbox]:not(:checked)'))
      ) {
        await page.keyboard.press('Space')
      }
      await expect(press).toBeFocused({ timeout: 50 })
    }).toPass({ intervals: [0] })
    await page.keyboard.press('Enter')
    await observed(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('is kept from a rollback whose secret is gone, and told which', async ({
    lab,
    page,
    skep,
  }) => {
    const Data = Buffer.from('hunter2').toString('base64')
    await lab.api('m1', 'POST', '/secrets/create', { Name: 'session-key-v1', Data })
    await updateService(lab, 'web', '--secret-add', 'session-key-v1')
    await serviceIs(skep, 'web', 'converged')
    await updateService(lab, 'web', '--secret-rm', 'session-key-v1')
    await serviceIs(skep, 'web', 'converged')
    await lab.docker('m1', 'secret', 'rm', 'session-key-v1')
    await page.goto(`${pages.service('web')}?do=rollback`)
    const sheet = page.getByRole('dialog', { name: 'Roll back web' })
    await expect(sheet.locator('[data-check="target-secret-missing"]')).toContainText(
      'session-key-v1',
    )
    const press = sheet.getByRole('button', { name: /^Roll back web/ })
    await expect(press).toHaveAttribute('aria-disabled', 'true')
    await review(page, 'rollback-blocked')
  })

  test('is warned that a scale resumes a paused update', async ({ lab, page }) => {
    await openService(page, 'web', /web is converged/)
    await updateService(lab, 'web', '--image', image('web', 'v9'))
    await expect(verdict(page)).toHaveText(/web is paused/)
    await page.getByRole('button', { name: 'Scale', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: /^Scale web/ })
    await sheet.getByRole('button', { name: 'One more' }).click()
    await expect(sheet.locator('[data-check="resumes-paused-update"]')).toBeVisible()
    const press = sheet.getByRole('button', { name: /^Scale web to 4/ })
    await expect(press).toHaveAttribute('aria-disabled', 'true')
    await review(page, 'scale-of-a-paused-service')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(verdict(page)).toHaveText(/web is paused/)
  })

  test('updates the image and watches it through its lanes', async ({ lab, page }) => {
    await updateService(lab, 'web', '--update-delay', '2s', '--update-monitor', '4s')
    await openService(page, 'web', /web is converged/)
    await page.getByRole('button', { name: 'Update image' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('textbox').first().fill(image('web', 'v2'))
    await acknowledge(sheet)
    await sheet.getByRole('button', { name: /\(restarts 3\)$/ }).click()
    await expect(sheet.locator('[data-state]').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(verdict(page)).toHaveText(/web is updating/)
    await expect(page.getByRole('button', { name: /In flight/ })).toBeVisible()
    await expect(page.getByText(/wave \d of 3/)).toBeVisible()
    await picture(page, 'updating')
    await page.getByRole('link', { name: 'Now' }).click()
    await expect(page.getByText(/web/).first()).toBeVisible()
    await page.goBack()
    await expect(verdict(page)).toHaveText(/web is converged/, { timeout: 60_000 })
    await expect(page.getByRole('button', { name: /In flight/ })).toHaveCount(0)
  })

  test('finds an operation judged to its end after the console was killed in it', async ({
    page,
    skep,
  }) => {
    await openService(page, 'web', /web is converged/)
    await page.getByRole('button', { name: 'Restart', exact: true }).click()
    const sheet = page.getByRole('dialog')
    await acknowledge(sheet)
    await sheet.getByRole('button', { name: /\(restarts 3\)$/ }).click()
    await expect(sheet.locator('[data-state="accepted"]')).toBeVisible()
    await skep.stop('SIGKILL')
    await skep.start()
    await skep.ready()
    await observed(page)
    await page.reload()
    await observed(page)
  })
})

/** Ticks every warning, as somebody who has read them does. */
async function acknowledge(sheet: ReturnType<Page['getByRole']>): Promise<void> {
  await expect(
    sheet.getByRole('heading', { name: /warning|check|stands/i }).first(),
  ).toBeVisible()
  for (const box of await sheet.getByRole('checkbox').all()) await box.check()
}

/** Waits until the tracker says that the swarm was seen to do what was asked. */
const observed = (page: Page) =>
  expect(page.getByRole('dialog').locator('[data-state="converged"]').first()).toBeVisible({
    timeout: 90_000,
  })
