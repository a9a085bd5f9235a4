import { describe, expect, test } from 'vitest'
import { Client, service } from '../api/client.fixture.ts'
import { Story } from '../story.fixture.ts'
import { checkRole } from './roles.ts'

const NO_LEADER =
  "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online."

const leaderOf = (story: Story) => story.swarm.managers.leader
const states = (story: Story) =>
  Object.fromEntries(
    [...story.swarm.store.nodes.values()].map((n) => [
      n.Description.Hostname,
      n.Status.State,
    ]),
  )

describe('a leader that loses power', () => {
  test('is followed by another after ten seconds; all nodes are unknown, then ready', () => {
    const story = new Story()
    story.create('web', { Mode: { Replicated: { Replicas: 5 } } })
    story.until(() => story.running('web').length === 5)
    story.swarm.losePower(story.node('m1').ID)
    expect(leaderOf(story)).toBeNull()
    const took = story.until(() => leaderOf(story) !== null)
    expect(took).toBeGreaterThan(8)
    expect(took).toBeLessThan(12)
    expect(new Set(Object.values(states(story)))).toEqual(new Set(['unknown']))
    expect(story.node('w1').Status.Message).toBe(
      'Node moved to "unknown" state due to leadership change in cluster',
    )
    story.until(() => story.node('m2').Status.State === 'ready', 5)
    story.until(() => states(story).w1 === 'ready' && states(story).w2 === 'ready', 27)
    expect(story.running('web')).toHaveLength(5)
    story.until(() => states(story).m1 === 'down', 40)
    expect(story.node('m1').Status.Message).toBe(
      'heartbeat failure for node in "unknown" state',
    )
    story.until(() => story.running('web').length === 5, 10)
    expect(story.swarm.managers.statusOf(story.node('m1').ID)).toMatchObject({
      Reachability: 'unreachable',
    })
    story.swarm.bringBack(story.node('m1').ID)
    story.until(() => states(story).m1 === 'ready', 10)
    expect(leaderOf(story)).not.toBe(story.node('m1').ID)
  })

  test('in the midst of a rollout: the next one goes on with it', () => {
    const story = new Story()
    story.create('web', {
      Mode: { Replicated: { Replicas: 4 } },
      TaskTemplate: { Placement: { Constraints: ['node.role==worker'] } },
      UpdateConfig: { Parallelism: 1, Delay: 2e9, Monitor: 1e9 },
    })
    story.until(() => story.running('web').length === 4)
    story.setImage('web', 'demo/web:v2')
    story.pass(4)
    story.swarm.losePower(story.node('m1').ID)
    story.pass(5)
    expect(story.service('web').UpdateStatus?.State).toBe('updating')
    story.until(() => story.service('web').UpdateStatus?.State === 'completed', 120)
    expect(story.running('web').map((t) => t.Spec.ContainerSpec?.Image)).toEqual(
      Array(4).fill('demo/web:v2'),
    )
  })
})

describe('without a quorum', () => {
  test('a follower hangs, then says so at once; the rest of it answers', async () => {
    const client = await Client.open({}, 'm2')
    const { simulator } = client
    const unused = { Name: 'used-elsewhere', Driver: 'overlay' }
    await client.ask('POST', '/networks/create', unused)
    client.pass(1)
    simulator.swarm.losePower(simulator.nodeId('m1'))
    simulator.swarm.losePower(simulator.nodeId('m3'))
    const hanging = client.ask('GET', '/nodes')
    await expectPending(hanging)
    client.pass(21)
    expect(await hanging).toEqual([
      500,
      { message: 'rpc error: code = DeadlineExceeded desc = context deadline exceeded' },
    ])
    for (const path of ['/nodes', '/services', '/tasks', '/swarm', '/secrets']) {
      expect(await client.ask('GET', path)).toEqual([500, { message: NO_LEADER }])
    }
    const refused = await client.ask('POST', '/services/create', service('web'))
    expect(refused).toEqual([500, { message: NO_LEADER }])
    const [, info] = await client.ask('GET', '/info')
    expect(info).toMatchObject({
      Swarm: {
        LocalNodeState: 'active',
        ControlAvailable: true,
        Error: NO_LEADER,
        Cluster: { ID: '' },
      },
    })
    expect(info).not.toHaveProperty('Swarm.Managers')
    expect((await client.ask('GET', '/containers/json'))[0]).toBe(200)
    const [, networks] = await client.ask('GET', '/networks')
    expect(namesOf(networks)).toContain('ingress')
    expect(namesOf(networks)).not.toContain('used-elsewhere')
    const overlay = { Name: 'late', Driver: 'overlay' }
    const made = await client.ask('POST', '/networks/create', overlay)
    expect(made).toEqual([500, { message: NO_LEADER }])
    const [, leave] = await client.ask('POST', '/swarm/leave')
    expect(JSON.stringify(leave)).not.toContain('managers out of')

    simulator.swarm.bringBack(simulator.nodeId('m3'))
    client.pass(20)
    expect((await client.ask('GET', '/nodes'))[0]).toBe(200)
  })

  test('a leader answers from memory for a while; what it refuses it does once it leads again', async () => {
    const client = await Client.open()
    const { simulator } = client
    simulator.swarm.losePower(simulator.nodeId('m2'))
    simulator.swarm.losePower(simulator.nodeId('m3'))
    expect((await client.ask('GET', '/services'))[0]).toBe(200)
    const writing = client.ask('POST', '/services/create', service('web'))
    await expectPending(writing)
    client.pass(15)
    expect(await writing).toEqual([
      500,
      {
        message:
          'rpc error: code = Unknown desc = raft: failed to process the request: node lost leader status',
      },
    ])
    client.pass(15)
    expect(await client.ask('GET', '/services')).toEqual([500, { message: NO_LEADER }])
    simulator.swarm.bringBack(simulator.nodeId('m2'))
    client.pass(20)
    expect(await client.ask('GET', '/services')).toMatchObject([
      200,
      [{ Spec: { Name: 'web' } }],
    ])
  })
})

test('a manager that is cut off says so, whoever leads the others', async () => {
  const client = await Client.open()
  const { simulator } = client
  const m2 = await client.at('m2')
  simulator.swarm.cutCable(simulator.nodeId('m1'))
  client.pass(20)
  expect(await client.ask('GET', '/nodes')).toEqual([500, { message: NO_LEADER }])
  const [status, nodes] = await m2.ask('GET', '/nodes')
  expect(status).toBe(200)
  expect(JSON.stringify(nodes)).toContain('unreachable')
  simulator.swarm.bringBack(simulator.nodeId('m1'))
  client.pass(10)
  expect((await client.ask('GET', '/nodes'))[0]).toBe(200)
})

describe('managers', () => {
  test('are promoted and demoted, as long as a quorum is left', () => {
    const story = new Story()
    const { managers } = story.swarm
    const demote = (hostname: string) =>
      checkRole(story.swarm, managers, { node: story.node(hostname), role: 'worker' })
    story.setNode('w1', { Role: 'manager' })
    expect(managers.statusOf(story.node('w1').ID)).toBeNull()
    story.pass(4)
    expect(managers.statusOf(story.node('w1').ID)).toMatchObject({
      Reachability: 'reachable',
    })
    expect(story.node('w1').hidden.observedRole).toBe('manager')
    story.setNode('w1', { Role: 'worker' })
    story.pass(4)
    expect(managers.members.size).toBe(3)

    story.swarm.losePower(story.node('m3').ID)
    expect(() => demote('m2')).toThrow(
      "can't remove member from the raft: this would result in a loss of quorum",
    )
    demote('m3')
    expect(() => demote('m3')).not.toThrow()
  })

  test('a promoted node that is off is called one at once, and joins when it is back', () => {
    const story = new Story()
    const { managers } = story.swarm
    story.swarm.losePower(story.node('w1').ID)
    story.setNode('w1', { Role: 'manager' })
    story.pass(20)
    expect(story.node('w1').hidden.observedRole).toBe('manager')
    expect(managers.statusOf(story.node('w1').ID)).toBeNull()
    expect(() =>
      checkRole(story.swarm, managers, { node: story.node('w1'), role: 'worker' }),
    ).toThrow("rpc error: code = NotFound desc = can't find manager in raft memberlist")
    story.swarm.bringBack(story.node('w1').ID)
    story.until(() => managers.members.has(story.node('w1').ID), 10)
  })

  test('all that are demoted at once: the last one is left in', () => {
    const story = new Story()
    const { managers } = story.swarm
    for (const name of ['m1', 'm2', 'm3']) story.setNode(name, { Role: 'worker' })
    story.pass(30)
    expect(managers.members.size).toBe(1)
    expect(managers.leader).not.toBeNull()
    const roles = [...story.swarm.store.nodes.values()].map((n) => n.hidden.observedRole)
    expect(roles.filter((role) => role === 'manager')).toHaveLength(1)
  })

  test('one that left with force is counted, until it is demoted', async () => {
    const client = await Client.open()
    const { swarm } = client.simulator
    const m2 = await client.at('m2')
    expect(await m2.ask('POST', '/swarm/leave?force=1')).toEqual([200, null])
    client.pass(20)
    const [, node] = await client.ask('GET', '/nodes/m2')
    expect(node).toMatchObject({
      Status: { State: 'down' },
      ManagerStatus: { Reachability: 'unreachable' },
    })
    const [status, body] = await client.ask('DELETE', '/nodes/m2?force=1')
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain('It must be demoted to worker before removal')

    const update = `/nodes/m2/update?version=${swarm.findNode('m2').Version.Index}`
    const spec = { Role: 'worker', Availability: 'active' }
    expect(await client.ask('POST', update, spec)).toEqual([200, null])
    expect(await client.ask('DELETE', '/nodes/m2')).toEqual([200, null])
    client.pass(5)
    expect(swarm.managers.members.size).toBe(2)
    expect(swarm.managers.leader).not.toBeNull()
  })

  test('two of three that leave with force cost the quorum', async () => {
    const client = await Client.open()
    for (const name of ['m3', 'm2']) {
      const manager = await client.at(name)
      expect(await manager.ask('POST', '/swarm/leave?force=1')).toEqual([200, null])
      const [status] = await manager.ask('GET', '/nodes')
      expect(status).toBe(503)
    }
    client.pass(30)
    expect(await client.ask('GET', '/nodes')).toEqual([500, { message: NO_LEADER }])
  })

  test('a leader that leaves with force is missed, and followed by another', () => {
    const story = new Story()
    story.swarm.leave(story.node('m1').ID)
    expect(leaderOf(story)).toBeNull()
    expect(story.until(() => leaderOf(story) !== null)).toBeGreaterThan(8)
    expect(story.swarm.managers.members.size).toBe(3)
  })

  test('one that left with force asks for no key any more', async () => {
    const client = await Client.open()
    const { simulator } = client
    const m3 = await client.at('m3')
    simulator.swarm.managers.lock(simulator.nodeId('m3'))
    expect(await m3.ask('POST', '/swarm/leave?force=1')).toEqual([200, null])
    const [, body] = await m3.ask('GET', '/nodes')
    expect(JSON.stringify(body)).toContain('Use \\"docker swarm init\\"')
  })

  test('two of them are warned of', async () => {
    const client = await Client.open({
      nodes: [
        { hostname: 'm1', role: 'manager' },
        { hostname: 'm2', role: 'manager' },
      ],
    })
    const warning = expect.stringMatching(/^WARNING: Running Swarm in a two-manager/)
    const [, info] = await client.ask('GET', '/info')
    expect(info).toMatchObject({ Warnings: [warning], Swarm: { Warnings: [warning] } })
  })

  test('the last one stays, and a member cannot be removed', async () => {
    const client = await Client.open({ nodes: [{ hostname: 'm1', role: 'manager' }] })
    const [m1] = client.simulator.swarm.store.nodes.values()
    const update = `/nodes/${m1?.ID}/update?version=${m1?.Version.Index}`
    const spec = { Role: 'worker', Availability: 'active' }
    expect(await client.ask('POST', update, spec)).toEqual([
      400,
      {
        message:
          'rpc error: code = FailedPrecondition desc = attempting to demote the last manager of the swarm',
      },
    ])
    const [status, body] = await client.ask('DELETE', `/nodes/${m1?.ID}?force=1`)
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain('It must be demoted to worker before removal')
  })
})

test('a manager of a locked swarm asks for the key after a restart', async () => {
  const client = await Client.open()
  const { simulator } = client
  const { swarm } = simulator
  const { Version, Spec } = swarm.store.cluster
  const spec = { ...Spec, EncryptionConfig: { AutoLockManagers: true } }
  await client.send('POST', `/swarm/update?version=${Version.Index}`, spec)
  const UnlockKey = swarm.store.cluster.hidden.unlockKey
  expect(await client.ask('GET', '/swarm/unlockkey')).toEqual([200, { UnlockKey }])
  const m3 = await client.at('m3')
  swarm.losePower(simulator.nodeId('m3'))
  await expect(m3.ask('GET', '/nodes')).rejects.toMatchObject({ code: 'ECONNRESET' })
  swarm.bringBack(simulator.nodeId('m3'))
  client.pass(5)
  const message =
    'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.'
  expect(await m3.ask('GET', '/nodes')).toEqual([503, { message }])
  const [, info] = await m3.ask('GET', '/info')
  expect(info).toMatchObject({
    Swarm: { LocalNodeState: 'locked', NodeID: '', Error: message },
  })
  const leave = await m3.ask('POST', '/swarm/leave')
  expect(leave).toEqual([
    503,
    {
      message:
        'Swarm is encrypted and locked. Please unlock it first or use `--force` to ignore this message.',
    },
  ])
  const unlock = (key: string) => m3.ask('POST', '/swarm/unlock', { UnlockKey: key })
  expect(await unlock('x')).toEqual([400, { message: 'invalid key string' }])
  expect(await unlock(`SWMKEY-1-${'A'.repeat(43)}`)).toEqual([
    401,
    { message: 'swarm could not be unlocked: invalid key provided' },
  ])
  expect(await unlock(UnlockKey)).toEqual([200, null])
  client.pass(5)
  expect((await m3.ask('GET', '/nodes'))[0]).toBe(200)
})

test('where nothing is locked no key is read', async () => {
  const client = await Client.open()
  const w1 = await client.at('w1')
  for (const UnlockKey of ['x', `SWMKEY-1-${'A'.repeat(43)}`]) {
    expect(await client.ask('POST', '/swarm/unlock', { UnlockKey })).toEqual([
      409,
      { message: 'swarm is not locked' },
    ])
    const [status, body] = await w1.ask('POST', '/swarm/unlock', { UnlockKey })
    expect(status).toBe(503)
    expect(JSON.stringify(body)).toContain('This node is not a swarm manager.')
  }
})

const namesOf = (networks: unknown) =>
  Array.isArray(networks) ? networks.map(({ Name }) => Name) : []

/** Not answered after the server has had the time to. */
async function expectPending(answer: Promise<unknown>): Promise<void> {
  let isDone = false
  void answer.finally(() => {
    isDone = true
  })
  for (let round = 0; round < 20; round++) await new Promise((next) => setImmediate(next))
  expect(isDone).toBe(false)
}
