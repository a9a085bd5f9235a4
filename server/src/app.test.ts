import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Cluster } from '@skep/shared/contract/cluster'
import { Problem } from '@skep/shared/contract/problem'
import { SpecSummary } from '@skep/shared/contract/spec-summary'
import { TaskHistory } from '@skep/shared/contract/task'
import { api } from '@skep/shared/paths'
import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { anApp } from './app.fixture.ts'
import { temporaryFolder } from './memory/databases.fixture.ts'
import { aMemory } from './memory/memory.fixture.ts'
import { anEngine, type TestEngine } from './mirror/engine.fixture.ts'
import { aMirror, live } from './mirror/mirror.fixture.ts'
import type { Mirror } from './mirror/mirror.ts'

let engine: TestEngine
let mirror: Mirror
let app: FastifyInstance

beforeEach(async () => {
  engine = anEngine()
  engine.putNode('m1')
  engine.putService('web', 1)
  engine.putTask('t1', 'web', 'running')
  mirror = aMirror(engine)
  app = await anApp({ mirror, memory: await aMemory() })
})

const get = (url: string) => app.inject({ url })

describe('health', () => {
  test('the process is healthy before it knows anything', async () => {
    expect((await get(api.health())).json()).toEqual({ status: 'ok' })
  })

  test('it is ready only while the mirror is live', async () => {
    expect((await get(api.ready())).statusCode).toBe(503)
    await live(mirror)
    expect((await get(api.ready())).json()).toEqual({ status: 'ready', swarm: 'live' })
    engine.break('no-quorum')
    await vi.waitFor(async () => {
      const { statusCode, body } = await get(api.ready())
      expect({ statusCode, body }).toEqual({
        statusCode: 503,
        body: '{"status":"not-ready","swarm":"no-quorum"}',
      })
    })
  })
})

describe('the snapshot', () => {
  test('is what the contract says', async () => {
    await live(mirror)
    const cluster = Cluster.parse((await get(api.cluster())).json())
    expect(cluster.services.web).toMatchObject({ running: 1, desired: 1 })
    expect(Object.keys(cluster.nodes)).toEqual(['m1'])
  })

  test('before the first look claims nothing', async () => {
    const cluster = Cluster.parse((await get(api.cluster())).json())
    expect(cluster.swarm.state).toBe('connecting')
    expect(cluster.overview.tone).not.toBe('ok')
    expect(cluster.freshness.contactAt).toBeNull()
  })
})

describe('a service', () => {
  test('tells its task history', async () => {
    await live(mirror)
    const { tasks } = TaskHistory.parse((await get(api.serviceTasks('web'))).json())
    expect(tasks.map(({ id }) => id)).toEqual(['t1'])
  })

  test('tells its spec, and of its environment the names alone', async () => {
    await live(mirror)
    const answer = await get(api.serviceSpec('web'))
    expect(SpecSummary.parse(answer.json()).environment).toEqual(['TOKEN'])
    expect(answer.body).not.toContain('s3cret')
  })
})

describe('what is refused says so', () => {
  test.each([
    { url: api.serviceTasks('nope'), status: 404, code: 'no-such-service' },
    { url: api.serviceSpec('__proto__'), status: 404, code: 'no-such-service' },
    { url: api.serviceLogs('nope'), status: 404, code: 'no-such-service' },
    { url: `${api.serviceLogs('web')}?tail=-1`, status: 400, code: 'invalid-request' },
    { url: '/api/nothing', status: 404, code: 'no-such-address' },
  ])('$url is $status $code', async ({ url, status, code }) => {
    await live(mirror)
    const answer = await get(url)
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(Problem.parse(answer.json())).toMatchObject({ status, code })
  })
})

test('OpenAPI 3.1 names every address of the contract', async () => {
  const document = (await get(api.openapi())).json()
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths).sort()).toEqual([
    '/api/cluster',
    '/api/config-families/{family}/prune',
    '/api/configs',
    '/api/configs/{name}',
    '/api/configs/{name}/content',
    '/api/configs/{name}/remove',
    '/api/configs/{name}/rotate',
    '/api/journal',
    '/api/journal/suspects',
    '/api/maintenance/{id}/end',
    '/api/maintenance/{id}/evidence',
    '/api/maintenance/{id}/tick',
    '/api/nodes/{name}/activate',
    '/api/nodes/{name}/demote',
    '/api/nodes/{name}/drain',
    '/api/nodes/{name}/label-uses',
    '/api/nodes/{name}/labels',
    '/api/nodes/{name}/maintenance',
    '/api/nodes/{name}/pause',
    '/api/nodes/{name}/promote',
    '/api/nodes/{name}/remove',
    '/api/operations',
    '/api/operations/{id}',
    '/api/rotations',
    '/api/rotations/{id}',
    '/api/rotations/{id}/abandon',
    '/api/rotations/{id}/evidence',
    '/api/rotations/{id}/resume',
    '/api/rotations/{id}/retire',
    '/api/rotations/{id}/rollback',
    '/api/secret-families/{family}/prune',
    '/api/secrets',
    '/api/secrets/{name}',
    '/api/secrets/{name}/remove',
    '/api/secrets/{name}/rotate',
    '/api/services/{name}/image',
    '/api/services/{name}/logs',
    '/api/services/{name}/placement',
    '/api/services/{name}/remove',
    '/api/services/{name}/restart',
    '/api/services/{name}/restore',
    '/api/services/{name}/resume',
    '/api/services/{name}/rollback',
    '/api/services/{name}/scale',
    '/api/services/{name}/settings',
    '/api/services/{name}/spec',
    '/api/services/{name}/statefulness',
    '/api/services/{name}/swap',
    '/api/services/{name}/tasks',
    '/api/services/{name}/versions',
    '/api/simulation',
    '/api/stateful',
    '/api/stream',
    '/api/volumes',
    '/healthz',
    '/readyz',
  ])
  expect((await get(api.docs())).statusCode).toBe(200)
})

test('an open stream does not keep the console from closing', async () => {
  await live(mirror)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const stream = await fetch(address + api.stream())
  const reader = stream.body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  expect(new TextDecoder().decode(value)).toContain('event: snapshot')
  await app.close()
  expect((await reader?.read())?.done).toBe(true)
})

test('without its memory it starts, shows the swarm, and says what it cannot tell', async () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'skep.db'))
  const blind = await anApp({ mirror, memory: await aMemory({ dataDir }) })
  await live(mirror)
  const status = async (url: string) => (await blind.inject({ url })).statusCode
  expect(await status(api.cluster())).toBe(200)
  for (const url of [api.journal(), api.operations(), api.serviceVersions('web')]) {
    const answer = await blind.inject({ url })
    expect(Problem.parse(answer.json())).toMatchObject({ status: 503, code: 'memory-away' })
  }
  const preview = (await blind.inject({ url: api.serviceCommand('web', 'restart') })).json()
  expect(preview.checks[0]).toMatchObject({ id: 'memory-away', level: 'block' })
})

test('a name as long as an engine takes, or longer, is told of as any other', async () => {
  await live(mirror)
  const asked = async (letters: number) => {
    const { statusCode, body } = await get(api.storedRemove('secret', 'a'.repeat(letters)))
    return [statusCode, Problem.parse(JSON.parse(body)).code]
  }
  expect(await asked(200)).toEqual([404, 'no-such-secret'])
  expect(await asked(201)).toEqual([400, 'invalid-request'])
})
