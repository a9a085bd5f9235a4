import { expect, test } from 'vitest'
import { Client } from './client.fixture.ts'

/** What was told of networks until now. */
async function told(client: Client): Promise<string[]> {
  const until = client.simulator.clock.now / 1000
  const path = Client.filtered('/events', { type: ['network'] })
  const { text } = await client.send('GET', `${path}&since=0&until=${until}`)
  const lines = text.split('\n').filter((line) => line !== '')
  return lines
    .map((line) => JSON.parse(line))
    .map(({ Action, Actor, scope }) => `${Action} ${Actor.Attributes.name} ${scope}`)
}

test('networks of one engine alone are no events of the swarm', async () => {
  const client = await Client.open()
  await client.ask('POST', '/networks/create', { Name: 'own' })
  await client.ask('DELETE', '/networks/own')
  await client.ask('POST', '/networks/create', { Name: 'net', Driver: 'overlay' })
  client.pass(1)
  await client.ask('DELETE', '/networks/net')
  expect(await told(client)).toEqual([
    'create ingress swarm',
    'create net swarm',
    'update net swarm',
    'remove net swarm',
  ])
})

test('a worker hears of nothing, nor does a manager that has left', async () => {
  const client = await Client.open()
  const [m2, w1] = [await client.at('m2'), await client.at('w1')]
  expect(await told(w1)).toEqual([])
  expect(await told(m2)).toEqual(['create ingress swarm'])
  expect(await m2.ask('POST', '/swarm/leave?force=1')).toEqual([200, null])
  expect(await told(m2)).toEqual([])
})
