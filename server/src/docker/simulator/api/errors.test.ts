import { describe, expect, test } from 'vitest'
import { Client, service } from './client.fixture.ts'

/** Status codes and texts of swarm-lab recordings/errors-28.txt, to the letter. */
const grpc = (code: string, text: string) => ({
  message: `rpc error: code = ${code} desc = ${text}`,
})
const invalid = (text: string) => grpc('InvalidArgument', text)

async function created(client: Client, name: string, spec: object = {}): Promise<string> {
  const [status, body] = await client.ask('POST', '/services/create', service(name, spec))
  expect([status, body]).toEqual([201, { ID: expect.any(String), Warnings: null }])
  const [found] = client.simulator.swarm.store.services.by('name', name)
  return found?.ID ?? ''
}

const ports = (...Ports: object[]) => ({ EndpointSpec: { Ports } })
const inner = (ContainerSpec: object) => ({
  TaskTemplate: { ContainerSpec: { Image: 'demo/web:v1', ...ContainerSpec } },
})

const File = { Name: 'x', UID: '0', GID: '0', Mode: 0o444 }

describe('a service is refused', () => {
  test.each([
    {
      name: 'a constraint with one =',
      body: service('x', {
        TaskTemplate: {
          ContainerSpec: { Image: 'a' },
          Placement: { Constraints: ['a=b'] },
        },
      }),
      status: 500,
      answer: grpc('Unknown', 'constraint expected one operator from ==, !='),
    },
    {
      name: 'a secret that does not exist',
      body: service('x', inner({ Secrets: [{ SecretID: 'nope', SecretName: 'x', File }] })),
      status: 400,
      answer: invalid('secret not found: x'),
    },
    {
      name: 'a config that does not exist',
      body: service('x', inner({ Configs: [{ ConfigID: 'nope', ConfigName: 'x', File }] })),
      status: 400,
      answer: invalid('config not found: x'),
    },
    {
      name: 'a network that does not exist',
      body: service('x', {
        TaskTemplate: {
          ContainerSpec: { Image: 'a' },
          Networks: [{ Target: 'nosuchnet' }],
        },
      }),
      status: 500,
      answer: { message: 'network nosuchnet not found' },
    },
    {
      name: 'a job with an update config',
      body: service('x', { Mode: { ReplicatedJob: {} }, UpdateConfig: { Parallelism: 1 } }),
      status: 400,
      answer: invalid('Jobs may not have an update config'),
    },
    {
      name: 'a bad name',
      body: service('no spaces!'),
      status: 400,
      answer: invalid('name must be valid as a DNS name component'),
    },
    {
      name: 'no image',
      body: service('x', { TaskTemplate: { ContainerSpec: {} } }),
      status: 400,
      answer: invalid('ContainerSpec: image reference must be provided'),
    },
    {
      name: 'no container',
      body: {},
      status: 400,
      answer: { message: 'mismatched Runtime and *Spec fields' },
    },
    {
      name: 'an image that cannot be one',
      body: service('x', inner({ Image: 'UPPER:CASE:x' })),
      status: 400,
      answer: invalid('ContainerSpec: "UPPER:CASE:x" is not a valid repository/tag'),
    },
    {
      name: 'a secret that has no place',
      body: service('x', inner({ Secrets: [{ SecretID: 'nope', SecretName: 'x' }] })),
      status: 400,
      answer: invalid('malformed secret reference, no target provided'),
    },
    {
      name: 'two configs in one place',
      body: service(
        'x',
        inner({
          Configs: [
            { ConfigID: '1', ConfigName: 'a', File },
            { ConfigID: '2', ConfigName: 'b', File },
          ],
        }),
      ),
      status: 400,
      answer: invalid("config references 'a' and 'b' have a conflicting target: 'x'"),
    },
    {
      name: 'two mounts in one place',
      body: service('x', inner({ Mounts: [{ Target: '/v' }, { Target: '/v' }] })),
      status: 400,
      answer: invalid('ContainerSpec: duplicate mount point: /v'),
    },
    {
      name: 'a mount of no known type',
      body: service('x', inner({ Mounts: [{ Type: 'cloud', Target: '/v' }] })),
      status: 400,
      answer: { message: 'invalid MountType: "cloud"' },
    },
    {
      name: 'a health check before it began',
      body: service('x', inner({ Healthcheck: { Interval: -1 } })),
      status: 400,
      answer: invalid('ContainerSpec: Interval in HealthConfig cannot be less than 1ms'),
    },
    {
      name: 'an update delay before it began',
      body: service('x', { UpdateConfig: { Parallelism: 1, Delay: -1 } }),
      status: 400,
      answer: invalid('TaskSpec: update-delay cannot be negative'),
    },
    {
      name: 'a restart delay before it began',
      body: service('x', {
        TaskTemplate: { ContainerSpec: { Image: 'a' }, RestartPolicy: { Delay: -1 } },
      }),
      status: 400,
      answer: invalid('TaskSpec: restart-delay cannot be negative'),
    },
    {
      name: 'more failures than tasks',
      body: service('x', { UpdateConfig: { Parallelism: 1, MaxFailureRatio: 2 } }),
      status: 400,
      answer: invalid(
        'TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1',
      ),
    },
  ])('$name', async ({ body, status, answer }) => {
    const client = await Client.open()
    expect(await client.ask('POST', '/services/create', body)).toEqual([status, answer])
  })

  test('for a port or a name that another has', async () => {
    const client = await Client.open()
    const ingress = { TargetPort: 80, PublishedPort: 8090 }
    const id = await created(client, 'ing1', ports(ingress))
    const taken = invalid(
      `port '8090' is already in use by service 'ing1' (${id}) as an ingress port`,
    )
    for (const port of [ingress, { ...ingress, PublishMode: 'host' }]) {
      const answer = await client.ask('POST', '/services/create', service('b', ports(port)))
      expect(answer).toEqual([400, taken])
    }
    expect(await client.ask('POST', '/services/create', service('ing1'))).toEqual([
      409,
      grpc(
        'AlreadyExists',
        'name conflicts with an existing object: service ing1 already exists',
      ),
    ])
  })

  test('two services may want the same port of the hosts', async () => {
    const client = await Client.open()
    const host = { TargetPort: 80, PublishedPort: 80, PublishMode: 'host' }
    await created(client, 'a', ports(host))
    await created(client, 'b', ports(host))
  })
})

describe('an update is refused', () => {
  test('with another mode, name, or an old version, or none', async () => {
    const client = await Client.open()
    const id = await created(client, 'web')
    client.pass(1)
    const version = client.simulator.swarm.store.services.get(id)?.Version.Index ?? 0
    const update = (query: string, body: object) =>
      client.ask('POST', `/services/${id}/update?${query}`, body)
    expect(
      await update(`version=${version}`, service('web', { Mode: { Global: {} } })),
    ).toEqual([501, grpc('Unimplemented', 'service mode change is not allowed')])
    expect(await update(`version=${version}`, service('other'))).toEqual([
      501,
      grpc('Unimplemented', 'renaming services is not supported'),
    ])
    expect(await update('version=1', service('web'))).toEqual([
      500,
      grpc('Unknown', 'update out of sequence'),
    ])
    expect(await update('', service('web'))).toEqual([
      400,
      {
        message: `invalid service version '': strconv.ParseUint: parsing "": invalid syntax`,
      },
    ])
    expect(await update(`version=${version}&rollback=previous`, service('web'))).toEqual([
      400,
      grpc('FailedPrecondition', `service ${id} does not have a previous spec`),
    ])
    expect(await update(`version=${version}`, service('web'))).toEqual([
      200,
      { Warnings: null },
    ])
  })
})

describe('what does not exist', () => {
  test.each(['service', 'node', 'task', 'secret', 'config', 'network'])(
    'a %s',
    async (kind) => {
      const client = await Client.open()
      const message = `${kind} nope not found`
      expect(await client.ask('GET', `/${kind}s/nope`)).toEqual([404, { message }])
      if (kind === 'task') return
      expect(await client.ask('DELETE', `/${kind}s/nope`)).toEqual([404, { message }])
    },
  )

  test('a service in a filter of tasks, and a path', async () => {
    const client = await Client.open()
    const path = Client.filtered('/tasks', { service: ['nope'] })
    expect(await client.ask('GET', path)).toEqual([
      404,
      { message: 'service nope not found' },
    ])
    expect(await client.ask('GET', '/nonsense')).toEqual([
      404,
      { message: 'page not found' },
    ])
    expect((await client.ask('GET', Client.filtered('/tasks', { a: ['b'] })))[0]).toBe(400)
  })
})

describe('networks, volumes, filters', () => {
  test.each([
    ['no name', {}, 400, 'invalid name: name is empty'],
    [
      'a name that is taken',
      { Name: 'ingress' },
      409,
      'network with name ingress already exists',
    ],
    ['an unknown driver', { Name: 'n', Driver: 'nope' }, 404, 'plugin "nope" not found'],
    [
      'no subnet',
      { Name: 'n', IPAM: { Config: [{ Subnet: 'nonsense' }] } },
      400,
      'invalid network config:\ninvalid subnet nonsense: invalid CIDR block notation',
    ],
  ])('a network with %s', async (_, body, status, message) => {
    const client = await Client.open()
    expect(await client.ask('POST', '/networks/create', body)).toEqual([
      status,
      { message },
    ])
  })

  test('a network of another scope, of a worker', async () => {
    const client = await Client.open()
    expect((await client.ask('GET', '/networks/ingress?scope=swarm'))[0]).toBe(200)
    expect((await client.ask('GET', '/networks/ingress?scope=local'))[0]).toBe(404)
    const worker = await client.at('w1')
    const overlay = { Name: 'n', Driver: 'overlay' }
    expect((await worker.ask('POST', '/networks/create', overlay))[0]).toBe(403)
  })

  test('a volume that cannot be, or is not', async () => {
    const client = await Client.open()
    const create = (body: object) => client.ask('POST', '/volumes/create', body)
    expect((await create({ Name: 'no spaces!' }))[0]).toBe(400)
    expect((await create({ Name: 'v', Driver: 'nope' }))[0]).toBe(404)
    expect(await client.ask('GET', '/volumes/v')).toEqual([
      404,
      { message: 'volume v not found' },
    ])
    const worker = await client.at('w1')
    expect(await worker.ask('GET', '/volumes/v')).toEqual([
      404,
      { message: 'get v: no such volume' },
    ])
  })

  test.each([
    ['/nodes', { role: ['king'] }, 500, "Invalid role filter: 'king'"],
    [
      '/tasks',
      { 'desired-state': ['magic'] },
      500,
      "Invalid desired-state filter: 'magic'",
    ],
    ['/networks', { type: ['magic'] }, 500, "invalid filter: 'type'='magic'"],
    ['/configs', { names: ['x'] }, 400, "invalid filter 'names'"],
    ['/tasks', { service: ['x'], name: { y: true } }, 400, 'invalid filter'],
    ['/services', [], 400, 'invalid filter'],
  ])('%s with a filter that is none', async (path, filters, status, message) => {
    const client = await Client.open()
    const answer = await client.ask('GET', Client.filtered(path, filters))
    expect(answer).toEqual([status, { message }])
  })

  test('states may be in capitals, and nobody looks at the filters of events', async () => {
    const client = await Client.open()
    const tasks = Client.filtered('/tasks', { 'desired-state': ['RUNNING'] })
    expect(await client.ask('GET', tasks)).toEqual([200, []])
    const path = `${Client.filtered('/events', { colour: ['red'] })}&since=1&until=1`
    expect((await client.send('GET', path)).text).toBe('')
  })
})

describe('secrets and configs', () => {
  test('are unique, in use, and change in their labels only', async () => {
    const client = await Client.open()
    const Data = Buffer.from('s3cret').toString('base64')
    const body = { Name: 'db_pw', Labels: { a: 'b' }, Data }
    const [status] = await client.ask('POST', '/secrets/create', body)
    expect(status).toBe(201)
    expect(await client.ask('POST', '/secrets/create', body)).toEqual([
      409,
      grpc('AlreadyExists', 'secret db_pw already exists'),
    ])
    const [secret] = client.simulator.swarm.store.secrets.by('name', 'db_pw')
    const id = secret?.ID ?? ''
    const [, shown] = await client.ask('GET', `/secrets/${id}`)
    expect(shown).toMatchObject({ Spec: { Name: 'db_pw', Labels: { a: 'b' } } })
    expect(JSON.stringify(shown)).not.toContain(Data)

    await created(
      client,
      'withsecret',
      inner({ Secrets: [{ SecretID: id, SecretName: 'db_pw', File }] }),
    )
    expect(await client.ask('DELETE', `/secrets/${id}`)).toEqual([
      400,
      invalid("secret 'db_pw' is in use by the following service: withsecret"),
    ])
    const version = secret?.Version.Index
    const update = `/secrets/${id}/update?version=${version}`
    expect(await client.ask('POST', update, { ...body, Data: 'eA==' })).toEqual([
      400,
      invalid('only updates to Labels are allowed'),
    ])
    expect(await client.ask('POST', update, { Name: 'db_pw', Labels: {} })).toEqual([
      200,
      null,
    ])
    await client.send('DELETE', '/services/withsecret')
    expect(await client.ask('DELETE', `/secrets/${id}`)).toEqual([204, null])
  })

  test('configs give their payload away; too much of it is refused', async () => {
    const client = await Client.open()
    const Data = Buffer.from('a=b').toString('base64')
    await client.send('POST', '/configs/create', { Name: 'app', Data })
    const [, shown] = await client.ask('GET', '/configs/app')
    expect(shown).toMatchObject({ Spec: { Data } })
    const empty = await client.ask('POST', '/secrets/create', { Name: 'x', Data: '' })
    expect(empty).toEqual([
      400,
      invalid('secret data must be larger than 0 and less than 512000 bytes'),
    ])
  })
})

describe('nodes', () => {
  test('cannot be removed while ready, nor changed from an old look', async () => {
    const client = await Client.open()
    const { ID } = client.simulator.swarm.findNode('w1')
    expect(await client.ask('DELETE', `/nodes/${ID}`)).toEqual([
      400,
      grpc('FailedPrecondition', `node ${ID} is not down and can't be removed`),
    ])
    const spec = { Role: 'worker', Availability: 'drain' }
    expect(await client.ask('POST', `/nodes/${ID}/update?version=1`, spec)).toEqual([
      500,
      grpc('Unknown', 'update out of sequence'),
    ])
  })

  test('a worker answers for itself alone', async () => {
    const client = await Client.open({}, 'w1')
    const message =
      "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager."
    for (const path of ['/nodes', '/services', '/tasks', '/swarm', '/secrets']) {
      expect(await client.ask('GET', path)).toEqual([503, { message }])
    }
    expect(await client.ask('POST', '/services/create', service('x'))).toEqual([
      503,
      { message },
    ])
    expect((await client.ask('GET', '/containers/json'))[0]).toBe(200)
    const { headers } = await client.send('GET', '/_ping')
    expect(headers.swarm).toBe('active/worker')
  })
})

test('a worker that leaves is an engine without a swarm, and down to the others', async () => {
  const client = await Client.open({}, 'w1')
  expect(await client.ask('POST', '/swarm/leave')).toEqual([200, null])
  for (const path of ['/swarm/leave', '/swarm/leave?force=1']) {
    const message = 'This node is not part of a swarm'
    expect(await client.ask('POST', path)).toEqual([503, { message }])
  }
  const message =
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'
  expect(await client.ask('GET', '/nodes')).toEqual([503, { message }])
  const [, info] = await client.ask('GET', '/info')
  expect(info).toMatchObject({ Swarm: { LocalNodeState: 'inactive', NodeID: '' } })
  client.pass(20)
  const { swarm } = client.simulator
  expect(swarm.findNode('w1').Status.State).toBe('down')
})

test('versions of the API', async () => {
  const client = await Client.open()
  expect(await client.ask('GET', '/v1.60/services')).toEqual([
    400,
    { message: 'client version 1.60 is too new. Maximum supported API version is 1.51' },
  ])
  for (const version of ['1.24', '1.41', '1.51']) {
    expect(await client.ask('GET', `/v${version}/services`)).toEqual([200, []])
  }
  const ping = await client.send('HEAD', '/_ping')
  expect(ping).toMatchObject({
    status: 200,
    text: '',
    headers: {
      'api-version': '1.51',
      swarm: 'active/manager',
      'docker-experimental': 'false',
    },
  })
})
