import { randomUUID } from 'node:crypto'
import type { RotationPreview } from '@skep/shared/contract/rotation'
import type { StoredPreview } from '@skep/shared/contract/stored'
import { api } from '@skep/shared/paths'
import { formsOf } from '../server/src/value-forms.fixture.ts'
import { consentTo, post } from './commanding.ts'
import type { Console } from './console.ts'
import { type Ear, listen } from './ear.ts'
import { expect, test } from './fixtures.ts'
import { type Lab, until } from './lab/lab.ts'
import { expectKept } from './leaks.ts'
import { type Heard, heardBy, startLoad } from './load-client.ts'
import { dangling, watchReferences } from './reference-watch.ts'
import { createStored, forget, named, rotations } from './stored.ts'
import { createService, removeService, serviceIs, updateService } from './swarm.ts'

const network = 'app'
const names = ['accounts', 'billing', 'catalog', 'orders', 'search']

/**
 * What a service needs so that nobody hears of its update, where clients find its tasks by
 * DNS: a health check that asks the port, since a task is named as soon as it runs, and with
 * a check it does not run before that has passed; start-first, so that a name is never
 * without an address; and answers for as long as somebody may have asked for an address
 * before it was taken back. The engine takes it back two seconds before it sends SIGTERM
 * (moby daemon/cluster/executor/container/controller.go, defaultGossipConvergeDelay); these
 * tasks go on for two more, for nodes that hear of it late, and have ten to end.
 */
const careful = {
  options: [
    ...['--endpoint-mode', 'dnsrr', '--network', network, '--stop-grace-period', '10s'],
    ...['--update-order', 'start-first', '--update-failure-action', 'rollback'],
    ...['--update-monitor', '1s'],
    ...['--health-interval', '2s', '--health-retries', '3', '--health-cmd'],
    'grep -q "^v" /run/secrets/key && wget -q -O /dev/null http://127.0.0.1/',
    ...['--entrypoint', 'sh'],
  ],
  // Answers with the first word of its secret: which one it has, and nothing of the value.
  command: [
    '-c',
    `trap 'sleep 2; exit 0' TERM
    cut -d ' ' -f 1 /run/secrets/key >/www/index.html
    httpd -p 80 -h /www
    while :; do sleep 1000 & wait $!; done`,
  ],
}

/** One task, no health check, a slow start, ended before the next begins: it must be missed. */
const careless = {
  options: [
    ...['--endpoint-mode', 'dnsrr', '--network', network, '--entrypoint', 'sh'],
    ...['--update-order', 'stop-first'],
  ],
  command: [
    '-c',
    'echo up >/www/index.html; sleep 8; echo listening; exec httpd -f -p 80 -h /www',
  ],
}

test.describe('a secret of five services under load', () => {
  // Five rollouts one after the other: a minute and a half alone, and more beside another lab.
  test.describe.configure({ timeout: 480_000 })

  const values = [`v1 ${randomUUID()}`, `v2 ${randomUUID()}`] as const

  let ear: Ear
  test.beforeEach(({ skep }) => {
    ear = listen(skep)
  })

  test.afterEach(async ({ lab, skep }) => {
    await expectKept(skep, ear, { values, control: 'key_app_v1' })
    ear.close()
    for (const name of Object.keys((await skep.cluster()).services)) {
      await removeService(lab, skep, name)
    }
    await until(() => forget(lab, skep), { what: 'no secrets', timeout: 60_000 })
    // Refused while a task is still on it.
    await until(() => lab.docker('m1', 'network', 'rm', network), {
      what: 'the network to go',
      timeout: 60_000,
    })
  })

  test('is rotated without a failed request', async ({ lab, skep }) => {
    await lab.docker('m1', 'network', 'create', '--driver', 'overlay', network)
    await createStored(lab, 'secret', 'key_app_v1', values[0])
    await createService(lab, 'careless', 1, careless)
    for (const name of names) {
      const secret = ['--secret', 'source=key_app_v1,target=key,mode=0440']
      const options = [...careful.options, ...secret]
      await createService(lab, name, 3, { ...careful, options })
    }
    for (const name of [...names, 'careless']) await serviceIs(skep, name, 'converged')
    await until(() => isListening(lab), { what: 'the careless one', timeout: 30_000 })
    await startLoad(lab, network, [...names, 'careless'])
    const before = await heardSince(lab, null, 'v1', 20)

    const references = watchReferences(lab.socket('m1'))
    const startedAt = performance.now()
    const id = await rotate(skep, 'key_app_v1', values[1])
    await until(
      async () => {
        const one = (await rotations(skep)).find((rotation) => rotation.id === id)
        if (one?.state === 'verified') return true
        throw new Error(`${one?.state}: ${one?.sentence}`)
      },
      { what: 'the rotation to be verified', timeout: 330_000 },
    )
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    const during = await heardBy(lab)
    await until(async () => (await running(lab)) === names.length * 3, {
      what: 'the old tasks to be gone',
      timeout: 30_000,
    })
    const settled = await heardSince(lab, during, 'v2', 20)
    const after = await heardSince(lab, settled, 'v2', 40)

    expect(after.failures).toEqual([])
    for (const name of names) {
      // Old and new were asked meanwhile, and the new alone once the old had gone.
      expect(count(during, name, 'v1')).toBeGreaterThan(count(before, name, 'v1'))
      expect(count(during, name, 'v2')).toBeGreaterThan(0)
      expect(count(after, name, 'v1')).toBe(count(settled, name, 'v1'))
      expect(Object.keys(after.words[name] ?? {}).sort()).toEqual(['v1', 'v2'])
    }
    const requests = names.reduce(
      (sum, name) => sum + count(after, name, 'v1') + count(after, name, 'v2'),
      0,
    )
    console.log(
      `rotation under load: ${names.length} services × 3 tasks, ${requests} requests, ` +
        `0 failed, ${seconds} s; slowest answer ${after.slowest.toFixed(1)} s`,
    )

    await test.step('no spec ever named a secret that was not there', async () => {
      const { secrets, ...others } = await references.look()
      const { looks, found } = await references.stop()
      expect(found).toEqual([])
      expect(looks).toBeGreaterThan(seconds)
      // The same look finds them once the old one is taken away.
      const old = await named(skep, 'secret', 'key_app_v1')
      const rest = secrets.filter(({ ID }) => ID !== old?.id)
      expect(dangling({ ...others, secrets: rest }).sort()).toEqual(
        names.map((name) => `PreviousSpec of ${name}`),
      )
    })

    await test.step('the old one stays for the rollback', async () => {
      const held = (name: string, role: string) => [name, [role]]
      const roles = async (name: string) =>
        (await named(skep, 'secret', name))?.consumers
          .map((one) => [one.service, one.roles])
          .sort()
      expect(await roles('key_app_v2')).toEqual(names.map((one) => held(one, 'current')))
      expect(await roles('key_app_v1')).toEqual(
        names.map((one) => held(one, 'rollback-target')),
      )
      const path = api.rotationAct(id, 'retire')
      const preview = (await (await fetch(skep.url + path)).json()) as StoredPreview
      const { status, body } = await post(skep, path, consentTo(preview))
      const against = body.checks?.map((check) => check.id).sort()
      expect({ status, against }).toEqual({
        status: 422,
        against: names.map((name) => `in-use:key_app_v1:${name}:rollback-target`),
      })
      expect(await lab.docker('m1', 'secret', 'ls')).toContain('key_app_v1')
    })

    await test.step('the same load hears of a careless update', async () => {
      await updateService(lab, 'careless', '--force')
      await until(
        async () => {
          const told = (await heardBy(lab)).failures.join('\n')
          if (told.includes('bad address') && told.includes('refused')) return true
          throw new Error(told)
        },
        { what: 'requests that fail', timeout: 60_000 },
      )
      const { failures } = await heardBy(lab)
      expect(failures.filter((line) => !line.startsWith('careless '))).toEqual([])
    })
  })
})

/** Begins a rotation as our own page does, acknowledging every warning. */
async function rotate(skep: Console, name: string, value: string): Promise<string> {
  const path = api.storedRotate('secret', name)
  const preview = (await (await fetch(skep.url + path)).json()) as RotationPreview
  expect(preview.consumers.map(({ service }) => service).sort()).toEqual(names)
  const data = Buffer.from(value).toString('base64')
  const { status, body } = await post(skep, path, consentTo(preview, { data }))
  expect({ status, body }).toMatchObject({ status: 202 })
  const told = Buffer.from(JSON.stringify(body))
  expect(formsOf(value).filter((form) => told.includes(form))).toEqual([])
  return body.id
}

const count = (heard: Heard | null, name: string, word: string): number =>
  heard?.words[name]?.[word] ?? 0

/** Waits until each of the five has answered a word so many times more than before. */
const heardSince = (
  lab: Lab,
  before: Heard | null,
  word: string,
  more: number,
): Promise<Heard> =>
  until(
    async () => {
      const heard = await heardBy(lab)
      const grown = names.map(
        (name) => count(heard, name, word) - count(before, name, word),
      )
      if (grown.every((times) => times >= more)) return heard
      throw new Error(`${word} ${grown.join(', ')} times; ${heard.failures.join('; ')}`)
    },
    { what: `${more} answers of each`, timeout: 60_000, interval: 1_000 },
  )

const isListening = async (lab: Lab): Promise<boolean> =>
  (await lab.docker('m1', 'service', 'logs', '--raw', 'careless')).includes('listening')

/** How many tasks of the five there are in containers, whatever is wanted of them. */
async function running(lab: Lab): Promise<number> {
  const filters = JSON.stringify({
    service: Object.fromEntries(names.map((n) => [n, true])),
  })
  const path = `/tasks?filters=${encodeURIComponent(filters)}`
  const tasks = (await lab.api('m1', 'GET', path)) as { Status: { State: string } }[]
  return tasks.filter(({ Status }) => Status.State === 'running').length
}
