import { randomBytes } from 'node:crypto'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
} from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { createResidencyLedger } from './chronicle/residency.ts'
import { keepSpecs } from './chronicle/specs.ts'
import { keepTransitions } from './chronicle/transitions.ts'
import { createMaintenanceDesk } from './commands/maintenance.ts'
import { createNodeCommands } from './commands/node-commands.ts'
import { createOperations } from './commands/operations.ts'
import { createRotationDesk } from './commands/rotations.ts'
import { createServiceCommands } from './commands/service-commands.ts'
import { createStoredDesk } from './commands/stored.ts'
import type { Tracking } from './domain/tracking.ts'
import type { Memory } from './memory/memory.ts'
import type { Mirror } from './mirror/mirror.ts'
import { clusterRoutes } from './routes/cluster.ts'
import { commandRoutes } from './routes/commands.ts'
import { documentApi } from './routes/documentation.ts'
import { guardRequests } from './routes/guard.ts'
import { healthRoutes } from './routes/health.ts'
import { journalRoutes } from './routes/journal.ts'
import { maintenanceRoutes } from './routes/maintenance.ts'
import { nodeCommandRoutes } from './routes/node-commands.ts'
import { operationRoutes } from './routes/operations.ts'
import { placementRoutes } from './routes/placement.ts'
import { answerProblems } from './routes/problem.ts'
import { rotationRoutes } from './routes/rotations.ts'
import { serviceRoutes } from './routes/services.ts'
import { simulationRoutes } from './routes/simulation.ts'
import { statefulRoutes } from './routes/stateful.ts'
import { storedRoutes } from './routes/stored.ts'
import { volumeRoutes } from './routes/volumes.ts'
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
  memory: Memory<Tracking>
  /** Whether no command is carried out; the engines are wrapped to match. */
  readOnly: boolean
  /** Names that the console may be asked for by, beside loopback's. */
  hosts: readonly string[]
}

/** Composes the console around a mirror. Does not listen, and starts nothing. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { mirror, version, webRoot, validates, logger, memory, readOnly, hosts } = options
  const app = Fastify({
    // Longer than any name that an engine takes: what is too long is told by the route.
    routerOptions: { maxParamLength: 1_024 },
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerProblems(app)
  guardRequests(app, { hosts })

  const operations = createOperations(mirror, memory, logger)
  const residency = createResidencyLedger({
    mirror,
    memory,
    journal: memory.journal,
    log: logger,
  })
  // Before the feed follows the mirror, so that it shows a volume where its task is.
  await residency.start()
  const commands = createServiceCommands({
    mirror,
    memory,
    operations,
    residency: residency.current,
    readOnly,
  })
  const nodeCommands = createNodeCommands({
    mirror,
    memory,
    operations,
    residency: residency.current,
    readOnly,
  })
  const stored = createStoredDesk({ mirror, memory, readOnly })
  const rotations = createRotationDesk({
    mirror,
    memory,
    operations,
    commands,
    readOnly,
    log: logger,
  })
  const desk = createMaintenanceDesk({ mirror, memory, log: logger })
  const transitions = keepTransitions(mirror, memory.journal)
  const specs = keepSpecs(mirror, memory, operations, logger)
  const feed = createFeed(mirror, {
    epoch: randomBytes(6).toString('hex'),
    version,
    readOnly,
    operations,
    residency,
    rotations,
    onNews: transitions.onNews,
    log: logger,
  })
  await operations.start()
  await desk.start()
  await rotations.start()
  app.addHook('onClose', async () => {
    feed.stop()
    operations.stop()
    desk.stop()
    rotations.stop()
    transitions.stop()
    await specs.stop()
    await residency.stop()
  })

  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    reply.header('x-frame-options', 'DENY')
  })
  await documentApi(app, version)
  await app.register(healthRoutes, { mirror })
  await app.register(clusterRoutes, { feed, validates })
  await app.register(serviceRoutes, { mirror })
  await app.register(placementRoutes, { mirror })
  await app.register(statefulRoutes, { mirror, memory, residency })
  await app.register(storedRoutes, { stored, mirror, validates })
  await app.register(rotationRoutes, { rotations })
  await app.register(volumeRoutes, { mirror, residency })
  await app.register(commandRoutes, { commands })
  await app.register(nodeCommandRoutes, { nodeCommands })
  await app.register(maintenanceRoutes, { desk })
  await app.register(simulationRoutes, { mirror })
  await app.register(operationRoutes, { memory })
  await app.register(journalRoutes, { mirror, memory })
  await serveWeb(app, webRoot)
  return app
}
