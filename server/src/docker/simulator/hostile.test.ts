import { expect, test } from 'vitest'
import { Client, service } from './api/client.fixture.ts'
import { numericFlag } from './flags.ts'

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

test('an empty warm-up is none', async () => {
  const client = await Client.open()
  const ContainerSpec = { Image: 'demo/web:slow', Env: ['WARMUP='] }
  await client.send(
    'POST',
    '/services/create',
    service('slow', { TaskTemplate: { ContainerSpec } }),
  )
  client.pass(6)
  const { store } = client.simulator.swarm
  expect([...store.tasks.values()].map(({ Status }) => Status.State)).toEqual(['running'])
})

test.each([
  [
    'TaskTemplate',
    { ContainerSpec: { Image: 5 } },
    'TaskTemplate.ContainerSpec.Image',
    'string',
  ],
  [
    'TaskTemplate',
    { ContainerSpec: { StopGracePeriod: '10s' } },
    'TaskTemplate.ContainerSpec.StopGracePeriod',
    'time.Duration',
  ],
  ['UpdateConfig', { Delay: '10s' }, 'UpdateConfig.Delay', 'time.Duration'],
  ['RollbackConfig', { MaxFailureRatio: '1' }, 'RollbackConfig.MaxFailureRatio', 'float32'],
])('%s %j is refused', async (name, value, where, type) => {
  const client = await Client.open()
  const [status, body] = await client.ask('POST', '/services/create', {
    ...service('odd'),
    [name]: value,
  })
  const kind = where.endsWith('Image') ? 'number' : 'string'
  expect([status, body]).toEqual([
    400,
    {
      message: `invalid JSON: json: cannot unmarshal ${kind} into Go struct field ServiceSpec.${where} of type ${type}`,
    },
  ])
})

test('who hears of changes and breaks off keeps them from nobody', async () => {
  const { swarm } = (await Client.open()).simulator
  const heard: string[] = []
  swarm.store.listen({
    change: () => {
      throw new Error('broken')
    },
  })
  swarm.store.listen({
    change: ({ kind }) => heard.push(kind),
    committed: () => heard.push('committed'),
  })
  const ID = swarm.random.id()
  const secret = { ID, Spec: { Name: 'x', Labels: {} }, hidden: { data: '' } }
  expect(() => swarm.store.create('secret', secret)).toThrow('broken')
  expect(heard).toEqual(['secret', 'committed'])
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
    expect(() => numericFlag('speed', text)).toThrow(RangeError)
  },
)

test('a flag that is a number is taken', () => {
  expect([numericFlag('speed', '0'), numericFlag('speed', '2.5')]).toEqual([0, 2.5])
})
