import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { Operation } from '@skep/shared/contract/operation'
import { api, pages } from '@skep/shared/paths'
import type { Console } from './console.ts'
import { type Ear, listen } from './ear.ts'
import { expect, test } from './fixtures.ts'
import { type Lab, until } from './lab/lab.ts'
import { expectKept } from './leaks.ts'
import { expectFocusSeen, review, tabTo, verdict } from './page.ts'
import { dangling, watchReferences } from './reference-watch.ts'
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

  let ear: Ear
  test.beforeEach(({ skep, page }) => {
    ear = listen(skep, page)
  })

  test.afterEach(async ({ lab, skep }) => {
    await expectKept(skep, ear, { values: spoken, control: 'db_app_v1' })
    ear.close()
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
    await deploy(lab, skep, 'db_app_v1', ['api', 'worker'])

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
    await deploy(lab, skep, 'db_app_v1', ['api', 'worker'])
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

  test('stops where an update pauses, and a rollback from there mends that service', async ({
    lab,
    page,
    skep,
  }) => {
    await createStored(lab, 'secret', 'db_app_v1', value('good'))
    const pausing = {
      // The last word counts: one of its tasks is down for it, and nobody mends that.
      more: ['--update-failure-action', 'pause', '--update-order', 'stop-first'],
    }
    await deploy(lab, skep, 'db_app_v1', ['api', 'worker'], pausing)
    const references = watchReferences(lab.socket('m1'))
    await rotate(page, 'db_app_v1', value('bad'))
    const api = page.locator('[data-service="api"][data-state]')
    await expect(api).toHaveAttribute('data-state', 'failed', { timeout: 120_000 })
    await expect(api).toContainText('update paused')
    await expect(verdict(page)).toContainText('is stopped')
    await expect(page.getByText(/^Stopped: api did not take db_app_v2/)).toBeVisible()
    await serviceIs(skep, 'api', 'paused')
    await expect(page.locator('[data-service="worker"]')).toHaveAttribute(
      'data-state',
      'waiting',
    )

    await test.step('to go on says what that means, and is left', async () => {
      const goOn = page.getByRole('button', { name: 'Go on', exact: true })
      await tabTo(page, goOn)
      await page.keyboard.press('Enter')
      const sheet = page.getByRole('dialog', {
        name: 'Go on with the rotation of db_app_v1',
      })
      await expect(sheet.locator('[data-check="api:resumes-bad-update"]')).toBeVisible()
      await expect(
        sheet.locator('[data-check="api:overwrites-rollback-target"]'),
      ).toBeVisible()
      await expect(sheet.locator('[data-service]')).toHaveCount(2)
      await expect(
        sheet.getByRole('button', { name: /^Go on, update 2 services/ }),
      ).toHaveAttribute('aria-disabled', 'true')
      await review(page, 'rotation-go-on')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(goOn).toBeFocused()
    })

    await page.getByRole('button', { name: 'Roll back api', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Roll back api' })
    const press = sheet.getByRole('button', { name: /^Roll back api/ })
    await expect(press).toBeVisible()
    await expect(page).toHaveURL(/\?do=rollback&service=api/)
    await expect(sheet.locator('[data-path*="Secrets"]').first()).toContainText('db_app_v1')
    await expect(sheet.locator('[data-check="rotation-stays-stopped"]')).toBeVisible()
    await expect(sheet.getByText('docker service rollback api')).toBeVisible()
    await review(page, 'rotation-rollback')
    await acknowledge(sheet)
    await press.click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(api).toHaveAttribute('data-state', 'rolled-back', { timeout: 30_000 })
    await expect(api).toContainText(/Its rollback: Rolled back: /, { timeout: 90_000 })
    await review(page, 'rotation-rolled-back')
    await serviceIs(skep, 'api', 'rolled-back')
    const { running, desired } = (await skep.cluster()).services.api ?? {}
    expect({ running, desired }).toEqual({ running: 2, desired: 2 })

    await test.step('every spec and rollback target names what is there', async () => {
      expect(dangling(await references.look())).toEqual([])
      expect((await references.stop()).found).toEqual([])
      const roles = async (name: string) =>
        (await named(skep, 'secret', name))?.consumers.map((one) => [
          one.service,
          one.roles,
        ])
      // The last task that was made with the new one may be ending still.
      await expect.poll(() => roles('db_app_v2')).toEqual([['api', ['rollback-target']]])
      expect(await roles('db_app_v1')).toEqual([
        ['api', ['current']],
        ['worker', ['current']],
      ])
    })

    await page.goto(pages.journal())
    await expect(
      page.getByText(/Rotation of secret db_app_v1 to db_app_v2: rolls api back/).first(),
    ).toBeVisible()
  })

  test('goes on being rotated after the console was killed between two services', async ({
    lab,
    page,
    skep,
  }) => {
    await createStored(lab, 'secret', 'db_app_v1', value('good'))
    await deploy(lab, skep, 'db_app_v1', ['api', 'worker'])
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
    // One update each: any other write, also of the same spec, would have made the new one
    // the rollback target (swarmkit manager/controlapi/service.go, UpdateService).
    const idOf = async (name: string) => (await named(skep, 'secret', name))?.id
    const [old, next] = [await idOf('db_app_v1'), await idOf('db_app_v2')]
    expect(await namedBySpecs(lab)).toEqual({
      api: { now: [next], before: [old] },
      worker: { now: [next], before: [old] },
    })
    for (const { service, serviceId } of consumers) {
      const told = await fetch(`${skep.url}${api.operations()}?service=${service}`)
      const sent = ((await told.json()) as Operation[]).filter(
        ({ subject, acceptedAt }) => subject.id === serviceId && acceptedAt !== null,
      )
      // None where the console was killed before it heard the engine's answer.
      expect(sent.length).toBeLessThanOrEqual(1)
    }
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
    await deploy(lab, skep, 'db_app_v1', ['api'])

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

  async function deploy(
    lab: Lab,
    skep: Console,
    secret: string,
    names: readonly string[],
    { more = [] }: { more?: readonly string[] } = {},
  ) {
    for (const name of names) {
      const options = [...reader.options, ...more, ...uses(secret)]
      await createService(lab, name, 2, { options, command: reader.command })
    }
    for (const name of names) await serviceIs(skep, name, 'converged')
  }
})

type Spec = { TaskTemplate: { ContainerSpec: { Secrets?: { SecretID: string }[] } } }

/** The ids of the secrets that each service and its rollback target name, as the engine has it. */
async function namedBySpecs(lab: Lab) {
  const services = (await lab.api('m1', 'GET', '/services')) as {
    Spec: Spec & { Name: string }
    PreviousSpec?: Spec
  }[]
  const idsIn = (spec?: Spec) =>
    spec?.TaskTemplate.ContainerSpec.Secrets?.map(({ SecretID }) => SecretID)
  return Object.fromEntries(
    services.map(({ Spec, PreviousSpec }) => [
      Spec.Name,
      { now: idsIn(Spec), before: idsIn(PreviousSpec) },
    ]),
  )
}

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
