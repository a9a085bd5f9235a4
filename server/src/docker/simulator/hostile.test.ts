import { expect, test } from 'vitest'
import { Client, service } from './api/client.fixture.ts'
import { numberOf } from './flags.ts'

test('a name that ends badly is refused at once, however long it is', async () => {
  const client = await Client.open()
  const name = `${'internalcustomernotification'.repeat(20)}.v2`
  expect(await client.ask('POST', '/services/create', service(name))).toEqual([
    400,
    {
      message:
        'rpc error: code = InvalidArgument desc = name must be valid as a DNS name component',
    },
  ])
})

test('a label may be called as what every object has', async () => {
  const client = await Client.open()
  const placed = (name: string, Placement: object) =>
    client.send('POST', '/services/create', service(name, { TaskTemplate: { Placement } }))
  await placed('bound', { Constraints: ['node.labels.constructor==x'] })
  await placed('engine', { Constraints: ['engine.labels.constructor!=x'] })
  await placed('spread', {
    Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.toString' } }],
  })
  client.pass(10)
  const { store } = client.simulator.swarm
  const stateOf = (name: string) =>
    store.tasks.by('service', store.services.by('name', name)[0]?.ID ?? '')[0]?.Status.State
  expect([stateOf('bound'), stateOf('engine'), stateOf('spread')]).toEqual([
    'pending',
    'running',
    'running',
  ])
})

test.each([
  ['demo/web:slow', 'WARMUP=5s', 'running'],
  ['demo/web:slow', 'WARMUP=soon', 'running'],
  ['demo/web:crash', 'CRASH_AFTER=soon', 'failed'],
  ['demo/web:v1', 'BEAT=never', 'running'],
  ['demo/job:v1', 'STEPS=1e10', 'running'],
])('%s with %s runs on, and so does time', async (image, variable, state) => {
  const client = await Client.open()
  const TaskTemplate = {
    ContainerSpec: { Image: image, Env: [variable] },
    RestartPolicy: { Condition: 'none' },
  }
  await client.send('POST', '/services/create', service('odd', { TaskTemplate }))
  client.pass(15)
  const { store } = client.simulator.swarm
  const [odd] = store.services.by('name', 'odd')
  const [task] = store.tasks.by('service', odd?.ID ?? '')
  expect(task?.Status.State).toBe(state)
})

test('the key that the swarm signs with is told to nobody', async () => {
  const client = await Client.open()
  const { Version, Spec } = client.simulator.swarm.store.cluster
  const CAConfig = {
    NodeCertExpiry: 7776e12,
    SigningCACert: 'public',
    SigningCAKey: 'PRIVATE',
  }
  const path = `/swarm/update?version=${Version.Index}`
  expect((await client.send('POST', path, { ...Spec, CAConfig })).status).toBe(200)
  for (const path of ['/swarm', '/info']) {
    expect((await client.send('GET', path)).text).not.toContain('PRIVATE')
  }
})

test.each(['10x', '', '-1', 'Infinity', 'NaN'])(
  'a flag that says %j is refused',
  (text) => {
    expect(() => numberOf('speed', text)).toThrow(RangeError)
  },
)

test('a flag that is a number is taken', () => {
  expect([numberOf('speed', '0'), numberOf('speed', '2.5')]).toEqual([0, 2.5])
})
