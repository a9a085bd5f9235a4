import { randomBytes } from 'node:crypto'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
} from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Mirror } from './mirror/mirror.ts'
import { clusterRoutes } from './routes/cluster.ts'
import { documentApi } from './routes/documentation.ts'
import { healthRoutes } from './routes/health.ts'
import { answerProblems } from './routes/problem.ts'
import { serviceRoutes } from './routes/services.ts'
import { serveWeb } from './routes/web.ts'
import { createFeed } from './stream/feed.ts'

export type AppOptions = {
  mirror: Mirror
  version: string
  /** Folder of the built web application; without one only the API is served. */
  webRoot: string
  /** Whether every answer is checked against its schema: in tests and development. */
  validates: boolean
  logger: FastifyBaseLogger
}

/** Composes the console around a mirror. Does not listen, and starts nothing. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { mirror, version, webRoot, validates, logger } = options
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerProblems(app)

  const feed = createFeed(mirror, randomBytes(6).toString('hex'), version, logger)
  app.addHook('onClose', async () => feed.stop())

  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    reply.header('x-frame-options', 'DENY')
  })
  await documentApi(app, version)
  await app.register(healthRoutes, { mirror })
  await app.register(clusterRoutes, { feed, validates })
  await app.register(serviceRoutes, { mirror })
  await serveWeb(app, webRoot)
  return app
}
