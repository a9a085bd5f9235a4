import { describe, expect, test } from 'vitest'
import type { Network } from '../store/objects.ts'
import { Client, service } from './client.fixture.ts'

const NO_LEADER =
  "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online."
const NOT_A_MANAGER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager."

const networkOf = ({ simulator }: Client, name: string): Network | undefined =>
  simulator.swarm.store.networks.by('name', name)[0]

/** By its id. */
const pathOf = (client: Client, name: string) => `/networks/${networkOf(client, name)?.ID}`

const overlay = (client: Client, Name: string) =>
  client.ask('POST', '/networks/create', { Name, Driver: 'overlay' })

const notFound = (name: string) => [404, { message: `network ${name} not found` }]

/** These managers are gone. */
function without({ simulator }: Client, ...names: string[]): void {
  for (const name of names) simulator.swarm.losePower(simulator.nodeId(name))
}

/** After the server has had the time to begin with what it was asked. */
async function begun(): Promise<void> {
  for (let round = 0; round < 20; round++) await new Promise((next) => setImmediate(next))
}

describe('a worker', () => {
  test('neither tells of an overlay that it has not built, nor removes it', async () => {
    const client = await Client.open()
    const worker = await client.at('w1')
    await overlay(client, 'far')
    for (const method of ['GET', 'DELETE']) {
      expect(await worker.ask(method, '/networks/far')).toEqual(notFound('far'))
      const path = pathOf(client, 'far')
      expect(await worker.ask(method, path)).toMatchObject([404, {}])
    }
    expect(networkOf(client, 'far')).toBeDefined()
  })

  test('tells of those that it has built, and removes none of them', async () => {
    const client = await Client.open()
    const worker = await client.at('w1')
    await overlay(client, 'near')
    const TaskTemplate = { Networks: [{ Target: 'near' }] }
    const everywhere = service('web', { TaskTemplate, Mode: { Global: {} } })
    await client.send('POST', '/services/create', everywhere)
    client.pass(10)
    const refused = [503, { message: NOT_A_MANAGER }]
    for (const name of ['near', 'ingress']) {
      const [status, body] = await worker.ask('GET', `/networks/${name}`)
      expect([status, body]).toMatchObject([200, { Name: name }])
      expect(await worker.ask('DELETE', pathOf(client, name))).toEqual(refused)
    }
    expect(await worker.ask('DELETE', '/networks/near')).toEqual(refused)
    expect(await worker.ask('DELETE', '/networks/ingress')).toEqual(notFound('ingress'))
  })

  test('removes a network of its own', async () => {
    const client = await Client.open()
    const worker = await client.at('w1')
    await worker.ask('POST', '/networks/create', { Name: 'own' })
    expect(await worker.ask('DELETE', '/networks/own')).toEqual([204, null])
    expect((await worker.ask('DELETE', '/networks/bridge'))[0]).toBe(403)
  })
})

describe('without a quorum', () => {
  test('no network of the swarm is removed', async () => {
    const client = await Client.open({}, 'm2')
    const { simulator } = client
    await overlay(client, 'far')
    without(client, 'm1', 'm3')
    client.pass(21)
    for (const method of ['GET', 'DELETE']) {
      expect(await client.ask(method, '/networks/far')).toEqual(notFound('far'))
    }
    const refused = [500, { message: NO_LEADER }]
    expect(await client.ask('DELETE', pathOf(client, 'ingress'))).toEqual(refused)
    simulator.swarm.bringBack(simulator.nodeId('m3'))
    client.pass(20)
    expect(await client.ask('DELETE', '/networks/far')).toEqual([204, null])
  })

  test('a leader that does not know yet makes and removes none before it leads again', async () => {
    const client = await Client.open()
    await overlay(client, 'old')
    without(client, 'm2', 'm3')
    const asked = [client.ask('DELETE', '/networks/old'), overlay(client, 'new')]
    await begun()
    client.pass(15)
    const lost =
      'rpc error: code = Unknown desc = raft: failed to process the request: node lost leader status'
    for (const answer of asked) expect(await answer).toEqual([500, { message: lost }])
    const has = () => ['old', 'new'].map((name) => networkOf(client, name) !== undefined)
    expect(has()).toEqual([true, false])
    client.simulator.swarm.bringBack(client.simulator.nodeId('m2'))
    client.pass(20)
    expect(has()).toEqual([false, true])
  })
})

describe('the ingress network', () => {
  const published = (PublishMode: string) =>
    service('web', { EndpointSpec: { Ports: [{ TargetPort: 80, PublishMode }] } })

  test('stays as long as a service publishes a port by it', async () => {
    const client = await Client.open()
    const [, made] = await client.ask('POST', '/services/create', published('ingress'))
    const { ID } = made as { ID: string }
    expect(await client.ask('DELETE', '/networks/ingress')).toEqual([
      400,
      {
        message: `rpc error: code = FailedPrecondition desc = ingress network cannot be removed because service ${ID} depends on it`,
      },
    ])
    await client.ask('DELETE', '/services/web')
    expect(await client.ask('DELETE', '/networks/ingress')).toEqual([204, null])
  })

  test('is not needed for ports of the hosts', async () => {
    const client = await Client.open()
    await client.ask('POST', '/services/create', published('host'))
    expect(await client.ask('DELETE', '/networks/ingress')).toEqual([204, null])
  })
})
