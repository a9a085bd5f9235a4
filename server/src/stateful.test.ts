import { Cluster } from '@skep/shared/contract/cluster'
import { Problem } from '@skep/shared/contract/problem'
import { StatefulList, Statefulness } from '@skep/shared/contract/stateful'
import { api } from '@skep/shared/paths'
import type { FastifyInstance } from 'fastify'
import { beforeEach, expect, test, vi } from 'vitest'
import { anApp } from './app.fixture.ts'
import { aMemory } from './memory/memory.fixture.ts'
import type { Memory } from './memory/memory.ts'
import { anEngine, type TestEngine } from './mirror/engine.fixture.ts'
import { aMirror, live } from './mirror/mirror.fixture.ts'

const Mounts = [{ Type: 'volume', Source: 'pgdata', Target: '/var/lib/postgresql/data' }]
const ContainerSpec = { Image: 'postgres:17', Mounts }

let engine: TestEngine
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
  memory = await aMemory()
  const mirror = aMirror(engine)
  app = await anApp({ mirror, memory })
  await live(mirror)
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
