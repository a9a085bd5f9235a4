import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import manifest from '../../package.json' with { type: 'json' }
import { buildApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { readTls } from './docker/certificates.ts'
import { connectDocker } from './docker/dockerode.ts'
import { EndpointError, endpoints } from './docker/endpoint.ts'
import { pushFeed } from './docker/push-feed.ts'
import { readOnly } from './docker/read-only.ts'
import { maskCredentials } from './domain/stored/credential-like.ts'
import type { Tracking } from './domain/tracking.ts'
import { MemoryError } from './memory/errors.ts'
import { openMemory } from './memory/memory.ts'
import { VaultError } from './memory/vault.ts'
import { clock } from './mirror/clock.ts'
import { createMirror, type Engine } from './mirror/mirror.ts'

const minute = 60_000
const hour = 60 * minute

/** Starts the console: settings, mirror, server; and ends all three on a signal. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const { port, host, watchSocket, logLevel, readOnly: isReadOnly } = config
  const [first, ...others] = endpoints(process.env, readTls)
  if (!first) throw new ConfigError('No engine to talk to: set DOCKER_HOST.')
  const logger: Logger = pino({ level: logLevel })

  const connectTo = (endpoint: typeof first) =>
    connectDocker(endpoint, { masked: (text) => maskCredentials(text).text })
  // A control socket tells what its own manager knows, which may be cut off from the rest:
  // the one that is named belongs to the first engine.
  const engine = (endpoint: typeof first, socket: string | undefined): Engine => ({
    api: isReadOnly ? readOnly(connectTo(endpoint)) : connectTo(endpoint),
    openWatch: pushFeed(socket, endpoint),
  })
  const unnamed = watchSocket === 'off' ? 'off' : undefined
  const engines = others.map((endpoint) => engine(endpoint, unnamed))
  const mirror = createMirror([engine(first, watchSocket), ...engines], logger)
  const memory = await openMemory<Tracking>({
    ...config.memory,
    now: clock.now,
    log: logger,
  })
  const app = await buildApp({
    mirror,
    memory,
    readOnly: isReadOnly,
    hosts: config.hosts,
    version: manifest.version,
    webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    validates: process.env.NODE_ENV !== 'production',
    logger,
  })

  const forget = () => {
    const { services, swarm } = mirror.state()
    const existing = swarm.state === 'live' ? new Set(services.keys()) : null
    memory.prune(existing).catch((err) => logger.error({ err }, 'nothing was forgotten'))
  }
  setTimeout(forget, minute).unref()
  setInterval(forget, hour).unref()
  mirror.start()
  await listen(app, port, host)

  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await Promise.all([app.close(), mirror.stop()])
    await memory.close()
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

async function listen(app: FastifyInstance, port: number, host: string): Promise<void> {
  try {
    await app.listen({ port, host })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code !== 'EADDRINUSE') throw error
    throw new ConfigError(
      `${host}:${port} is taken: is a second Skep running? SKEP_PORT names another port.`,
    )
  }
}

try {
  await main()
} catch (error) {
  // What the operator can mend is said plainly; anything else keeps its stack.
  const mendable =
    error instanceof ConfigError ||
    error instanceof EndpointError ||
    error instanceof MemoryError ||
    error instanceof VaultError
  console.error(mendable ? `skep: ${error.message}` : error)
  // What was begun keeps the process alive: it would watch and write unseen.
  process.exit(1)
}
