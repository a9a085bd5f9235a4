import { expect, test } from './fixtures.ts'
import { openService, slots, verdict } from './page.ts'
import { createService, image, removeService, updateService } from './swarm.ts'

/** A rollout as an operator watches it, from the deploy to its bad end. */
test.describe('a rollout', () => {
  test.afterEach(async ({ lab, skep }) => {
    await removeService(lab, skep, 'web')
  })

  test('a deploy: three replicas come up before the eyes', async ({ lab, page }) => {
    await page.goto('/services')
    await expect(verdict(page)).toContainText('Services')
    await createService(lab, 'web', 3, { from: image('web', 'v1') })
    await page.getByRole('link', { name: 'web', exact: true }).click()
    await expect(verdict(page)).toHaveText(/web is (converging|verifying|converged)/)
    await expect(slots(page)).toHaveCount(3)
    await expect(page.getByRole('grid', { name: '3 slots: 3 running' })).toBeVisible()
    await expect(verdict(page)).toHaveText(/web is converged/)
  })

  test('a good update is watched from the old spec to the new', async ({ lab, page }) => {
    // Time to see each of its stages, however busy the machine is.
    const options = ['--update-delay', '5s']
    await createService(lab, 'web', 3, { from: image('web', 'v1'), options })
    await openService(page, 'web', /web is converged/)
    await updateService(lab, 'web', '--image', image('web', 'v2'))
    await expect(verdict(page)).toHaveText(/web is updating/)
    await expect(page.getByRole('grid', { name: /on an earlier spec/ })).toBeVisible()
    await expect(verdict(page)).toHaveText(/web is converged/, { timeout: 60_000 })
    await expect(page.getByRole('grid', { name: '3 slots: 3 running' })).toBeVisible()
  })

  test('a bad image with failure action pause: paused, with the error of the culprit', async ({
    lab,
    page,
  }) => {
    const options = ['--update-failure-action', 'pause']
    await createService(lab, 'web', 3, { from: image('web', 'v1'), options })
    await openService(page, 'web', /web is converged/)
    await updateService(lab, 'web', '--image', image('web', 'nosuchtag'))
    await expect(verdict(page)).toHaveText(/web is paused/)
    await expect(page.getByText(/No such image: \S+nosuchtag/).first()).toBeVisible()
    await page.getByRole('link', { name: 'Now' }).click()
    await expect(page.getByText('Update of web is paused')).toBeVisible()
  })

  test('the same with failure action rollback: rolled back, and not green', async ({
    lab,
    page,
    skep,
  }) => {
    const options = ['--update-failure-action', 'rollback']
    await createService(lab, 'web', 3, { from: image('web', 'v1'), options })
    await openService(page, 'web', /web is converged/)
    await updateService(lab, 'web', '--image', image('web', 'nosuchtag'))
    await expect(verdict(page)).toHaveText(/web was rolled back/, { timeout: 60_000 })
    await page.getByRole('link', { name: 'Services' }).click()
    const row = page.getByRole('row').filter({ hasText: 'web' })
    await expect(row.getByRole('img', { name: 'Rolled back' })).toBeVisible()
    await expect(row.getByRole('img', { name: 'Converged' })).toHaveCount(0)
    const { overview } = await skep.cluster()
    expect(overview.tone).not.toBe('ok')
  })

  test('the history keeps every task with its error, and the logs name their task', async ({
    lab,
    page,
    skep,
  }) => {
    await createService(lab, 'web', 1, { from: image('web', 'v1') })
    await openService(page, 'web', /web is converged/)
    await updateService(lab, 'web', '--image', image('web', 'nosuchtag'))
    await expect(verdict(page)).toHaveText(/web is paused/)
    await page.getByRole('link', { name: 'Tasks' }).click()
    await expect(page.getByText(/No such image: \S+nosuchtag/).first()).toBeVisible()
    await updateService(lab, 'web', '--image', image('web', 'v2'))
    await expect(verdict(page)).toHaveText(/web is converged/, { timeout: 60_000 })
    await page.getByRole('link', { name: 'Logs' }).click()
    const [task] = (await skep.cluster()).services.web?.slots[0]?.tasks ?? []
    const line = page.locator('[data-stream]').filter({ hasText: /demo v2: serve on/ })
    await expect(line.first()).toContainText(task?.node ?? 'a node')
  })
})
