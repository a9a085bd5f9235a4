import { expect, test } from 'vitest'
import { openWatch } from '../../watch.ts'
import { Client, service } from '../api/client.fixture.ts'

test('tasks, services and nodes that change, to whoever trusts the swarm', async () => {
  const client = await Client.open()
  const { simulator } = client
  const socketPath = `${client.socket}.control`
  await simulator.openPushFeed(socketPath)
  const { TrustRoot } = simulator.swarm.store.cluster.TLSInfo
  const leaving = new AbortController()
  const feed = await openWatch({ socketPath, trustRoot: TrustRoot, signal: leaving.signal })
  await client.send('POST', '/services/create', service('web'))
  await client.send('POST', '/secrets/create', { Name: 'x', Data: 'eA==' })
  client.pass(5)
  const { store } = simulator.swarm
  const [web] = store.services.by('name', 'web')
  const [task] = store.tasks.by('service', web?.ID ?? '')
  const seen: string[] = []
  for await (const { kind, action, id, serviceId } of feed) {
    seen.push(`${kind} ${action}`)
    expect(id).toBe(kind === 'task' ? task?.ID : web?.ID)
    expect(serviceId).toBe(kind === 'task' ? web?.ID : null)
    if (seen.length === 5) leaving.abort()
  }
  expect(seen.slice(0, 3)).toEqual(['service create', 'task create', 'task update'])
})

test('a manager without power or key tells nobody, one without its cable when it is back', async () => {
  const client = await Client.open()
  const { simulator } = client
  const { swarm } = simulator
  const socketPath = `${client.socket}.control`
  await simulator.openPushFeed(socketPath)
  const { TrustRoot } = swarm.store.cluster.TLSInfo
  const { signal } = new AbortController()
  const open = () => openWatch({ socketPath, trustRoot: TrustRoot, signal })
  const m1 = simulator.nodeId('m1')

  const feed = await open()
  const changes = feed[Symbol.asyncIterator]()
  swarm.cutCable(m1)
  client.pass(20)
  swarm.bringBack(m1)
  client.pass(5)
  const { value: change } = await changes.next()
  expect(change).toMatchObject({ kind: 'node' })

  swarm.losePower(m1)
  await expect(
    (async () => {
      while (!(await changes.next()).done);
      await open()
    })(),
  ).rejects.toMatchObject({ kind: 'unreachable' })
})

test('ends when the manager does', async () => {
  const client = await Client.open()
  const socketPath = `${client.socket}.control`
  const door = await client.simulator.openPushFeed(socketPath)
  const { TrustRoot } = client.simulator.swarm.store.cluster.TLSInfo
  const { signal } = new AbortController()
  const feed = await openWatch({ socketPath, trustRoot: TrustRoot, signal })
  const reading = (async () => {
    for await (const _ of feed);
  })()
  await door.close()
  await expect(reading).rejects.toMatchObject({ kind: 'unreachable' })
})
