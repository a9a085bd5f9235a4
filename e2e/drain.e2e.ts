import type { Locator } from '@playwright/test'
import { pages } from '@skep/shared/paths'
import type { Console } from './console.ts'
import { forgetData, makeFolder, written } from './data.ts'
import { expect, test } from './fixtures.ts'
import { until } from './lab/lab.ts'
import { picture, review, verdict } from './page.ts'
import { commit } from './sheet.ts'
import { createJob, createService, image, removeService, serviceIs } from './swarm.ts'

/** A node with data on it is taken out of service, and nothing is lost that was not told of. */
test.describe('a node that holds data', () => {
  test.describe.configure({ timeout: 240_000 })

  const onW1 = ['--constraint', 'node.hostname==w1']
  const volume = (name: string) => ['--mount', `type=volume,source=${name},target=/data`]
  const store = { from: image('store', 'v1') }

  test.beforeEach(async ({ lab, skep }) => {
    const options = [...onW1, ...volume('pgdata'), '--env', 'BEAT=1']
    await createService(lab, 'pg', 1, { ...store, options })
    await serviceIs(skep, 'pg', 'converged')
    await until(() => written(lab, 'w1', 'pgdata'), {
      what: 'pg to have written something',
      timeout: 30_000,
    })
  })

  test.afterEach(async ({ lab, skep }) => {
    await lab.docker('m1', 'node', 'update', '--availability', 'active', 'w1')
    for (const name of Object.keys((await skep.cluster()).services)) {
      await removeService(lab, skep, name)
    }
    await forgetData(lab)
  })

  test('is drained the guided way, and the data is still there', async ({ lab, page }) => {
    const first = await written(lab, 'w1', 'pgdata')
    await page.goto(pages.node('w1'))
    await page.getByRole('button', { name: 'Drain', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Drain w1' })
    await expect(sheet.locator('[data-group="waits"]')).toContainText('pg')
    const press = sheet.getByRole('button', { name: /^Drain w1 \(waits 1\)/ })
    for (const box of await sheet.getByRole('checkbox').all()) await box.check()
    // The service would be down: without the name typed nothing is sent.
    await expect(press).toHaveAttribute('aria-disabled', 'true')
    await review(page, 'drain-preview')
    await sheet.getByRole('button', { name: 'Do it in this order' }).click()

    const steps = page.getByRole('list', { name: 'Maintenance of w1' })
    const now = (step: string) =>
      expect(steps.locator(`[data-step="${step}"][data-state="current"]`)).toBeVisible({
        timeout: 60_000,
      })
    await now('stop')
    await steps.getByRole('button', { name: 'Scale pg to 0' }).click()
    await commit(page, /^Scale pg to 0/, 'pg')
    await now('drain')
    await steps.getByRole('button', { name: 'Drain w1' }).click()
    await commit(page, /^Drain w1/)
    await now('work')
    await review(page, 'maintenance')
    await tick(steps, 'The work is done')
    await now('activate')
    await steps.getByRole('button', { name: 'Activate w1' }).click()
    await commit(page, /^Activate w1/)
    await now('start')
    await steps.getByRole('button', { name: 'Scale pg to 1' }).click()
    await commit(page, /^Scale pg to 1/)
    await now('verify')
    expect(await written(lab, 'w1', 'pgdata')).toContain(first)
    await tick(steps, 'The data of pg is there')
    await page.getByRole('button', { name: 'Finish the maintenance' }).click()
    const evidence = page.getByRole('link', { name: 'Its evidence' })
    await expect(evidence).toBeVisible()
    const text = await (
      await page.request.get((await evidence.getAttribute('href')) ?? '')
    ).text()
    expect(text).toContain('| Drain w1 | done |')
  })

  test('starts empty elsewhere when nothing pins it: told before, and known after', async ({
    lab,
    page,
    skep,
  }) => {
    const options = ['--constraint', 'node.role==worker', ...volume('cache-data')]
    await createService(lab, 'queue', 1, { ...store, options })
    await serviceIs(skep, 'queue', 'converged')
    const home = (await skep.cluster()).services.queue?.slots[0]?.tasks[0]?.node ?? ''
    const other = home === 'w1' ? 'w2' : 'w1'
    await until(() => written(lab, home, 'cache-data'), {
      what: 'queue to have written something',
      timeout: 30_000,
    })
    await page.goto(pages.node(home))
    await page.getByRole('button', { name: 'Drain', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: `Drain ${home}` })
    await expect(sheet.locator('[data-group="data"]')).toContainText('queue')
    await expect(sheet.getByText(/starts empty/i).first()).toBeVisible()
    await review(page, 'drain-starts-empty')
    await commit(page, new RegExp(`^Drain ${home}`), home)
    await expect(page.getByText(/drained/i).first()).toBeVisible()
    await serviceIs(skep, 'queue', 'converged')

    await page.goto(pages.stateful())
    const row = page.getByRole('row').filter({ hasText: 'queue' })
    await expect(row).toContainText(/starts empty|misplaced/i)
    await review(page, 'stateful')
    await page.goto(`${pages.service('queue')}#state`)
    await expect(
      page.getByText(
        new RegExp(
          `^cache-data lived on ${home} until .+, now on ${other}: probably empty there`,
        ),
      ),
    ).toBeVisible()
    await page.goto(pages.now())
    await expect(page.getByText(/queue/).first()).toBeVisible()
    await picture(page, 'misplaced')
    await lab.docker('m1', 'node', 'update', '--availability', 'active', home)
  })

  test('has a folder of a volume that no other has: told before, and so it is', async ({
    lab,
    page,
    skep,
  }) => {
    await makeFolder(lab, 'w1', 'shared', 'app')
    await lab.docker('m1', 'node', 'update', '--availability', 'pause', 'w2')
    const mount = 'type=volume,source=shared,target=/data,volume-subpath=app'
    await createService(lab, 'part', 1, {
      options: ['--constraint', 'node.role==worker', '--mount', mount],
    })
    await serviceIs(skep, 'part', 'converged')
    await lab.docker('m1', 'node', 'update', '--availability', 'active', 'w2')

    await page.goto(`${pages.service('part')}#state`)
    await expect(page.getByText('of it the folder app')).toBeVisible()
    await page.goto(pages.node('w1'))
    await page.getByRole('button', { name: 'Drain', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Drain w1' })
    await expect(sheet.locator('[data-group="fails"]')).toContainText('shared:app')
    await review(page, 'drain-subpath')
    await commit(page, /^Drain w1/, 'w1')
    const tasks = await until(
      async () => {
        const found = await lab.docker('m1', 'service', 'ps', '--no-trunc', 'part')
        return found.includes('Failed') ? found : null
      },
      { what: 'the task of part to fail on w2', timeout: 60_000 },
    )
    expect(tasks).toMatch(
      /w2 .*Failed .*starting container failed: cannot access path .*app/,
    )
  })

  test('loses exactly the announced tasks with a label', async ({ lab, page, skep }) => {
    await lab.docker('m1', 'node', 'update', '--label-add', 'disk=ssd', 'w1')
    await createService(lab, 'fast', 2, {
      options: ['--constraint', 'node.labels.disk==ssd'],
    })
    await createService(lab, 'plain', 2, { options: onW1 })
    await createJob(lab, 'migrate', '--constraint', 'node.labels.disk==ssd')
    await serviceIs(skep, 'fast', 'converged')
    await serviceIs(skep, 'plain', 'converged')
    await serviceIs(skep, 'migrate', 'complete')
    const before = await tasksOn(skep, 'w1')
    await page.goto(pages.node('w1'))
    await page.getByRole('button', { name: 'Labels', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Label w1' })
    await sheet.getByRole('button', { name: /remove.*disk/i }).click()
    await expect(
      sheet.getByRole('button', { name: /^Label w1 \(evicts 3\)/ }),
    ).toBeVisible()
    await expect(sheet.locator('[data-check="finished-jobs"]')).toContainText(
      '1 task of a job had finished',
    )
    await review(page, 'label-removal')
    await commit(page, /^Label w1 \(evicts 3\)/, 'w1')
    await until(async () => (await tasksOn(skep, 'w1')).length === before.length - 2, {
      what: 'two tasks to be evicted',
      timeout: 60_000,
    })
    const left = await tasksOn(skep, 'w1')
    const gone = before.filter(({ id }) => !left.some((one) => one.id === id))
    expect(gone.map(({ service }) => service)).toEqual(['fast', 'fast'])
    await until(
      async () =>
        (await skep.cluster()).services.migrate?.convergence.verdict !== 'complete',
      { what: 'the finished job to run again, as was said', timeout: 30_000 },
    )
  })
})

test('a demotion that would cost the quorum is refused, with the arithmetic', async ({
  lab,
  page,
  skep,
}) => {
  test.setTimeout(240_000)
  await lab.kill('m3')
  try {
    await until(async () => (await skep.cluster()).swarm.managers.reachable === 2, {
      what: 'm3 to be missed',
      timeout: 60_000,
    })
    await page.goto(pages.node('m2'))
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Demote' }).click()
    const sheet = page.getByRole('dialog', { name: 'Demote m2' })
    await expect(sheet.locator('[data-check="breaks-quorum"]')).toContainText(
      '2 of 3 managers are reachable. Without m2 1 of 2 are, and 2 are needed',
    )
    await expect(sheet.getByRole('button', { name: /^Demote m2/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await review(page, 'demotion-blocked')
  } finally {
    await lab.start('m3')
    await until(
      async () =>
        Object.values((await skep.cluster()).nodes).every(
          ({ status }) => status === 'ready',
        ),
      { what: 'every node to be ready', timeout: 90_000 },
    )
  }
  await page.goto(pages.now())
  await expect(verdict(page)).toBeVisible()
})

/** A tick is the server's to keep: it shows when it is written down. */
async function tick(steps: Locator, what: string): Promise<void> {
  const box = steps.getByRole('checkbox', { name: what })
  await box.click()
  await expect(box).toBeChecked()
}

/** The live tasks on a node, as the console tells. */
async function tasksOn(skep: Console, node: string) {
  const { services } = await skep.cluster()
  return Object.values(services).flatMap(({ name, slots }) =>
    slots.flatMap(({ tasks }) =>
      tasks
        .filter((task) => task.node === node && task.state === 'running')
        .map(({ id }) => ({ id, service: name })),
    ),
  )
}
