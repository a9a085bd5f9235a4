import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { DockerApi } from './api.ts'
import { connectDocker } from './dockerode.ts'
import { EndpointError } from './endpoint.ts'
import type { EngineServiceSpec } from './engine.ts'
import { startEngineAnswering, startFakeEngine } from './testdata/fake-engine.ts'

const recorded = (file: string) =>
  JSON.parse(readFileSync(new URL(`testdata/${file}`, import.meta.url), 'utf8'))

const spec: EngineServiceSpec = {
  Name: 'web',
  TaskTemplate: { ContainerSpec: { Image: 'web:1', Env: ['PASSWORD=hunter2'] } },
  Mode: { Replicated: { Replicas: 2 } },
}

const queryOf = (url = '') => new URLSearchParams(url.split('?')[1])
const filtersOf = (url = '') => JSON.parse(queryOf(url).get('filters') ?? '{}')

describe('reads', () => {
  test('paths carry no version, so that reads and writes use the newest', async () => {
    await using engine = await startFakeEngine(({ url }, response) => {
      const found = url.startsWith('/swarm') ? recorded('swarm-20.json') : []
      response.end(JSON.stringify(found))
    })
    const api = connectDocker(engine.endpoint)
    await Promise.all([
      api.swarm(),
      api.nodes(),
      api.services(),
      api.tasks(),
      api.networks(),
    ])
    const paths = engine.received.map(({ url }) => url.split('?')[0]).sort()
    expect(paths).toEqual(['/networks', '/nodes', '/services', '/swarm', '/tasks'])
  })

  test('a recorded list of tasks', async () => {
    await using engine = await startEngineAnswering(200, recorded('tasks-20.json'))
    const [task] = await connectDocker(engine.endpoint).tasks()
    expect(task).toMatchObject({
      Slot: 3,
      DesiredState: 'shutdown',
      Version: { Index: 50 },
    })
  })

  test('of all tasks those that are known are named, and the rest is told', async () => {
    const [task] = recorded('tasks-20.json')
    const listed = ['t0', 't1', 't2', 't3'].map((ID) => ({ ...task, ID }))
    await using engine = await startEngineAnswering(200, listed)
    const api = connectDocker(engine.endpoint)
    const unknown = await api.allTasks(() => undefined, { upToDate: true })
    expect(unknown).toEqual({ known: [], others: listed })
    const held = { id: 't1', version: 50 }
    const told = await api.allTasks((id) => (id === 't1' ? held : undefined))
    expect(told).toEqual({ known: [held], others: [listed[0], ...listed.slice(2)] })
    expect(filtersOf(engine.received[0]?.url)).toEqual({ '_up-to-date': ['true'] })
  })

  test('join tokens stay outside', async () => {
    await using engine = await startEngineAnswering(200, recorded('swarm-20.json'))
    const swarm = await connectDocker(engine.endpoint).swarm()
    expect(swarm).toMatchObject({
      ID: 'jaiz3u4e0ohkvy3rr3rq2c42t',
      Spec: { Orchestration: { TaskHistoryRetentionLimit: 5 } },
    })
    expect(swarm.TLSInfo?.TrustRoot).toContain('BEGIN CERTIFICATE')
    expect(JSON.stringify(swarm)).not.toContain('SWMTKN')
  })

  test('filters, as the engine spells them', async () => {
    await using engine = await startEngineAnswering(200, [])
    const api = connectDocker(engine.endpoint)
    await api.tasks({ ids: ['t1', 't2'], upToDate: true })
    await api.tasks({ services: ['s1'] })
    await api.services(['s1'])
    await api.networks()
    const [byId, byService, services, networks] = engine.received.map(({ url }) => url)
    expect(filtersOf(byId)).toEqual({ id: ['t1', 't2'], '_up-to-date': ['true'] })
    expect(filtersOf(byService)).toEqual({ service: ['s1'] })
    expect(filtersOf(services)).toEqual({ id: ['s1'] })
    expect(queryOf(services).get('status')).toBe('true')
    expect(filtersOf(networks)).toEqual({ scope: ['swarm'] })
  })

  test('asked for none, none is asked for: the engine would send all', async () => {
    await using engine = await startEngineAnswering(200, recorded('tasks-20.json'))
    const api = connectDocker(engine.endpoint)
    expect(await api.tasks({ ids: [] })).toEqual([])
    expect(await api.tasks({ services: [] })).toEqual([])
    expect(await api.services([])).toEqual([])
    expect(engine.received).toEqual([])
  })
})

describe('what a preview asks', () => {
  test('of a secret no value arrives, whatever the engine sends', async () => {
    const Spec = { Name: 'app', Data: 'aHVudGVyMg==' }
    const sent = { ID: 'c1', Version: { Index: 1 }, Spec }
    await using engine = await startEngineAnswering(200, [sent])
    const api = connectDocker(engine.endpoint)
    expect(await api.configs()).toEqual([sent])
    expect(await api.secrets()).toEqual([{ ...sent, Spec: { Name: 'app' } }])
    expect(engine.received.map(({ url }) => url)).toEqual(['/configs', '/secrets'])
  })

  test('the digest of a reference, with the platforms it was built for', async () => {
    await using engine = await startEngineAnswering(200, {
      Descriptor: { digest: 'sha256:ab' },
      Platforms: [{ architecture: 'amd64', os: 'linux' }],
    })
    const found = await connectDocker(engine.endpoint).distribution('reg:5000/a/b:v1')
    expect(found).toEqual({
      digest: 'sha256:ab',
      platforms: [{ os: 'linux', architecture: 'amd64' }],
    })
    expect(engine.received[0]?.url).toBe('/distribution/reg%3A5000/a/b%3Av1/json')
  })
})

describe('writes', () => {
  test('nothing of a secret shows in the URL', async () => {
    await using engine = await startEngineAnswering(201, { ID: 'new' })
    const value = Buffer.from('hunter2')
    const id = await connectDocker(engine.endpoint).createSecret('db', value, { a: 'b' })
    expect(id).toBe('new')
    const [request] = engine.received
    expect(request).toMatchObject({ method: 'POST', url: '/secrets/create' })
    expect(JSON.parse(request?.body ?? '')).toEqual({
      Name: 'db',
      Labels: { a: 'b' },
      Data: value.toString('base64'),
    })
  })

  test('nothing of a spec shows in the URL', async () => {
    await using engine = await startEngineAnswering(200, { Warnings: null })
    await connectDocker(engine.endpoint).updateService('s1', 33, spec)
    const [request] = engine.received
    expect(request?.url).toBe('/services/s1/update?version=33&registryAuthFrom=spec')
    expect(JSON.parse(request?.body ?? '')).toEqual(spec)
  })

  test('a rollback asks the engine to swap in the previous spec, with its registry login', async () => {
    await using engine = await startEngineAnswering(200, { Warnings: null })
    await connectDocker(engine.endpoint).updateService('s1', 33, spec, { rollback: true })
    expect(engine.received[0]?.url).toBe(
      '/services/s1/update?version=33&registryAuthFrom=previous-spec&rollback=previous',
    )
  })

  test('a service is removed by its id', async () => {
    await using engine = await startEngineAnswering(200, '')
    await connectDocker(engine.endpoint).removeService('s/1')
    expect(engine.received[0]).toMatchObject({ method: 'DELETE', url: '/services/s%2F1' })
  })

  test('a conflict is told from other 500s', async () => {
    await using engine = await startEngineAnswering(500, {
      message: 'rpc error: code = Unknown desc = update out of sequence',
    })
    const update = connectDocker(engine.endpoint).updateService('s1', 1, spec)
    await expect(update).rejects.toMatchObject({ kind: 'out-of-sequence', status: 500 })
  })
})

describe('an engine that quotes what it was sent', () => {
  const quoting = (status: number, say: (body: string) => string = (body) => body) =>
    startFakeEngine(({ body }, response) => {
      response.statusCode = status
      response.end(JSON.stringify({ message: `invalid request: ${say(body)}` }))
    })
  const told = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => null,
      (reason) => reason,
    )
    expect(error).toMatchObject({ name: 'DockerError' })
    expect(error.cause).toBeUndefined()
    return inspect(error, { depth: 9 }) + JSON.stringify(error)
  }
  const value = 'hunter2-and-"more" of it'
  const bytes = Buffer.from(value)
  const data = bytes.toString('base64')

  test.each<[string, (body: string) => string]>([
    ['its body', (body) => body],
    ['the body cut short', () => `{"Name":"db","Data":"${data.slice(0, 21)}`],
    ['the first letters of it', () => `bad "${data.slice(0, 5)}"…`],
    ['a part from its midst', () => `bad ${data.slice(3, 29)} there`],
    ['the text', () => `bad value ${value}`],
    ['the text in quotes', () => `bad value ${JSON.stringify(value)}`],
    ['its bytes, as Go prints them', () => `bad [${bytes.join(' ')}]`],
    ['its bytes in hexadecimal', () => `bad ${bytes.toString('hex')}`],
    ['it as part of an address', () => `bad ${encodeURIComponent(value)}`],
    ['it far behind', () => `${'x'.repeat(70_000)} ${value}`],
  ])('of a value, %s: nothing of it is told', async (_, say) => {
    for (const status of [400, 500]) {
      await using engine = await quoting(status, say)
      const api = connectDocker(engine.endpoint)
      for (const call of [api.createSecret, api.createConfig]) {
        const words = await told(call('db', bytes, {}))
        expect(words).toContain(`What it said (${status}) quotes what it was sent`)
        for (const part of ['hunter2', data.slice(0, 5), bytes.toString('hex')]) {
          expect(words).not.toContain(part)
        }
      }
    }
  })

  test('of a page that is no JSON, and cut by us', async () => {
    await using engine = await startFakeEngine(({ body }, response) => {
      response.statusCode = 500
      response.end(`bad gateway, was sent ${body}`)
    })
    const long = Buffer.from('hunter2'.repeat(200))
    const words = await told(connectDocker(engine.endpoint).createSecret('db', long, {}))
    expect(words).toContain('quotes what it was sent')
    expect(words).not.toContain(long.toString('base64').slice(0, 8))
  })

  test.each<[string, string[], string, boolean]>([
    ['an entry', ['PASSWORD=hunter2'], 'bad: PASSWORD=hunter2', true],
    ['the value of one', ['PASSWORD=hunter2'], 'bad value "hunter2"', true],
    ['a short one, named', ['PIN=123'], '["PIN=123"]', true],
    ['a long one in part', ['PASSWORD=correct horse battery'], 'bad correct horse b', true],
    ['no more than a word of one', ['KIND=node'], '3 nodes are not available', false],
    ['an empty one', ['KIND='], 'bad request', false],
  ])('of an environment, %s', async (_, Env, message, isKeptBack) => {
    await using engine = await startEngineAnswering(500, { message })
    const ContainerSpec = { Image: 'web:1', Env }
    const call = connectDocker(engine.endpoint).updateService('s1', 1, {
      ...spec,
      TaskTemplate: { ContainerSpec },
    })
    const words = await told(call)
    expect(words.includes('quotes what it was sent')).toBe(isKeptBack)
    expect(words.includes(message)).toBe(!isKeptBack)
  })

  test('other words of it are told, cut and masked, and what they mean is known', async () => {
    const message = 'rpc error: code = Unknown desc = update out of sequence'
    await using engine = await startEngineAnswering(500, { message })
    const masked = (text: string) => text.replace('sequence', '•••')
    const api = connectDocker(engine.endpoint, { masked })
    for (const call of [
      api.updateService('s1', 1, spec),
      api.updateNode('n1', 1, { Role: 'worker', Availability: 'active' }),
      api.removeSecret('x'),
      api.removeService('x'),
      api.createSecret('db', bytes, {}),
    ]) {
      await expect(call).rejects.toMatchObject({
        kind: 'out-of-sequence',
        message: 'update out of •••',
      })
    }
    await using long = await startEngineAnswering(400, { message: 'x'.repeat(5_000) })
    const refused = connectDocker(long.endpoint).createSecret('db', bytes, {})
    await expect(refused).rejects.toThrow(/^x{500}…$/)
  })

  test('the bytes of an answer that is none stay behind', async () => {
    await using engine = await startFakeEngine(({ body }, response) => {
      response.socket?.end(`HTTP/1.1 400 Bad\r\nbroken ${body}\r\n\r\n`)
    })
    const words = await told(connectDocker(engine.endpoint).createSecret('db', bytes, {}))
    expect(words).not.toContain(data.slice(0, 8))
    expect(words).not.toContain(Buffer.from(data).join(','))
  })
})

describe('which engine', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('the environment does not override the endpoint', async () => {
    await using other = await startEngineAnswering(200, [])
    await using engine = await startEngineAnswering(200, [])
    vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1')
    vi.stubEnv('DOCKER_TLS_VERIFY', '1')
    vi.stubEnv('DOCKER_CLIENT_TIMEOUT', '1')
    vi.stubEnv('DOCKER_PATH_PREFIX', '/elsewhere/')
    expect(await connectDocker(engine.endpoint).nodes()).toEqual([])
    vi.stubEnv('DOCKER_HOST', other.endpoint.label)
    expect(await connectDocker(engine.endpoint).nodes()).toEqual([])
    expect(engine.received.map(({ url }) => url)).toEqual(['/nodes', '/nodes'])
    expect(other.received).toEqual([])
  })

  test('an environment beyond reading is said to be so', async () => {
    await using engine = await startEngineAnswering(200, [])
    vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1')
    vi.stubEnv('DOCKER_CERT_PATH', '/nowhere')
    expect(() => connectDocker(engine.endpoint)).toThrow(EndpointError)
  })

  test('nobody there', async () => {
    const endpoint = {
      label: '',
      kind: 'unix',
      socketPath: '/nowhere/docker.sock',
    } as const
    const api = connectDocker(endpoint)
    await expect(api.nodes()).rejects.toMatchObject({ kind: 'unreachable', status: null })
    const events = api.events(new AbortController().signal)
    await expect(events).rejects.toMatchObject({ kind: 'unreachable' })
  })
})

describe('answers that are none', () => {
  const methods: (keyof DockerApi & ('nodes' | 'swarm' | 'info' | 'version'))[] = [
    'nodes',
    'swarm',
    'info',
    'version',
  ]

  test.each([
    '',
    '<html>',
    '{"JoinTokens": {"Worker": "SWMTKN-1-x"',
    '[{}]',
    '"x"',
    'null',
  ])('%j is a protocol error that does not repeat it', async (body) => {
    await using engine = await startEngineAnswering(200, body)
    const api = connectDocker(engine.endpoint)
    for (const method of methods) {
      const error = await api[method]().catch((reason) => reason)
      expect(error).toMatchObject({ name: 'DockerError', kind: 'protocol' })
      expect(`${error} ${error.cause}`).not.toContain('SWMTKN')
    }
  })

  test('a failing answer of a proxy does not put its page into the message', async () => {
    await using engine = await startEngineAnswering(502, '<html>Bad gateway</html>')
    await expect(connectDocker(engine.endpoint).nodes()).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'The engine answered 502.',
    })
  })
})

describe('engines that stall or fail', () => {
  const quick = { callTimeoutMs: 80 }

  test('no answer at all', async () => {
    await using engine = await startFakeEngine(() => {})
    const api = connectDocker(engine.endpoint, quick)
    const error = { kind: 'timeout', status: null }
    await expect(api.nodes()).rejects.toMatchObject(error)
    await expect(api.events(new AbortController().signal)).rejects.toMatchObject(error)
    await expect(api.updateService('s1', 1, spec)).rejects.toThrow('It may still do')
  })

  test('half an answer, then silence', async () => {
    await using engine = await startFakeEngine((_request, response) => response.write('[{'))
    const reading = connectDocker(engine.endpoint, quick).nodes()
    await expect(reading).rejects.toMatchObject({ kind: 'timeout' })
  })

  test('half an answer, then the engine dies', async () => {
    await using engine = await startFakeEngine((_request, response) => {
      response.write('[{', () => response.destroy())
    })
    const reading = connectDocker(engine.endpoint).nodes()
    await expect(reading).rejects.toMatchObject({ kind: 'unreachable' })
  })

  test('a lost connection is tried again once, but never for a write', async () => {
    await using engine = await startFakeEngine((request, response) => {
      const again = engine.received.filter(({ url }) => url === request.url).length > 1
      if (again) response.end('[]')
      else response.destroy()
    })
    const api = connectDocker(engine.endpoint)
    expect(await api.nodes()).toEqual([])
    await expect(api.createSecret('db', Buffer.from('x'), {})).rejects.toMatchObject({
      kind: 'unreachable',
    })
    expect(engine.received.map(({ url }) => url)).toEqual([
      '/nodes',
      '/nodes',
      '/secrets/create',
    ])
  })
})
