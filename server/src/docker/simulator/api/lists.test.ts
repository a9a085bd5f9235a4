import { expect, test } from 'vitest'
import { z } from 'zod'
import { Client, service } from './client.fixture.ts'

const Named = z.array(z.looseObject({ ID: z.string() }))

async function ids(client: Client, path: string, filters: object): Promise<string[]> {
  const [status, body] = await client.ask('GET', Client.filtered(path, filters))
  expect(status).toBe(200)
  return Named.parse(body).map(({ ID }) => ID)
}

async function deployed(): Promise<Client> {
  const client = await Client.open()
  const { send } = client
  const create = (body: object) => send.call(client, 'POST', '/services/create', body)
  await create(
    service('web', { Labels: { stack: 'shop' }, Mode: { Replicated: { Replicas: 3 } } }),
  )
  await create(service('web-2', { Mode: { Global: {} } }))
  client.pass(10)
  return client
}

test('services by id, name, label and mode, in both forms of a filter', async () => {
  const client = await deployed()
  const [web] = client.simulator.swarm.store.services.by('name', 'web')
  const id = web?.ID ?? ''
  expect(await ids(client, '/services', { id: [id] })).toEqual([id])
  expect(await ids(client, '/services', { id: [id.slice(0, 6)] })).toEqual([id])
  expect(await ids(client, '/services', { name: ['web'] })).toHaveLength(2)
  expect(await ids(client, '/services', { label: { 'stack=shop': true } })).toEqual([id])
  expect(await ids(client, '/services', { label: ['stack'] })).toEqual([id])
  expect(await ids(client, '/services', { label: ['stack=other'] })).toEqual([])
  expect(await ids(client, '/services', { mode: ['global'] })).toHaveLength(1)
})

test('services with their counts, when asked for', async () => {
  const client = await deployed()
  const [, plain] = await client.ask('GET', '/services')
  expect(JSON.stringify(plain)).not.toContain('ServiceStatus')
  const [, body] = await client.ask('GET', '/services?status=true')
  const statuses = Named.parse(body).map(({ ServiceStatus }) => ServiceStatus)
  expect(statuses).toContainEqual({ RunningTasks: 3, DesiredTasks: 3, CompletedTasks: 0 })
  expect(statuses).toContainEqual({ RunningTasks: 5, DesiredTasks: 5, CompletedTasks: 0 })
})

test('tasks by service, node, state, name and label, in order of their ids', async () => {
  const client = await deployed()
  const all = await ids(client, '/tasks', {})
  expect(all).toHaveLength(8)
  expect([...all].sort()).toEqual(all)
  expect(await ids(client, '/tasks', { service: ['web'] })).toHaveLength(3)
  expect(await ids(client, '/tasks', { node: ['w1'], service: ['web-2'] })).toHaveLength(1)
  expect(await ids(client, '/tasks', { 'desired-state': ['running'] })).toHaveLength(8)
  expect(await ids(client, '/tasks', { 'desired-state': ['shutdown'] })).toEqual([])
  expect(await ids(client, '/tasks', { name: ['web.1'] })).toHaveLength(1)
  expect(await ids(client, '/tasks', { label: ['stack=shop'] })).toHaveLength(3)
  expect(await ids(client, '/tasks', { id: all.slice(0, 2) })).toEqual(all.slice(0, 2))
})

test('tasks of the current spec: not by version, but by what differs', async () => {
  const client = await deployed()
  const { store } = client.simulator.swarm
  const upToDate = () =>
    ids(client, '/tasks', { service: ['web'], '_up-to-date': ['true'] })
  const update = async (change: object) => {
    const [web] = store.services.by('name', 'web')
    const path = `/services/web/update?version=${web?.Version.Index}`
    expect((await client.send('POST', path, { ...web?.Spec, ...change })).status).toBe(200)
  }
  expect(await upToDate()).toHaveLength(3)
  await update({ Labels: { stack: 'other' } })
  expect(await upToDate()).toHaveLength(3)
  const [web] = store.services.by('name', 'web')
  const template = web?.Spec.TaskTemplate
  await update({
    TaskTemplate: { ...template, Placement: { Constraints: ['node.role!=x'] } },
  })
  expect(await upToDate()).toHaveLength(3)
  await update({ TaskTemplate: { ...template, ForceUpdate: 1 } })
  expect(await upToDate()).toEqual([])
})

test('the shapes of the engine', async () => {
  const client = await deployed()
  const [, services] = await client.ask('GET', '/services')
  const web = Named.parse(services).find((item) => JSON.stringify(item).includes('shop'))
  expect(web).toEqual({
    ID: expect.any(String),
    Version: { Index: expect.any(Number) },
    CreatedAt: expect.stringMatching(/^2026-01-05T09:00:00\.\d{9}Z$/),
    UpdatedAt: expect.any(String),
    Spec: {
      Name: 'web',
      Labels: { stack: 'shop' },
      TaskTemplate: {
        ContainerSpec: { Image: 'demo/web:v1', Isolation: 'default' },
        ForceUpdate: 0,
        Runtime: 'container',
      },
      Mode: { Replicated: { Replicas: 3 } },
    },
    Endpoint: { Spec: {} },
  })
  const [, tasks] = await client.ask('GET', Client.filtered('/tasks', { service: ['web'] }))
  expect(Named.parse(tasks)[0]).toEqual({
    ID: expect.any(String),
    Version: { Index: expect.any(Number) },
    CreatedAt: expect.any(String),
    UpdatedAt: expect.any(String),
    Labels: {},
    Spec: { ContainerSpec: { Image: 'demo/web:v1', Isolation: 'default' }, ForceUpdate: 0 },
    ServiceID: expect.any(String),
    Slot: expect.any(Number),
    NodeID: expect.any(String),
    Status: {
      Timestamp: expect.any(String),
      State: 'running',
      Message: 'started',
      ContainerStatus: {
        ContainerID: expect.stringMatching(/^[0-9a-f]{64}$/),
        PID: expect.any(Number),
        ExitCode: 0,
      },
      PortStatus: {},
    },
    DesiredState: 'running',
    Volumes: null,
  })
  const [, nodes] = await client.ask('GET', '/nodes')
  const leader = Named.parse(nodes).find(({ ManagerStatus }) =>
    JSON.stringify(ManagerStatus ?? '').includes('Leader'),
  )
  expect(leader).toMatchObject({
    Spec: { Labels: {}, Role: 'manager', Availability: 'active' },
    Status: { State: 'ready', Addr: '10.99.0.1' },
    ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: '10.99.0.1:2377' },
  })
})

test('volumes are made where a task lands, and stay there', async () => {
  const client = await Client.open()
  const Mounts = [{ Type: 'volume', Source: 'dbdata', Target: '/data' }]
  const template = {
    ContainerSpec: { Image: 'demo/store:v1', Mounts },
    Placement: { Constraints: ['node.hostname==w1'] },
  }
  await client.send('POST', '/services/create', service('db', { TaskTemplate: template }))
  client.pass(5)
  expect(await client.ask('GET', '/volumes')).toEqual([
    200,
    { Volumes: [], Warnings: null },
  ])
  const w1 = await client.at('w1')
  const kept = {
    Volumes: [
      {
        CreatedAt: expect.any(String),
        Driver: 'local',
        Labels: null,
        Mountpoint: '/var/lib/docker/volumes/dbdata/_data',
        Name: 'dbdata',
        Options: null,
        Scope: 'local',
      },
    ],
    Warnings: null,
  }
  expect(await w1.ask('GET', '/volumes')).toEqual([200, kept])
  expect((await w1.ask('DELETE', '/volumes/dbdata'))[0]).toBe(409)
  await client.send('DELETE', '/services/db')
  client.pass(30)
  expect(await w1.ask('GET', '/volumes')).toEqual([200, kept])
  expect((await w1.ask('DELETE', '/volumes/dbdata'))[0]).toBe(204)
})

test('the clock of the simulation can be asked for, and set', async () => {
  const client = await Client.open()
  expect(await client.ask('GET', '/simulator/clock')).toEqual([
    200,
    { now: '2026-01-05T09:00:00.000Z', speed: 0 },
  ])
  expect((await client.ask('POST', '/simulator/clock', { speed: -1 }))[0]).toBe(400)
  const [status, body] = await client.ask('POST', '/simulator/clock', { speed: 60 })
  expect([status, body]).toEqual([200, { now: expect.any(String), speed: 60 }])
  const [, info] = await client.ask('GET', '/info')
  expect(info).toMatchObject({ Labels: ['skep.simulated=true'] })
})
