import { expect, onTestFinished, test } from 'vitest'
import { openWatch } from '../../watch.ts'
import { Client, service } from '../api/client.fixture.ts'
import { createNetwork } from '../network/networks.ts'
import type { Node } from '../store/objects.ts'

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

test('a manager without its cable tells nothing until it is back', async () => {
  const { simulator, open } = await feeds('m1', 'm2')
  const [one, other] = [await open('m1'), await open('m2')]
  const m1 = simulator.nodeId('m1')
  simulator.swarm.cutCable(m1)
  let isTold = false
  const told = one.next().finally(() => {
    isTold = true
  })
  createNetwork(simulator.swarm, { Name: 'meanwhile', Labels: {} })
  simulator.clock.advance(30_000)
  expect((await other.next()).value).toMatchObject({ kind: 'node' })
  expect(isTold).toBe(false)
  simulator.swarm.bringBack(m1)
  simulator.clock.advance(10_000)
  expect((await told).value).toMatchObject({ kind: 'node' })
})

test.each(['loses its power', 'leaves', 'is demoted'])(
  'the feed of a manager that %s ends, and no other begins',
  async (what) => {
    const { simulator, open } = await feeds('m2')
    const { swarm, clock } = simulator
    const m2 = simulator.nodeId('m2')
    const feed = await open('m2')
    if (what === 'leaves') swarm.leave(m2)
    else if (what === 'loses its power') swarm.losePower(m2)
    else swarm.store.update('node', m2, demoted)
    clock.advance(30_000)
    const reading = (async () => {
      while (!(await feed.next()).done);
    })()
    await expect(reading).rejects.toMatchObject({ kind: 'unreachable' })
    await expect(open('m2')).rejects.toMatchObject({ kind: 'unreachable' })
  },
)

test('a manager that asks for its key has no feed', async () => {
  const { simulator, open } = await feeds('m2')
  simulator.swarm.managers.lock(simulator.nodeId('m2'))
  await expect(open('m2')).rejects.toMatchObject({ kind: 'unreachable' })
})

test('a transaction may be larger than what may be left unread', async () => {
  const { simulator, open } = await feeds('m1')
  const feed = await open('m1')
  const { store } = simulator.swarm
  const [node] = store.nodes.values()
  store.commit(() => {
    for (let index = 0; index < 10_001; index += 1)
      store.update('node', node?.ID ?? '', (old) => ({ ...old, ID: old.ID }))
  })
  store.commit(() => store.update('node', node?.ID ?? '', (old) => ({ ...old })))
  for (let index = 0; index < 10_002; index += 1) {
    expect((await feed.next()).value).toMatchObject({ kind: 'node', id: node?.ID })
  }
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

const demoted = (node: Node): Node => ({ ...node, Spec: { ...node.Spec, Role: 'worker' } })

/** A swarm whose managers of these names serve a feed each, and how to open one. */
async function feeds(...hostnames: string[]) {
  const { simulator, socket } = await Client.open()
  const pathOf = (hostname: string) => `${socket}.${hostname}.control`
  for (const hostname of hostnames) {
    await simulator.openPushFeed(pathOf(hostname), simulator.nodeId(hostname))
  }
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const trustRoot = simulator.swarm.store.cluster.TLSInfo.TrustRoot
  const open = async (hostname: string) => {
    const { signal } = leaving
    const feed = await openWatch({ socketPath: pathOf(hostname), trustRoot, signal })
    return feed[Symbol.asyncIterator]()
  }
  return { simulator, open }
}
