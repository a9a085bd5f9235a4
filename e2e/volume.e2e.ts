import type { VolumeList } from '@skep/shared/contract/volume'
import { api, pages } from '@skep/shared/paths'
import { Console } from './console.ts'
import { forgetData, written } from './data.ts'
import { expect, test } from './fixtures.ts'
import { type Lab, until } from './lab/lab.ts'
import { review } from './page.ts'
import { commit } from './sheet.ts'
import { createService, image, removeService, serviceIs, updateService } from './swarm.ts'

/** Data that stays behind when its task moves, and a console that remembers where. */
test.describe('a volume', () => {
  test.describe.configure({ timeout: 240_000 })

  test.beforeEach(async ({ lab }) => {
    // Of a task that is gone the swarm tells nothing: what is told then was remembered.
    await lab.docker('m1', 'swarm', 'update', '--task-history-limit', '0')
  })

  test.afterEach(async ({ lab, skep }) => {
    await lab.docker('m1', 'swarm', 'update', '--task-history-limit', '5')
    await lab.docker('m1', 'node', 'update', '--availability', 'active', 'w1')
    await lab.docker('m1', 'node', 'update', '--availability', 'active', 'w2')
    for (const name of Object.keys((await skep.cluster()).services)) {
      await removeService(lab, skep, name)
    }
    await forgetData(lab)
  })

  test('is followed through a drain, and over a restart of the console', async ({
    lab,
    page,
    skep,
  }) => {
    await lab.docker('m1', 'volume', 'create', 'left-behind')
    await lab.docker('m1', 'node', 'update', '--availability', 'pause', 'w2')
    await createService(lab, 'queue', 1, {
      from: image('store', 'v1'),
      options: [
        ...['--constraint', 'node.role==worker', '--env', 'BEAT=1'],
        ...['--mount', 'type=volume,source=queue-data,target=/data'],
      ],
    })
    await serviceIs(skep, 'queue', 'converged')
    await until(() => written(lab, 'w1', 'queue-data'), {
      what: 'queue to have written something',
      timeout: 30_000,
    })
    await lab.docker('m1', 'node', 'update', '--availability', 'active', 'w2')

    await page.goto(pages.volumes())
    const notAsked = page.getByText(
      'm2, m3, w1, w2 were not asked: sizes and orphaned copies there are not known.',
    )
    const row = page.getByRole('row').filter({ hasText: 'queue-data' })
    // On a phone it stands beneath the name, in a wide table in a column of its own.
    const risk = (id: string) =>
      row.locator(`[data-risk="${id}"]`).filter({ visible: true })
    const place = (node: string) => row.locator(`[data-place="${node}"]`)
    await expect(notAsked).toBeVisible()
    await expect(place('w1')).toHaveText(/^w1 in use for .*, not asked$/)
    await expect(place('w2')).toHaveCount(0)
    await expect(row).toContainText('each node its own, driver local')
    await expect(row.getByRole('link', { name: 'queue', exact: true })).toBeVisible()
    await expect(row).toContainText('1 running, at /data')
    await expect(risk('unpinned')).toContainText(
      'The constraints of queue allow 2 nodes: on another one it starts empty.',
    )
    // Of the manager that answers, what no spec names is known as well.
    const orphan = page.getByRole('row').filter({ hasText: 'left-behind' })
    await expect(orphan.locator('[data-place="m1"]')).toBeVisible()
    await expect(orphan).toContainText('no service')
    await review(page, 'volumes')

    // A restart moves a task as a drain does.
    await page.goto(`${pages.service('queue')}?do=restart`)
    const restart = page.getByRole('dialog', { name: 'Restart queue' })
    await expect(restart.locator('[data-check="may-start-empty"]')).toContainText(
      'it may start on w2 as well',
    )
    await expect(restart.getByRole('textbox', { name: 'Type queue' })).toBeVisible()
    await review(page, 'restart-may-start-empty')

    await page.goto(pages.node('w1'))
    await page.getByRole('button', { name: 'Drain', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: 'Drain w1' })
    await expect(sheet.locator('[data-group="data"]')).toContainText('queue')
    await commit(page, /^Drain w1/, 'w1')
    await serviceIs(skep, 'queue', 'converged')
    const before = await written(lab, 'w1', 'queue-data')
    const after = await until(() => written(lab, 'w2', 'queue-data'), {
      what: 'queue to write on w2',
      timeout: 30_000,
    })
    expect(after).not.toContain(before?.split('\n')[0])
    // The history of a slot is cut when a task comes to it, and not when one ends.
    await updateService(lab, 'queue', '--force')
    await until(async () => (await tasksOnW1(lab)) === '', {
      what: 'the swarm to forget the task on w1',
      timeout: 30_000,
    })
    await serviceIs(skep, 'queue', 'converged')

    const moved = async () => {
      await page.goto(pages.volumes())
      await expect(place('w1')).toHaveText(/^w1 last in use .* ago, not asked$/)
      await expect(place('w2')).toHaveText(
        /^w2 in use for .*, not asked.*probably empty there$/,
      )
      await row
        .getByText(/more risks?$/)
        .filter({ visible: true })
        .click()
      await expect(risk('old-copies')).toContainText(
        'w1 may still have an older copy: data that was written there is not where it runs now.',
      )
      await expect(row.getByRole('link', { name: 'queue', exact: true })).toBeVisible()
      await expect(notAsked).toBeVisible()
    }
    await moved()
    await review(page, 'volumes-moved')
    await skep.stop()
    await skep.start()
    await skep.ready()
    await moved()
    // Nobody who was not there could tell.
    expect(await seenByNewcomer(lab, 'queue-data')).toEqual(['w2'])
  })
})

const tasksOnW1 = (lab: Lab): Promise<string> =>
  lab.docker('m1', 'service', 'ps', '--quiet', '--filter', 'node=w1', 'queue')

/** Where a console that begins now, and remembers nothing, finds the data of a volume. */
async function seenByNewcomer(lab: Lab, volume: string): Promise<string[]> {
  const newcomer = await Console.prepare({
    DOCKER_HOST: `unix://${lab.socket('m1')}`,
    SKEP_WATCH_SOCKET: 'off',
  })
  await newcomer.start()
  try {
    await newcomer.ready()
    const answer = await fetch(newcomer.url + api.volumes())
    const { items } = (await answer.json()) as VolumeList
    const found = items.find(({ name }) => name === volume)
    return found?.places.map(({ node }) => node) ?? []
  } finally {
    await newcomer.stop()
  }
}
