import { randomUUID } from 'node:crypto'
import { Operation } from '@skep/shared/contract/operation'
import { Preview } from '@skep/shared/contract/preview'
import { Problem } from '@skep/shared/contract/problem'
import { api } from '@skep/shared/paths'
import { command, consentTo, ended, look, send } from './commanding.ts'
import { Console } from './console.ts'
import { listen } from './ear.ts'
import { expect, test } from './fixtures.ts'
import type { Lab } from './lab/lab.ts'
import { expectKept } from './leaks.ts'
import { createService, image, removeService, serviceIs, updateService } from './swarm.ts'

/** What can be asked of a service, told by the real swarm and nobody's browser. */
test.describe('commands', () => {
  test.describe.configure({ timeout: 180_000 })

  test.beforeEach(async ({ lab, skep }) => {
    await createService(lab, 'web', 2, { from: image('web', 'v1') })
    await serviceIs(skep, 'web', 'converged')
  })
  test.afterEach(({ lab, skep }) => removeService(lab, skep, 'web'))

  test('each is previewed, accepted, and tracked to its observed end', async ({
    lab,
    skep,
  }) => {
    const done = [
      await command(skep, 'web', 'image', { image: image('web', 'v2') }).then(end),
      await command(skep, 'web', 'rollback').then(end),
      await command(skep, 'web', 'scale', { replicas: 3 }).then(end),
      await command(skep, 'web', 'settings', { parallelism: 2, monitor: 1000 }).then(end),
      await command(skep, 'web', 'restart').then(end),
      await command(skep, 'web', 'restore', { version: 2 }).then(end),
    ]
    expect(done.map(({ kind, state }) => [kind, state])).toEqual([
      ['image', 'converged'],
      ['rollback', 'converged'],
      ['scale', 'converged'],
      ['settings', 'converged'],
      ['restart', 'converged'],
      ['restore', 'converged'],
    ])
    const { Image } = await containerOf(lab, 'web')
    expect(Image).toMatch(/web:v2@sha256:/)

    const journal = await (await fetch(`${skep.url}${api.journal()}?service=web`)).json()
    const kinds = journal.entries.map(({ kind }: { kind: string }) => kind)
    expect(kinds.filter((kind: string) => kind === 'action')).toHaveLength(6)
    expect(kinds.filter((kind: string) => kind === 'outcome')).toHaveLength(6)

    async function end({ id }: Operation) {
      return Operation.parse(await ended(skep, id))
    }
  })

  test('an engine that would take a wrong thing is never asked', async ({ lab, skep }) => {
    const before = await versionOf(lab, 'web')
    const good = consentTo(await look(skep, 'web', 'scale', { replicas: 4 }))
    const attempts = [
      ['nosuch', 'scale', { ...good, replicas: 4 }, 404],
      ['web', 'scale', { ...good, replicas: -1 }, 400],
      ['web', 'scale', { ...good, replicas: 1e6 }, 400],
      ['web', 'scale', { ...good, replicas: 'many' }, 400],
      ['web', 'scale', { ...good, replicas: 1.5 }, 400],
      ['web', 'scale', { replicas: 4 }, 400],
      ['web', 'scale', { ...good, replicas: 4, basis: 'another' }, 409],
      ['web', 'scale', 'not json', 400],
      ['web', 'scale', { ...good, replicas: 4, more: 'x'.repeat(100_000) }, 413],
      ['web', 'image', { ...good, image: 'UPPER:case' }, 409],
      ['web', 'rollback', good, 409],
    ] as const
    for (const [service, kind, body, status] of attempts) {
      const answer = await send(skep, service, kind, body)
      expect([kind, body, answer.status]).toEqual([kind, body, status])
      expect(Problem.parse(answer.body).next).not.toBe('')
    }
    const bad = await look(skep, 'web', 'image', { image: 'UPPER:case' })
    const refused = await send(skep, 'web', 'image', {
      ...consentTo(bad),
      image: 'UPPER:case',
    })
    expect(refused).toMatchObject({ status: 422, body: { code: 'checks-open' } })
    expect(await versionOf(lab, 'web')).toBe(before)
  })

  test('a warning that was not ticked stands in the way', async ({ lab, skep }) => {
    await updateService(lab, 'web', '--image', image('web', 'nosuchtag'))
    await serviceIs(skep, 'web', 'paused')
    const preview = await look(skep, 'web', 'scale', { replicas: 4 })
    expect(preview.checks).toContainEqual(
      expect.objectContaining({ id: 'resumes-paused-update', level: 'warn' }),
    )
    const consent = { ...consentTo(preview, { replicas: 4 }), acknowledged: [] }
    expect(await send(skep, 'web', 'scale', consent)).toMatchObject({
      status: 422,
      body: { code: 'checks-open' },
    })
  })

  test('of two who act at once exactly one wins, a hundred times', async ({
    lab,
    skep,
  }) => {
    const second = await Console.prepare({ DOCKER_HOST: `unix://${lab.socket('m2')}` })
    await second.start()
    await second.ready()
    for (let race = 0; race < 100; race += 1) {
      // Half of the races are between two people at one console, half between two consoles.
      const rivals = race % 2 === 0 ? [skep, skep] : [skep, second]
      const told = { delay: 1000 + race }
      const consents = await Promise.all(
        rivals.map(async (one) =>
          consentTo(await look(one, 'web', 'settings', told), told),
        ),
      )
      const answers = await Promise.all(
        rivals.map((one, i) => send(one, 'web', 'settings', consents[i])),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 409])
      const loser = answers.find(({ status }) => status === 409)
      expect(loser?.body.code).toBe('preview-outdated')
      expect(Preview.parse(loser?.body.preview).basis).not.toBe('')
      expect(await delayOf(lab, 'web')).toBe(told.delay * 1e6)
    }
    await second.stop()
  })

  test('what its environment holds is told to nobody, and kept nowhere', async ({
    lab,
    skep,
  }) => {
    const ear = listen(skep)
    const value = `canary ${randomUUID()}`
    await updateService(lab, 'web', '--env-add', `PASSWORD=${value}`)
    await serviceIs(skep, 'web', 'converged')
    const { id } = await command(skep, 'web', 'scale', { replicas: 3 })
    expect(await ended(skep, id)).toMatchObject({ state: 'converged' })
    await command(skep, 'web', 'rollback').then(({ id }) => ended(skep, id))
    await expectKept(skep, ear, { values: [value], control: 'web' })
    ear.close()
  })

  test('the target of a rollback needs its secrets', async ({ lab, skep }) => {
    const ear = listen(skep)
    const value = `canary ${randomUUID()}`
    const Data = Buffer.from(value).toString('base64')
    await lab.api('m1', 'POST', '/secrets/create', { Name: 'short-lived', Data })
    await updateService(lab, 'web', '--secret-add', 'short-lived')
    await serviceIs(skep, 'web', 'converged')
    await updateService(lab, 'web', '--secret-rm', 'short-lived')
    await serviceIs(skep, 'web', 'converged')
    await lab.docker('m1', 'secret', 'rm', 'short-lived')
    const preview = await look(skep, 'web', 'rollback')
    expect(preview.checks).toContainEqual(
      expect.objectContaining({ id: 'target-secret-missing', level: 'block' }),
    )
    expect(await send(skep, 'web', 'rollback', consentTo(preview))).toMatchObject({
      status: 422,
      body: { code: 'checks-open' },
    })
    await expectKept(skep, ear, { values: [value], control: 'web' })
    ear.close()
  })

  test('a read-only console sends nothing, and a foreign page is not heard', async ({
    lab,
    skep,
  }) => {
    const reader = await Console.prepare({
      DOCKER_HOST: `unix://${lab.socket('m1')}`,
      SKEP_READ_ONLY: 'yes',
    })
    await reader.start()
    await reader.ready()
    const before = await versionOf(lab, 'web')
    const preview = await look(reader, 'web', 'restart')
    expect(preview.checks[0]).toMatchObject({ id: 'read-only', level: 'block' })
    expect(await send(reader, 'web', 'restart', consentTo(preview))).toMatchObject({
      status: 422,
    })
    await reader.stop()

    const own = consentTo(await look(skep, 'web', 'restart'))
    const url = skep.url + api.serviceCommand('web', 'restart')
    const json = { 'content-type': 'application/json' }
    for (const headers of [
      json,
      { ...json, origin: 'https://elsewhere.example' },
      { ...json, 'sec-fetch-site': 'cross-site' },
      { 'content-type': 'text/plain', origin: skep.url },
    ]) {
      const answer = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify(own),
      })
      expect([403, 415]).toContain(answer.status)
    }
    expect(await versionOf(lab, 'web')).toBe(before)
  })
})

type Inspected = {
  Version: { Index: number }
  Spec: {
    UpdateConfig: { Delay: number }
    TaskTemplate: { ContainerSpec: { Image: string } }
  }
}

const inspected = async (lab: Lab, name: string) =>
  (await lab.api('m1', 'GET', `/services/${name}`)) as Inspected // the Engine API's answer

const versionOf = async (lab: Lab, name: string) =>
  (await inspected(lab, name)).Version.Index

const delayOf = async (lab: Lab, name: string) =>
  (await inspected(lab, name)).Spec.UpdateConfig.Delay

const containerOf = async (lab: Lab, name: string) =>
  (await inspected(lab, name)).Spec.TaskTemplate.ContainerSpec
