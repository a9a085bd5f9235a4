import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Rotation, RotationPreview } from '@skep/shared/contract/rotation'
import { api } from '@skep/shared/paths'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { buildApp } from './app.ts'
import { consentTo } from './commands/consent.fixture.ts'
import { connectDocker } from './docker/dockerode.ts'
import type { EngineServiceSpec } from './docker/engine.ts'
import { startFakeEngine } from './docker/testdata/fake-engine.ts'
import type { Tracking } from './domain/tracking.ts'
import { fakeIntervals } from './intervals.fixture.ts'
import { temporaryFolder } from './memory/databases.fixture.ts'
import { aMemory } from './memory/memory.fixture.ts'
import {
  type Postgres,
  postgresUnavailable,
  startPostgres,
} from './memory/postgres.fixture.ts'
import { anEngine, type TestEngine } from './mirror/engine.fixture.ts'
import { aMirror, live } from './mirror/mirror.fixture.ts'
import { formsOf } from './value-forms.fixture.ts'

/** A value that is handed to a console goes to the engine, and into nothing that it keeps. */

const values = {
  created: 'canary created 4711',
  rotated: 'canary "rotated" 4712',
  refused: 'canary/refused+4713',
  quoted: 'canary quoted 4714',
  environment: 'canary-environment-4715',
}

/** For a server to start or to stop, and for a story, in milliseconds. */
const patience = 60_000

describe('what a console keeps in a file of SQLite', () => {
  test('holds no value', { timeout: patience }, async () => {
    const dataDir = temporaryFolder()
    const files = async () =>
      Buffer.concat(readdirSync(dataDir).map((file) => readFileSync(join(dataDir, file))))
    await tellStory({ dataDir }, files)
  })
})

const missing = postgresUnavailable()
describe.skipIf(missing !== null && process.env.CI !== 'true')(
  `what a console keeps in PostgreSQL${missing ? ` (${missing})` : ''}`,
  () => {
    let server: Postgres
    beforeAll(async () => {
      server = await startPostgres()
    }, patience)
    afterAll(() => server?.stop(), patience)

    test('holds no value', { timeout: patience }, async () => {
      const databaseUrl = await server.newDatabase()
      await tellStory({ databaseUrl }, () => dumpOf(databaseUrl))
    })
  },
)

/** Every row of every table, as text. */
async function dumpOf(connectionString: string): Promise<Buffer> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const told: string[] = []
    const tables = await client.query<{ name: string }>(
      "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    )
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(
        `select cast(whole as text) as row from ${name} as whole`,
      )
      told.push(name, ...rows.map(({ row }) => row))
    }
    return Buffer.from(told.join('\n'))
  } finally {
    await client.end()
  }
}

async function tellStory(
  where: { dataDir: string } | { databaseUrl: string },
  kept: () => Promise<Buffer>,
) {
  fakeIntervals()
  const engine = anEngine()
  engine.putNode('m1')
  engine.putStored('secret', 'db_v1')
  engine.putStored('secret', 'key_v1')
  put(engine, 'web', 'db_v1')
  put(engine, 'api', 'key_v1')
  const mirror = aMirror(engine)
  await live(mirror)
  const log: Buffer[] = []
  const memory = await aMemory<Tracking>(where)
  const app = await buildApp({
    mirror,
    memory,
    version: '0.1.0',
    webRoot: '/nowhere',
    validates: true,
    readOnly: false,
    hosts: [],
    logger: pino({ level: 'trace' }, sink(log)),
  })
  onTestFinished(() => app.close())
  const { answers, get, post } = asking(app)

  expect(await post(api.stored('secret'), secret('token_v1', values.created))).toBe(201)
  const verified = await rotate('db_v1', values.rotated)
  await reaches(verified, 'verified')

  // From now on it quotes whatever it is sent.
  const quotes = await quoting()
  onTestFinished(() => quotes[Symbol.asyncDispose]())
  const real = engine.api
  const { createSecret, updateService } = connectDocker(quotes.endpoint)
  engine.api.createSecret = createSecret
  expect(await post(api.stored('secret'), secret('token_v2', values.refused))).toBe(502)
  await rotate('key_v1', values.quoted, 502)
  engine.api.createSecret = async (name, _, labels) => {
    engine.putStored('secret', name, labels)
    return name
  }
  real.updateService = updateService
  await reaches(await rotate('key_v1', values.quoted), 'stopped')

  const addresses = [
    ...[api.cluster(), api.stored('secret'), api.rotations(), api.operations()],
    ...[api.journal(), api.volumes(), api.stateful()],
    ...['web', 'api'].flatMap((name) => [
      api.serviceSpec(name),
      api.serviceVersions(name),
      api.serviceTasks(name),
    ]),
  ]
  for (const address of addresses) expect((await get(address)).statusCode).toBe(200)
  const { items } = (await get(api.rotations())).json<{ items: Rotation[] }>()
  for (const { id } of items) await get(api.rotationEvidence(id))

  // The journal is written a moment later. The same search finds what may be there.
  const database = await vi.waitFor(
    async () => {
      const all = await kept()
      if (!all.includes('quotes what it was sent')) throw new Error('not yet')
      return all
    },
    { timeout: 10_000, interval: 50 },
  )
  const told = { answers: Buffer.concat(answers), log: Buffer.concat(log), database }
  for (const [place, bytes] of Object.entries(told)) {
    expect(`${place}: ${bytes.includes('quotes what it was sent')}`).toBe(`${place}: true`)
    for (const [name, value] of Object.entries(values)) {
      const isThere = formsOf(value).some((form) => bytes.includes(form))
      expect(`${name} in ${place}: ${isThere}`).toBe(`${name} in ${place}: false`)
    }
  }

  async function rotate(name: string, value: string, status = 202): Promise<string> {
    const path = api.storedRotate('secret', name)
    const preview = (await get(path)).json<RotationPreview>()
    const data = Buffer.from(value).toString('base64')
    const body = { next: preview.next, ...consentTo(preview), data }
    expect(await post(path, body)).toBe(status)
    const { items } = (await get(api.rotations())).json<{ items: Rotation[] }>()
    return items[0]?.id ?? ''
  }

  async function reaches(id: string, state: Rotation['state']) {
    await vi.waitFor(
      async () => {
        for (const ID of ['web', 'api'])
          engine.tell.event({ Type: 'service', Action: 'update', Actor: { ID } })
        vi.advanceTimersByTime(1_000)
        const one = (await get(api.rotation(id))).json<Rotation>()
        expect(`${one.state}: ${one.sentence}`).toMatch(new RegExp(`^${state}:`))
      },
      { timeout: 20_000, interval: 20 },
    )
  }
}

/** An engine that refuses every write with the words of the request. */
const quoting = () =>
  startFakeEngine(({ body }, response) => {
    response.statusCode = 400
    response.end(JSON.stringify({ message: `invalid request: ${body}` }))
  })

const sink = (into: Buffer[]): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      into.push(Buffer.from(chunk))
      done()
    },
  })

const secret = (name: string, value: string) => ({
  name,
  data: Buffer.from(value).toString('base64'),
  labels: {},
})

/** Asks as our own pages do, and hears every answer. */
function asking(app: FastifyInstance) {
  const answers: Buffer[] = []
  const hear = <T extends { rawPayload: Buffer; headers: object }>(answer: T): T => {
    answers.push(Buffer.from(JSON.stringify(answer.headers)), answer.rawPayload)
    return answer
  }
  const headers = { 'sec-fetch-site': 'same-origin' }
  return {
    answers,
    get: async (url: string) => hear(await app.inject({ url })),
    post: async (url: string, payload: object) =>
      hear(await app.inject({ method: 'POST', url, headers, payload })).statusCode,
  }
}

/** A service whose one task runs on whatever it is asked for, since long ago. */
function put(engine: TestEngine, name: string, id: string) {
  const spec: EngineServiceSpec = {
    Name: name,
    TaskTemplate: {
      ContainerSpec: {
        Image: 'demo/web:v1',
        Env: [`PASSWORD=${values.environment}`],
        Secrets: [{ SecretID: id, SecretName: id, File: { Name: 'db' } }],
      },
    },
    Mode: { Replicated: { Replicas: 1 } },
    UpdateConfig: { Parallelism: 1, Monitor: 1 },
  }
  engine.putService(name, 1, { Spec: spec })
  const Status = {
    Timestamp: new Date().toISOString(),
    State: 'running',
    ContainerStatus: { ContainerID: `c-${name}` },
  }
  engine.putTask(`t-${name}`, name, 'running', { Status })
}
