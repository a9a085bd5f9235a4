import { expect, test } from 'vitest'
import { Client, service } from './api/client.fixture.ts'

test('an error, as often as it is told to be', async () => {
  const client = await Client.open()
  client.simulator.faults.add({
    fault: { kind: 'error', status: 500, message: 'disk on fire' },
    path: /^\/nodes/,
    times: 2,
  })
  expect((await client.ask('GET', '/services'))[0]).toBe(200)
  expect(await client.ask('GET', '/nodes')).toEqual([500, { message: 'disk on fire' }])
  expect((await client.ask('GET', '/v1.41/nodes'))[0]).toBe(500)
  expect((await client.ask('GET', '/nodes'))[0]).toBe(200)
})

test('no answer at all, half of one, or one that is no JSON', async () => {
  const client = await Client.open()
  const { faults } = client.simulator
  const take = faults.add({ fault: { kind: 'drop' } })
  await expect(client.send('GET', '/nodes')).rejects.toMatchObject({ code: 'ECONNRESET' })
  take()
  faults.add({ fault: { kind: 'truncate', bytes: 100 }, times: 1 })
  await expect(client.send('GET', '/nodes')).rejects.toMatchObject({ code: 'ECONNRESET' })
  faults.add({ fault: { kind: 'garbage' }, times: 1, method: 'GET' })
  await expect(client.ask('GET', '/nodes')).rejects.toBeInstanceOf(SyntaxError)
  expect((await client.ask('GET', '/nodes'))[0]).toBe(200)
})

test('an answer breaks off where it is told to, and a shorter one does not', async () => {
  const client = await Client.open()
  const whole = await client.send('GET', '/nodes')
  const cutAfter = (bytes: number) =>
    client.simulator.faults.add({ fault: { kind: 'truncate', bytes }, times: 1 })
  cutAfter(whole.bytes.length + 1)
  expect((await client.send('GET', '/nodes')).text).toBe(whole.text)

  // A stream is written in many pieces: no byte of a later one may follow.
  await client.send('POST', '/services/create', service('talk'))
  client.pass(60)
  cutAfter(10)
  const stream = await client.begin('GET', '/services/talk/logs?stdout=1')
  const bytes: Buffer[] = []
  await expect(
    (async () => {
      for await (const chunk of stream) bytes.push(chunk)
    })(),
  ).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(Buffer.concat(bytes)).toHaveLength(10)
})

test('by chance, the same for the same seed', async () => {
  const results = await Promise.all(
    ['one', 'one', 'two'].map(async (seed) => {
      const client = await Client.open({ seed })
      client.simulator.faults.add({
        fault: { kind: 'error', status: 503, message: 'busy' },
        probability: 0.5,
      })
      let text = ''
      for (let call = 0; call < 24; call++) text += (await client.ask('GET', '/nodes'))[0]
      return text
    }),
  )
  expect(results[0]).toBe(results[1])
  expect(results[0]).not.toBe(results[2])
  expect(results[0]).toContain('200')
  expect(results[0]).toContain('503')
})

test('told and taken back at the door, whatever else goes wrong there', async () => {
  const client = await Client.open()
  const fault = { kind: 'error', status: 503, message: 'busy' }
  const told = (rule: object) => client.send('POST', '/simulator/faults', rule)
  expect((await told({ fault, method: 'GET', path: '/nodes', times: 1 })).status).toBe(204)
  expect((await client.ask('GET', '/services'))[0]).toBe(200)
  expect(await client.ask('GET', '/v1.41/nodes')).toEqual([503, { message: 'busy' }])
  expect((await client.ask('GET', '/nodes'))[0]).toBe(200)
  await told({ fault: { kind: 'drop' } })
  await expect(client.send('GET', '/nodes')).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect((await client.send('DELETE', '/simulator/faults')).status).toBe(204)
  expect((await client.ask('GET', '/nodes'))[0]).toBe(200)
  const bad = [
    {},
    { fault: { kind: 'fire' } },
    { fault, path: 'nodes' },
    { fault, times: 0 },
  ]
  for (const rule of bad) expect((await told(rule)).status).toBe(400)
})
