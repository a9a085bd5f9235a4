import { expect, test } from 'vitest'
import { z } from 'zod'
import { Client, service } from './client.fixture.ts'
import { lasting } from './container-status.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

// @see docker/go-units duration.go
test.each([
  [999, 'Less than a second'],
  [1_999, '1 second'],
  [59_999, '59 seconds'],
  [2 * minute - 1, 'About a minute'],
  [59 * minute, '59 minutes'],
  [1.49 * hour, 'About an hour'],
  [1.5 * hour, '2 hours'],
  [47 * hour, '47 hours'],
  [2 * day, '2 days'],
  [14 * day, '2 weeks'],
  [60 * day, '2 months'],
  [730 * day, '2 years'],
])('%d ms are called %s', (time, words) => {
  expect(lasting(time)).toBe(words)
})

const Listed = z.array(
  z.looseObject({ Image: z.string(), ImageID: z.string(), Status: z.string() }),
)

async function engineWith(ContainerSpec: object): Promise<Client> {
  const client = await Client.open()
  const [, placed] = await client.ask(
    'POST',
    '/services/create',
    service('web', { TaskTemplate: { ContainerSpec }, Mode: { Global: {} } }),
  )
  expect(placed).toHaveProperty('ID')
  return client
}

const listed = async (client: Client, query = '') =>
  Listed.parse((await client.ask('GET', `/containers/json${query}`))[1])

test('a container says how its health is where something checks it', async () => {
  const client = await engineWith({
    Image: 'alpine:3',
    Healthcheck: { Test: ['CMD', 'true'], Interval: 30e9 },
  })
  client.pass(20)
  expect((await listed(client))[0]?.Status).toMatch(/^Up \d+ seconds \(health: starting\)$/)
  client.pass(60)
  expect((await listed(client))[0]?.Status).toBe('Up About a minute (healthy)')
})

test('one that nothing checks says no more than how long it is up', async () => {
  const client = await engineWith({ Image: 'alpine:3' })
  client.pass(80)
  expect((await listed(client))[0]?.Status).toBe('Up About a minute')
})

test('one that has ended says how long ago', async () => {
  const client = await engineWith({ Image: 'demo/web:crash', Env: ['CRASH_AFTER=1'] })
  client.pass(20)
  const all = await listed(client, '?all=1')
  expect(all.map(({ Status }) => Status)).toContainEqual(
    expect.stringMatching(/^Exited \(\d+\) .+ ago$/),
  )
})

test('an image has an id, an age, a size; and a tag only where none asked by digest', async () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const client = await engineWith({ Image: 'alpine' })
  await client.ask(
    'POST',
    '/services/create',
    service('pinned', {
      TaskTemplate: { ContainerSpec: { Image: `hub.test/nginx:1@${digest}` } },
      Mode: { Global: {} },
    }),
  )
  client.pass(20)
  const [, images] = await client.ask('GET', '/images/json')
  const made = {
    Id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    Created: expect.any(Number),
    Size: expect.any(Number),
  }
  expect(images).toEqual([
    expect.objectContaining({ ...made, RepoTags: ['alpine:latest'] }),
    expect.objectContaining({
      ...made,
      RepoTags: [],
      RepoDigests: [`hub.test/nginx@${digest}`],
    }),
  ])
  const Images = z.array(z.looseObject({ Id: z.string(), Created: z.number() }))
  const [alpine, nginx] = Images.parse(images)
  expect(alpine?.Created).toBeGreaterThan(Date.UTC(2024, 0) / 1000)
  const ids = new Set((await listed(client)).map(({ ImageID }) => ImageID))
  expect(ids).toEqual(new Set([alpine?.Id, nginx?.Id]))
})
