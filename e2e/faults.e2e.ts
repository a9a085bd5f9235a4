import { pages } from '@skep/shared/paths'
import { Console } from './console.ts'
import { expect, test } from './fixtures.ts'
import { type Lab, until } from './lab/lab.ts'
import {
  expectNothingSolid,
  expectSomethingSolid,
  openService,
  slots,
  verdict,
} from './page.ts'
import { createService, image, removeService, serviceIs, updateService } from './swarm.ts'

/** What goes wrong around a swarm, watched in the browser until it is right again. */
test.describe('faults', () => {
  test.describe.configure({ timeout: 360_000 })

  test.beforeEach(async ({ lab, skep }) => {
    await createService(lab, 'web', 4, { from: image('web', 'v1') })
    await serviceIs(skep, 'web', 'converged')
  })

  test.afterEach(async ({ lab, skep }) => {
    await lab.start('m1', 'm2', 'm3', 'w1', 'w2')
    await lab.heal('m1', 'm2', 'm3', 'w1', 'w2')
    await skep.ready()
    try {
      await everyNodeIsReady(skep, 90_000)
    } catch (error) {
      // Once in hundreds of power cuts an engine does not find back into its swarm, as it
      // says itself. The story is over: the next one needs the node, as an operator would.
      console.log(`${error}`, await lab.docker('m1', 'node', 'ls'))
      for (const node of await nodesAway(skep)) {
        console.log(node, (await lab.complaints(node)).slice(-20).join('\n'))
        await lab.kill(node)
        await lab.start(node)
      }
      await everyNodeIsReady(skep, 90_000)
    }
    await removeService(lab, skep, 'web')
  })

  test('a node loses power: its tasks are unknown, replacements appear', async ({
    lab,
    page,
    skep,
  }) => {
    const node = await nodeWithTask(skep, 'web')
    await openService(page, 'web', /web is converged/)
    await lab.kill(node)
    await page.goto(pages.node(node))
    await expect(verdict(page)).toHaveText(/down/i, { timeout: 40_000 })
    await page.goto(pages.service('web', 'tasks'))
    const lost = page
      .getByRole('row')
      .filter({ hasText: node })
      .filter({ hasText: /unknown/i })
    await expect(lost.first()).toBeVisible()
    await page.goto(pages.service('web'))
    await expect(verdict(page)).toHaveText(/web is converged/, { timeout: 60_000 })
    await expect(slots(page)).toHaveCount(4)
    await page.getByRole('link', { name: 'Now' }).click()
    await expect(page.getByText(`${node} is down`)).toBeVisible()
  })

  test('a cable is pulled: the containers run on, and nobody claims that they do', async ({
    lab,
    page,
    skep,
  }) => {
    const node = await nodeWithTask(skep, 'web')
    await page.goto(pages.nodes())
    await lab.cut(node)
    const row = page.getByRole('row').filter({ hasText: node })
    await expect(row.getByRole('cell', { name: 'Down' })).toBeVisible({ timeout: 40_000 })
    await openService(page, 'web', /web is/)
    await expect(verdict(page)).toHaveText(/web is converged/, { timeout: 60_000 })
    await lab.heal(node)
    await page.goto(pages.nodes())
    await expect(row.getByRole('cell', { name: 'Ready' })).toBeVisible({ timeout: 40_000 })
  })

  test('the leader goes away: the next one takes over, and no alarm is false', async ({
    lab,
    page,
    skep,
  }) => {
    const leader = await leadAwayFrom('m1', lab, skep)
    // Or it would lose tasks with the leader, which is an alarm, and a true one.
    await updateService(lab, 'web', '--constraint-add', 'node.role==worker')
    await serviceIs(skep, 'web', 'converged')
    await openService(page, 'web', /web is converged/)
    await lab.stop(leader.node)
    const alarms = new Set<string>()
    // What the engine itself calls down is no false alarm: a node whose agent tries again
    // too late is taken for lost by the new leader, and comes back by itself.
    const lost = new Set<string>()
    await until(
      async () => {
        for (const name of await nodesDown(lab)) lost.add(name)
        const { swarm, services, nodes, attention } = await skep.cluster()
        const others = Object.values(nodes).filter(({ id }) => id !== leader.id)
        for (const { name, status } of others) {
          if (status === 'down') alarms.add(`${name} down`)
        }
        const { verdict } = services.web?.convergence ?? {}
        if (verdict === 'down' || verdict === 'degraded') alarms.add(`web ${verdict}`)
        for (const { subject } of attention) {
          const isLeader = nodes[subject.name]?.id === leader.id
          const known = isLeader || subject.name === 'web' || subject.kind === 'swarm'
          if (!known) alarms.add(`attention to ${subject.name}`)
        }
        const settled = others.every(({ status }) => status === 'ready')
        const another = others.some(({ name }) => name === swarm.leader)
        return swarm.state === 'live' && another && settled
      },
      { what: 'another leader that every node has reported to', timeout: 60_000 },
    )
    const isFalse = (alarm: string) =>
      alarm.startsWith('web ')
        ? !['w1', 'w2'].some((worker) => lost.has(worker))
        : !alarm.split(' ').some((word) => lost.has(word))
    expect([...alarms].filter(isFalse)).toEqual([])
    await expect(page.getByRole('button', { name: /live/ })).toBeVisible()
  })

  test('quorum is lost: the sentence, nothing solid, and "caught up" when it is back', async ({
    lab,
    page,
  }) => {
    await openService(page, 'web', /web is converged/)
    await expectSomethingSolid(page)
    await lab.kill('m2', 'm3')
    await expect(page.getByText(/The swarm cannot accept changes/).first()).toBeVisible({
      timeout: 60_000,
    })
    await expectNothingSolid(page)
    await page.getByRole('link', { name: 'Now' }).click()
    await expect(verdict(page)).not.toHaveText(/converged/)
    await expectNothingSolid(page)
    await lab.start('m2', 'm3')
    await expect(page.getByText('Caught up.', { exact: true })).toBeVisible({
      timeout: 90_000,
    })
    await expectSomethingSolid(page)
  })

  test('the engine that the console talks to stops, and starts again', async ({
    lab,
    page,
  }) => {
    await openService(page, 'web', /web is converged/)
    await lab.stop('m1')
    await expect(page.getByText(/No answer from the engine/).first()).toBeVisible()
    await expectNothingSolid(page)
    await expect(slots(page)).toHaveCount(4)
    await lab.start('m1')
    await expect(page.getByText('Caught up.', { exact: true })).toBeVisible({
      timeout: 60_000,
    })
    await expect(verdict(page)).toHaveText(/web is converged/, { timeout: 60_000 })
    await expectSomethingSolid(page)
  })

  test('the console itself restarts under an open browser', async ({ page, skep }) => {
    await openService(page, 'web', /web is converged/)
    await skep.stop('SIGKILL')
    await expect(page.getByText(/No connection to the console/).first()).toBeVisible()
    await expectNothingSolid(page)
    await expect(slots(page)).toHaveCount(4)
    await skep.start()
    await expect(page.getByText('Caught up.', { exact: true })).toBeVisible({
      timeout: 40_000,
    })
    await expect(verdict(page)).toHaveText(/web is converged/)
    await expectSomethingSolid(page)
  })

  test('a manager that is asked goes away: the next one answers', async ({ lab, page }) => {
    const several = await Console.prepare({
      SKEP_DOCKER_HOSTS: ['m1', 'm2'].map((node) => `unix://${lab.socket(node)}`).join(),
      SKEP_WATCH_SOCKET: 'off',
    })
    await several.start()
    await several.ready()
    await page.goto(several.url + pages.service('web'))
    await expect(verdict(page)).toHaveText(/web is converged/)
    await lab.kill('m1')
    await until(async () => (await several.cluster()).swarm.endpoint.includes('/m2/'), {
      what: 'm2 to answer',
      timeout: 60_000,
    })
    await expect(page.getByRole('button', { name: /live/ })).toBeVisible()
    await several.stop()
  })
})

/**
 * Sees to it that another manager than this one leads, and answers which. It goes by ids: in
 * the race of an election an engine may write the host name of one node into the record of
 * another (moby#46167), which keeps it until it next registers.
 */
async function leadAwayFrom(manager: string, lab: Lab, skep: Console) {
  const { [manager]: here = '', ...others } = await managerIds(lab)
  const leads = async () => {
    const { nodes } = await skep.cluster()
    return Object.values(nodes).find((node) => node.manager?.leader)?.id
  }
  if ((await leads()) === here) {
    await lab.stop(manager)
    // Back before the others have voted, it may be voted for again.
    await anotherLeads(lab, here, Object.keys(others))
    await lab.start(manager)
    await skep.ready()
  }
  return until(
    async () => {
      const id = await leads()
      const node = Object.keys(others).find((other) => others[other] === id)
      if (node && id) return { node, id }
      throw new Error(`${id ?? 'nobody'} leads`)
    },
    { what: `another leader than ${manager}`, timeout: 60_000 },
  )
}

/** Waits until one of these managers knows of another leader than this. */
async function anotherLeads(lab: Lab, here: string, others: readonly string[]) {
  const format = '{{.ID}} {{.ManagerStatus}}'
  const [witness = ''] = others
  await until(
    async () => {
      const listed = await lab.docker(witness, 'node', 'ls', '--format', format)
      const line = listed.split('\n').find((row) => row.endsWith(' Leader'))
      return line && !line.startsWith(here)
    },
    { what: `${witness} to know of another leader`, timeout: 60_000 },
  )
}

/** The swarm's id of each manager of the lab, as its own engine says. */
async function managerIds(lab: Lab): Promise<Record<string, string>> {
  const format = '{{.Swarm.NodeID}}'
  const ids = ['m1', 'm2', 'm3'].map(
    async (node): Promise<[string, string]> => [
      node,
      (await lab.docker(node, 'info', '--format', format)).trim(),
    ],
  )
  return Object.fromEntries(await Promise.all(ids))
}

/** A worker that holds a task of this service, so that losing it costs no quorum. */
async function nodeWithTask(skep: Console, service: string): Promise<string> {
  const { services } = await skep.cluster()
  const nodes = services[service]?.slots.map(({ tasks: [task] }) => task?.node) ?? []
  const worker = nodes.find((node) => node === 'w1' || node === 'w2')
  if (!worker) throw new Error(`${service} has no task on a worker: ${nodes.join(', ')}`)
  return worker
}

/** Names of the nodes that the engine calls down; none while it cannot tell. */
async function nodesDown(lab: Lab): Promise<string[]> {
  const format = '{{.Hostname}} {{.Status}}'
  const lines = await lab.docker('m1', 'node', 'ls', '--format', format).catch(() => '')
  return lines.split('\n').flatMap((line) => {
    const [name = '', status] = line.split(' ')
    return status === 'Down' ? name : []
  })
}

/** Names of the nodes that are not ready, as the console knows. */
async function nodesAway(skep: Console): Promise<string[]> {
  const { nodes } = await skep.cluster()
  return Object.values(nodes).flatMap(({ name, status }) =>
    status === 'ready' ? [] : name,
  )
}

const everyNodeIsReady = (skep: Console, timeout: number): Promise<boolean> =>
  until(
    async () => {
      const away = await nodesAway(skep)
      if (away.length === 0) return true
      throw new Error(`not ready: ${away.join(', ')}`)
    },
    { what: 'every node to be ready', timeout },
  )
