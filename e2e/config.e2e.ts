import type { Locator, Page } from '@playwright/test'
import { pages } from '@skep/shared/paths'
import { first, second, third } from './config-versions.ts'
import type { Console } from './console.ts'
import { type Ear, listen } from './ear.ts'
import { expect, test } from './fixtures.ts'
import { type Lab, until } from './lab/lab.ts'
import { expectKept, leaksOf } from './leaks.ts'
import { picture, review, verdict } from './page.ts'
import { dangling, watchReferences } from './reference-watch.ts'
import { acknowledge } from './sheet.ts'
import { createStored, forget, named } from './stored.ts'
import { createService, removeService, serviceIs, updateService } from './swarm.ts'

/** A config that grows from version to version, read before anything restarts for it. */
test.describe('a config', () => {
  test.describe.configure({ timeout: 240_000 })

  let ear: Ear
  test.beforeEach(({ skep, page }) => {
    ear = listen(skep, page)
  })

  test.afterEach(async ({ lab, skep }) => {
    // A config is shown where it is asked for, and told nowhere else.
    const values = [first, second, third]
    const allowed = (where: string) => /\/content(?:\?|$)/.test(where)
    await expectKept(skep, ear, { values, allowed, control: 'shop_' })
    ear.close()
    for (const name of Object.keys((await skep.cluster()).services)) {
      await removeService(lab, skep, name)
    }
    await until(() => forget(lab, skep), {
      what: 'the configs to be gone',
      timeout: 60_000,
    })
  })

  test('is pasted, and compared with its next version line by line', async ({
    lab,
    page,
  }) => {
    await page.goto(pages.configs())
    await page.getByRole('button', { name: 'New config' }).click()
    const create = page.getByRole('dialog', { name: /new config/i })
    await create.getByLabel('Name', { exact: true }).fill('shop_nginx_v1')
    await create.getByRole('textbox', { name: /value|content/i }).focus()
    // In one piece, as something that is pasted.
    await page.keyboard.insertText(first)
    await review(page, 'config-create')
    await create.getByRole('button', { name: /^Create/ }).click()
    await expect(page.getByRole('region', { name: 'Content of shop_nginx_v1' })).toHaveText(
      /worker_processes/,
    )

    await createStored(lab, 'config', 'shop_nginx_v2', second)
    await page.goto(pages.stored('config', 'shop_nginx_v2'))
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption('shop_nginx_v1')
    await expect(
      page.getByText(
        '2 lines of shop_nginx_v1 are gone or changed, 2 lines of shop_nginx_v2 are new or changed.',
      ),
    ).toBeVisible()
    await expectLines(page, {
      changed: ['worker_processes 1;', 'worker_processes auto;'],
      removed: ['keepalive_timeout 65;'],
      added: ['gzip on;'],
    })
    await expect(page).toHaveURL(/with=shop_nginx_v1/)
    await page.getByRole('region', { name: 'Comparison' }).scrollIntoViewIfNeeded()
    await review(page, 'config-compared')
  })

  test('is rolled out from an edited copy, and goes once no rollback needs it', async ({
    lab,
    page,
    skep,
  }) => {
    await createStored(lab, 'config', 'shop_nginx_v1', first)
    await createStored(lab, 'config', 'shop_nginx_v2', second)
    await createService(lab, 'api', 2, { options: uses('shop_nginx_v2') })
    await createService(lab, 'worker', 1, { options: uses('shop_nginx_v2') })
    for (const name of ['api', 'worker']) await serviceIs(skep, name, 'converged')
    await page.goto(pages.stored('config', 'shop_nginx_v2'))
    await page.getByRole('button', { name: 'Rotate', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Rotate config shop_nginx_v2' })
    const copy = sheet.getByRole('textbox', { name: /content/i })
    await expect(copy).toHaveValue(second)
    await copy.fill(third)
    await expectLines(sheet, {
      changed: ['worker_connections 512;', 'worker_connections 2048;'],
      removed: [],
      added: [],
    })
    const press = sheet.getByRole('button', {
      name: 'Create shop_nginx_v3, update 2 services (restarts 3)',
    })
    await expect(press).toBeVisible()
    await sheet.getByRole('region', { name: 'Comparison' }).scrollIntoViewIfNeeded()
    await review(page, 'config-rotate')
    await acknowledge(sheet)
    const references = watchReferences(lab.socket('m1'))
    await press.click()
    await expect(page).toHaveURL(/\/rotations\//)
    await expect(page.locator('[data-step="verify"][data-state="done"]')).toBeVisible({
      timeout: 120_000,
    })
    await expect(verdict(page)).toContainText('shop_nginx_v2 → shop_nginx_v3')
    expect(await inContainers(lab, skep, 'api')).toEqual([third, third])
    expect(await inContainers(lab, skep, 'worker')).toEqual([third])
    expect(await consumersOf(skep, 'shop_nginx_v3')).toEqual([
      ['api', ['current'], [`${file} 0440`]],
      ['worker', ['current'], [`${file} 0440`]],
    ])

    const retire = page.getByRole('button', { name: 'Remove shop_nginx_v2' })
    await expect(retire).toHaveAttribute('aria-disabled', 'true')
    await expect(page.locator('[data-check="held-by-rollback-target"]')).toContainText(
      /^A rollback of api.* worker would bring back shop_nginx_v2/,
    )
    expect(await consumersOf(skep, 'shop_nginx_v2')).toEqual([
      ['api', ['rollback-target'], []],
      ['worker', ['rollback-target'], []],
    ])
    await review(page, 'config-retire-blocked')
    // What is watched for is found where the old one is taken away too early.
    const { configs, ...others } = await references.look()
    const old = await named(skep, 'config', 'shop_nginx_v2')
    const rest = configs.filter(({ ID }) => ID !== old?.id)
    expect(dangling({ ...others, configs: rest }).sort()).toEqual([
      'PreviousSpec of api',
      'PreviousSpec of worker',
    ])

    // Whatever an update changes: what a rollback returns to is the spec before it.
    for (const name of ['api', 'worker']) {
      await updateService(lab, name, '--label-add', 'round=2')
    }
    await expect(page.locator('[data-check="held-by-rollback-target"]')).toHaveCount(0, {
      timeout: 40_000,
    })
    await retire.click()
    const removal = page.getByRole('dialog', { name: 'Remove config shop_nginx_v2' })
    const remove = removal.getByRole('button', { name: 'Remove config shop_nginx_v2' })
    await expect(remove).toHaveAttribute('aria-disabled', 'true')
    await removal
      .locator('[data-check="rollback-window-open:shop_nginx_v2"]')
      .getByRole('checkbox')
      .check()
    await review(page, 'config-retire')
    await removal.getByRole('textbox').fill('shop_nginx_v2')
    await remove.click()
    await expect(page.locator('[data-step="retire"][data-state="done"]')).toContainText(
      'shop_nginx_v2 was removed',
    )
    expect(await held(lab)).toEqual(['shop_nginx_v1', 'shop_nginx_v3'])

    await page.goto(pages.stored('config', 'shop_nginx_v3'))
    await page.getByRole('button', { name: /^Remove old versions/ }).click()
    const prune = page.getByRole('dialog')
    await prune.getByRole('textbox', { name: /^Versions to keep/ }).fill('1')
    const go = prune.getByRole('button', { name: 'Remove 1 old version of shop_nginx' })
    await expect(go).toHaveAttribute('aria-disabled', 'true')
    await prune.getByRole('textbox').last().fill('shop_nginx')
    await go.click()
    await expect(page.getByRole('dialog', { name: 'Removed' })).toContainText(
      'shop_nginx_v1',
    )
    expect(await held(lab)).toEqual(['shop_nginx_v3'])
    // Nor did any spec ever name one that was gone, or yet to come.
    expect(dangling(await references.look())).toEqual([])
    const { looks, found } = await references.stop()
    expect(looks).toBeGreaterThan(0)
    expect(found).toEqual([])
  })

  test('with a credential in it is flagged, and masked until somebody asks', async ({
    lab,
    page,
    skep,
  }) => {
    await createStored(lab, 'config', 'shop_settings_v1', settings)
    await createStored(lab, 'config', 'shop_logo_v1', logo)
    await page.goto(pages.configs())
    const row = page.locator('[data-stored="shop_settings_v1"]')
    // On a phone it stands beneath the name, in a wide table in a column of its own.
    const flag = page.locator('[data-flag="credential-like"]').filter({ visible: true })
    await expect(row.locator(flag)).toBeVisible()
    await expect(flag).toHaveCount(1)
    await review(page, 'configs')

    await row.getByRole('link', { name: 'shop_settings_v1' }).click()
    const content = page.getByRole('region', { name: 'Content of shop_settings_v1' })
    await expect(content).toContainText('password: ••••••')
    await expect(content).toContainText('pool: 12')
    await expect(
      page.getByText('1 line that looks like a credential is kept back.'),
    ).toBeVisible()
    expect(await page.content()).not.toContain(credential)
    await review(page, 'config-masked')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(content).toContainText(`password: ${credential}`)
    await page.getByRole('button', { name: 'Hide', exact: true }).click()
    await expect(content).toContainText('password: ••••••')
    expect(await page.content()).not.toContain(credential)

    // A copy with the masks in it would store them.
    await page.getByRole('button', { name: 'Rotate', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Rotate config shop_settings_v1' })
    const copy = sheet.getByRole('textbox', { name: /content/i })
    await expect(copy).toHaveValue('')
    await review(page, 'config-rotate-masked')
    await sheet.getByRole('button', { name: 'Show and edit the content' }).click()
    await expect(copy).toHaveValue(settings)
    await page.goto(pages.journal())
    await expect(
      page.getByText('Show what is kept back of the config shop_settings_v1'),
    ).toHaveCount(2)

    await page.goto(pages.stored('config', 'shop_logo_v1'))
    await expect(page.getByText(`shop_logo_v1 is binary, ${logo.length} B.`)).toBeVisible()
    await picture(page, 'config-binary')
    await page.getByRole('button', { name: 'Rotate', exact: true }).click()
    await expect(
      page.getByRole('dialog').getByText(/is binary, .* it is replaced as a whole/),
    ).toBeVisible()
    const told = await leaksOf(skep, [credential], ear)
    // Nowhere but in the answer to who asked for it.
    expect(told.length).toBeGreaterThan(0)
    expect(told.filter((where) => !where.endsWith('?reveal=yes'))).toEqual([])
  })
})

const credential = 'tr0ub4dor-and-3'
const settings = `database:\n  user: shop\n  password: ${credential}\n  pool: 12\n`
/** The first bytes of a picture. */
const logo = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82)

const file = '/etc/nginx/nginx.conf'
const uses = (name: string) => ['--config', `source=${name},target=${file},mode=0440`]

/** The lines that a comparison shows, by how they differ; one that changed is two. */
async function expectLines(
  on: Page | Locator,
  lines: Record<'changed' | 'removed' | 'added', string[]>,
): Promise<void> {
  const comparison = on.getByRole('region', { name: 'Comparison' })
  for (const [kind, texts] of Object.entries(lines)) {
    await expect(comparison.locator(`[data-kind="${kind}"] code`)).toHaveText(texts)
  }
}

/** What the running containers of a service read. */
async function inContainers(lab: Lab, skep: Console, service: string): Promise<string[]> {
  const read: string[] = []
  for (const node of Object.keys((await skep.cluster()).nodes)) {
    const label = `label=com.docker.swarm.service.name=${service}`
    const ids = await lab.docker(node, 'ps', '--quiet', '--filter', label)
    for (const id of ids.split('\n').filter(Boolean)) {
      read.push(await lab.docker(node, 'exec', id, 'cat', file))
    }
  }
  return read
}

async function consumersOf(skep: Console, name: string) {
  const { consumers = [] } = (await named(skep, 'config', name)) ?? {}
  return consumers.map(({ service, roles, mounts }) => [
    service,
    roles,
    mounts.map(({ target, mode }) => `${target} ${mode}`),
  ])
}

/** The names of the configs, as the swarm itself tells. */
async function held(lab: Lab): Promise<string[]> {
  const configs = (await lab.api('m1', 'GET', '/configs')) as { Spec: { Name: string } }[]
  return configs.map(({ Spec }) => Spec.Name).sort()
}
