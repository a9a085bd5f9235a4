import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { onTestFinished } from 'vitest'
import { answerProblems } from './problem.ts'

/** A server that knows contracts and problems, and no route yet; closed after the test. */
export function aServer(options: FastifyServerOptions = {}): FastifyInstance {
  const app = Fastify(options)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerProblems(app)
  onTestFinished(() => app.close())
  return app
}
