import { LabelUses, Placement } from '@skep/shared/contract/placement'
import { Problem } from '@skep/shared/contract/problem'
import { api } from '@skep/shared/paths'
import type { FastifyInstance } from 'fastify'
import { beforeEach, expect, test } from 'vitest'
import { anEngine } from '../mirror/engine.fixture.ts'
import { aMirror, live } from '../mirror/mirror.fixture.ts'
import { placementRoutes } from './placement.ts'
import { aServer } from './routes.fixture.ts'

let app: FastifyInstance

beforeEach(async () => {
  const engine = anEngine()
  engine.putNode('m1')
  engine.putService('web', 1)
  engine.putTask('t1', 'web', 'running')
  const mirror = aMirror(engine)
  app = aServer()
  await app.register(placementRoutes, { mirror })
  await live(mirror)
})

test('tells where the next task of a service could run, and as of when', async () => {
  const { body } = await app.inject({ url: api.servicePlacement('web') })
  const { nodes, mode, asOf } = Placement.parse(JSON.parse(body))
  expect(mode).toBe('anywhere')
  expect(nodes.map(({ node }) => node)).toEqual(['m1'])
  expect(Date.parse(asOf)).toBeGreaterThan(Date.now() - 60_000)
})

test('tells which constraints ask for the labels of a node', async () => {
  const answer = await app.inject({ url: api.nodeLabelUses('m1') })
  expect(LabelUses.parse(answer.json())).toMatchObject({ node: 'm1', uses: [] })
  const missing = await app.inject({ url: api.nodeLabelUses('nope') })
  expect(Problem.parse(missing.json()).code).toBe('no-such-node')
})

test('a service that is not there is a problem told', async () => {
  const answer = await app.inject({ url: api.servicePlacement('nope') })
  expect(answer.statusCode).toBe(404)
  expect(Problem.parse(answer.json()).code).toBe('no-such-service')
})
