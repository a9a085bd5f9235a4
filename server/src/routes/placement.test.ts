import { Placement } from '@skep/shared/contract/placement'
import { Problem } from '@skep/shared/contract/problem'
import { api } from '@skep/shared/paths'
import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { anEngine } from '../mirror/engine.fixture.ts'
import { createMirror } from '../mirror/mirror.ts'
import { placementRoutes } from './placement.ts'
import { answerProblems } from './problem.ts'

const setUp = () => {
  const engine = anEngine()
  engine.putNode('m1')
  engine.putService('web', 1)
  engine.putTask('t1', 'web', 'running')
  const mirror = createMirror([engine], pino({ level: 'silent' }))
  const app = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerProblems(app)
  return { mirror, app }
}
let at: ReturnType<typeof setUp>

beforeEach(async () => {
  at = setUp()
  await at.app.register(placementRoutes, { mirror: at.mirror })
  at.mirror.start()
  await vi.waitFor(() => expect(at.mirror.state().swarm.state).toBe('live'))
})
afterEach(() => Promise.all([at.app.close(), at.mirror.stop()]))

test('tells where the next task of a service could run, and as of when', async () => {
  const { body } = await at.app.inject({ url: api.servicePlacement('web') })
  const { nodes, mode, asOf } = Placement.parse(JSON.parse(body))
  expect(mode).toBe('anywhere')
  expect(nodes.map(({ node }) => node)).toEqual(['m1'])
  expect(Date.parse(asOf)).toBeGreaterThan(Date.now() - 60_000)
})

test('a service that is not there is a problem told', async () => {
  const answer = await at.app.inject({ url: api.servicePlacement('nope') })
  expect(answer.statusCode).toBe(404)
  expect(Problem.parse(answer.json()).code).toBe('no-such-service')
})
