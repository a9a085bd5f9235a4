import { Cluster } from '@skep/shared/contract/cluster'
import { Problem } from '@skep/shared/contract/problem'
import { StatefulList, Statefulness } from '@skep/shared/contract/stateful'
import { api } from '@skep/shared/paths'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { buildApp } from './app.ts'
import { type Memory, openMemory } from './memory/memory.ts'
import { anEngine } from './mirror/engine.fixture.ts'
import { createMirror, type Mirror } from './mirror/mirror.ts'

const logger = pino({ level: 'silent' })
const Mounts = [{ Type: 'volume', Source: 'pgdata', Target: '/var/lib/postgresql/data' }]
const ContainerSpec = { Image: 'postgres:17', Mounts }

let engine: ReturnType<typeof anEngine>
let mirror: Mirror
let app: FastifyInstance
let memory: Memory<never>

const on = (id: string, nodeId: string, state: string, at: string) =>
  engine.putTask(id, 'db', state, {
    NodeID: nodeId,
    CreatedAt: at,
    Spec: { ContainerSpec },
    Status: { Timestamp: at, State: state, ContainerStatus: { ContainerID: id } },
    DesiredState: state === 'running' ? 'running' : 'shutdown',
  })

beforeEach(async () => {
  engine = anEngine()
  for (const id of ['m1', 'm2']) engine.putNode(id)
  engine.putService('web', 1)
  engine.putService('db', 1)
  const [db] = await engine.api.services(['db'])
  if (db) db.Spec.TaskTemplate = { ContainerSpec }
  engine.putTask('t1', 'web', 'running')
  on('d1', 'm1', 'running', '2026-11-20T10:00:00Z')
  mirror = createMirror([engine], logger)
  memory = await openMemory({
    databaseUrl: null,
    dataDir: null,
    secretKeyFile: null,
    retentionDays: 30,
    now: Date.now,
    log: logger,
  })
  app = await buildApp({
    mirror,
    memory,
    version: '0.1.0',
    webRoot: '/nowhere',
    validates: true,
    readOnly: false,
    hosts: [],
    logger,
  })
  mirror.start()
  await vi.waitFor(() => expect(mirror.state().swarm.state).toBe('live'))
})

afterEach(async () => {
  await Promise.all([app.close(), mirror.stop()])
  await memory.close()
})

const get = async (url: string) => (await app.inject({ url })).json()

test('the list names what holds data, and since when that is watched', async () => {
  const list = StatefulList.parse(await get(api.stateful()))
  expect(list.services.map(({ service }) => service)).toEqual(['db'])
  expect(list.watchingSince).not.toBeNull()
})

test('a volume that moved is told by the service, the attention and the journal', async () => {
  on('d1', 'm1', 'shutdown', '2026-11-20T11:00:00Z')
  on('d2', 'm2', 'running', '2026-11-20T11:00:01Z')
  for (const id of ['d1', 'd2']) {
    engine.tell.change({ kind: 'task', action: 'update', id, serviceId: 'db' })
  }
  await vi.waitFor(async () => {
    const found = Statefulness.parse(await get(api.serviceStatefulness('db')))
    expect(found.residency).toEqual([
      { volume: 'pgdata', node: 'm2', from: '2026-11-20T11:00:01.000Z', to: null },
      {
        volume: 'pgdata',
        node: 'm1',
        from: '2026-11-20T10:00:00.000Z',
        to: '2026-11-20T11:00:00.000Z',
      },
    ])
    expect(found.placement).toBe('misplaced')
  })
  const cluster = Cluster.parse(await get(api.cluster()))
  expect(cluster.services.db?.state?.placement).toBe('misplaced')
  expect(cluster.attention.map(({ id }) => id)).toContain('misplaced:db')
  await memory.journal.flush()
  const { entries } = await memory.journal.page({ service: 'db', limit: 50 })
  expect(entries.map(({ sentence }) => sentence)).toContain(
    'db: volume pgdata was on m1, its task now runs on m2: probably empty there',
  )
  const ofNode = await memory.journal.page({ node: 'm2', limit: 50 })
  expect(ofNode.entries.some(({ tone }) => tone === 'warning')).toBe(true)
})

test('a service that is not there says so', async () => {
  const answer = await app.inject({ url: api.serviceStatefulness('__proto__') })
  expect(answer.statusCode).toBe(404)
  expect(Problem.parse(answer.json()).code).toBe('no-such-service')
})
