import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { pages } from '@skep/shared/paths'
import type { Console } from './console.ts'
import { expect, test } from './fixtures.ts'
import { type Lab, until } from './lab/lab.ts'
import { leaksOf } from './leaks.ts'
import { expectFocusSeen, review, tabTo, verdict } from './page.ts'
import { acknowledge } from './sheet.ts'
import { createStored, forget, named, rotations } from './stored.ts'
import { createService, removeService, serviceIs } from './swarm.ts'

/** A secret whose value changes hands without anybody being down for it. */
test.describe('a secret', () => {
  test.describe.configure({ timeout: 360_000 })

  /** Runs as long as the secret says what it can read. */
  const reader = {
    options: [
      ...['--entrypoint', 'sh', '--health-cmd', 'grep -q good /run/secrets/db'],
      ...['--health-interval', '1s', '--health-retries', '2'],
      ...['--update-order', 'start-first', '--update-failure-action', 'rollback'],
    ],
    command: ['-c', 'grep -q good /run/secrets/db || exit 1; exec demo-app idle'],
  }
  /** Every value that a story handed over. */
  const spoken: string[] = []
  const value = (word: 'good' | 'bad') => {
    const one = `${word} ${randomUUID()}`
    spoken.push(one)
    return one
  }
  const uses = (name: string) => ['--secret', `source=${name},target=db,mode=0440`]

  test.afterEach(async ({ lab, skep }) => {
    expect(await leaksOf(skep, spoken)).toEqual([])
    // The same search finds what may be there.
    const control = await leaksOf(skep, ['db_app_v1'])
    expect(control.some((where) => where.startsWith('skep.db'))).toBe(true)
    expect(control).toContain('the stream')
    for (const name of Object.keys((await skep.cluster()).services)) {
      await removeService(lab, skep, name)
    }
    await until(() => forget(lab, skep), {
      what: 'the secrets to be gone',
      timeout: 60_000,
    })
  })

  test('is created, rotated over its services, and kept while a rollback needs it', async ({
    lab,
    page,
    skep,
  }) => {
    await page.goto(pages.secrets())
    await page.getByRole('button', { name: 'New secret' }).click()
    const create = page.getByRole('dialog', { name: /new secret/i })
    await create.getByLabel('Name', { exact: true }).fill('db_app_v1')
    await create.getByRole('textbox', { name: /value/i }).fill(value('good'))
    await review(page, 'secret-create')
    await create.getByRole('button', { name: /^Create/ }).click()
    await until(async () => (await named(skep, 'secret', 'db_app_v1')) !== undefined, {
      what: 'the secret',
      timeout: 20_000,
    })
    await deploy(lab, skep, 'db_app_v1', 'api', 'worker')

    await rotate(page, 'db_app_v1', value('good'))
    await expect(verdict(page)).toContainText('db_app_v2')
    await expect(page.locator('[data-step="verify"][data-state="done"]')).toBeVisible({
      timeout: 120_000,
    })
    await review(page, 'rotation-verified')
    const { consumers, flags } = (await named(skep, 'secret', 'db_app_v1')) ?? {}
    expect(consumers?.map(({ service, roles }) => [service, roles])).toEqual([
      ['api', ['rollback-target']],
      ['worker', ['rollback-target']],
    ])
    expect(flags).toContain('only-rollback')

    await page.goto(pages.stored('secret', 'db_app_v1'))
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    const removal = page.getByRole('dialog')
    await expect(
      removal.locator('[data-check="in-use:db_app_v1:api:rollback-target"]'),
    ).toContainText('The rollback target of api names db_app_v1')
    await expect(removal.getByRole('button', { name: /^Remove/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await review(page, 'secret-removal-blocked')
  })

  test('stops at a service that cannot read the new value, and gives it the old one back', async ({
    lab,
    page,
    skep,
  }) => {
    await createStored(lab, 'secret', 'db_app_v1', value('good'))
    await deploy(lab, skep, 'db_app_v1', 'api', 'worker')
    await rotate(page, 'db_app_v1', value('bad'))
    // The swarm rolls it back by itself, as its failure action says.
    await expect(
      page.locator('[data-service="api"][data-state="rolled-back"]'),
    ).toBeVisible({ timeout: 120_000 })
    await expect(
      page.locator('[data-service="worker"][data-state="waiting"]'),
    ).toBeVisible()
    await review(page, 'rotation-stopped')
    await serviceIs(skep, 'api', 'rolled-back')
    const roles = (await named(skep, 'secret', 'db_app_v1'))?.consumers.map(
      (one) => one.roles,
    )
    expect(roles).toEqual([['current'], ['current']])
    await page.getByRole('button', { name: /leave it|abandon|end/i }).click()
    await until(async () => (await rotations(skep))[0]?.state === 'abandoned', {
      what: 'the rotation to end',
      timeout: 20_000,
    })
  })

  test('goes on being rotated after the console was killed between two services', async ({
    lab,
    page,
    skep,
  }) => {
    await createStored(lab, 'secret', 'db_app_v1', value('good'))
    await deploy(lab, skep, 'db_app_v1', 'api', 'worker')
    await rotate(page, 'db_app_v1', value('good'))
    await expect(page.locator('[data-service="api"][data-state="updating"]')).toBeVisible()
    await skep.stop('SIGKILL')
    await skep.start()
    await skep.ready()
    await until(async () => (await rotations(skep))[0]?.state === 'verified', {
      what: 'the rotation to be verified',
      timeout: 120_000,
    })
    const { consumers = [] } = (await rotations(skep))[0] ?? {}
    expect(consumers.map(({ state }) => state)).toEqual(['converged', 'converged'])
  })

  test('is created and rotated without a mouse', async ({ lab, page, skep }) => {
    await page.goto(pages.secrets())
    const opener = page.getByRole('button', { name: 'New secret' })
    await tabTo(page, opener)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(opener).toBeFocused()
    await expectFocusSeen(page)
    await page.keyboard.press('Enter')
    const create = page.getByRole('dialog', { name: /new secret/i })
    await expect(create.getByLabel('Name', { exact: true })).toBeFocused()
    await page.keyboard.type('db_app_v1')
    await tabTo(page, create.getByRole('textbox', { name: /value/i }))
    await page.keyboard.type(value('good'))
    await tabTo(page, create.getByRole('button', { name: /^Create/ }))
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/secrets\/db_app_v1/)
    await expect(verdict(page)).toBeFocused()
    await deploy(lab, skep, 'db_app_v1', 'api')

    const rotate = page.getByRole('button', { name: 'Rotate', exact: true })
    await tabTo(page, rotate)
    await page.keyboard.press('Space')
    const sheet = page.getByRole('dialog', { name: 'Rotate secret db_app_v1' })
    await tabTo(page, sheet.getByRole('textbox', { name: /value/i }))
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(rotate).toBeFocused()
    await expectFocusSeen(page)
    await page.keyboard.press('Space')
    await tabTo(page, sheet.getByRole('textbox', { name: /value/i }))
    await page.keyboard.type(value('good'))
    await tabTo(page, sheet.getByRole('button', { name: /^Create .* update 1 service/ }))
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/rotations\//)
    await expect(verdict(page)).toBeFocused()
    await expect(page.locator('[data-step="verify"][data-state="done"]')).toBeVisible({
      timeout: 120_000,
    })
  })

  async function deploy(lab: Lab, skep: Console, secret: string, ...names: string[]) {
    for (const name of names) {
      const options = [...reader.options, ...uses(secret)]
      await createService(lab, name, 2, { options, command: reader.command })
    }
    for (const name of names) await serviceIs(skep, name, 'converged')
  }
})

/** Rotates on the secret's own page, acknowledging what there is to acknowledge. */
async function rotate(page: Page, name: string, value: string): Promise<void> {
  await page.goto(pages.stored('secret', name))
  await page.getByRole('button', { name: 'Rotate', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: `Rotate secret ${name}` })
  await sheet.getByRole('textbox', { name: /value/i }).fill(value)
  const press = sheet.getByRole('button', { name: /^Create .* update 2 services/ })
  await expect(press).toBeVisible()
  await acknowledge(sheet)
  await press.click()
  await expect(page).toHaveURL(/\/rotations\//)
}
