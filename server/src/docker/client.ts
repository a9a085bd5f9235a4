import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIPv6 } from 'node:net'
import { inspect } from 'node:util'
import Docker from 'dockerode'
import { type Endpoint, EndpointError, type Tls } from './endpoint.ts'

export type Query = Readonly<Record<string, string | number | boolean | object>>

export type Exchange = {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  query: Query
  body?: object
  signal: AbortSignal
}

/** Every status, so that the modem hands over each answer unread and we judge it. */
const ANY_STATUS: Record<number, true> = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [index + 100, true]),
)

/**
 * Dockerode fills every option that is missing from DOCKER_* variables, which may mean
 * another engine: all are given, also those that are undefined. The modem's own time-outs
 * look like a lost connection and end quiet streams, so deadlines are signals instead.
 *
 * @throws EndpointError when those variables are beyond reading
 * @see apocas/docker-modem lib/modem.js
 */
export function createClient(endpoint: Endpoint, maxSockets: number): Docker {
  const tcp = endpoint.kind === 'tcp' ? endpoint : null
  const options = {
    socketPath: endpoint.kind === 'unix' ? endpoint.socketPath : undefined,
    // In brackets, as the modem takes all before a colon for a scheme.
    host: tcp && isIPv6(tcp.host) ? `[${tcp.host}]` : tcp?.host,
    port: tcp?.port,
    protocol: tcp?.tls ? ('https' as const) : ('http' as const),
    agent: agent(tcp?.tls ?? null, maxSockets),
    pathPrefix: '/',
    // Certificates are the agent's: as options they would be printed by DEBUG=modem.
    ca: undefined,
    cert: undefined,
    key: undefined,
    timeout: undefined,
    connectionTimeout: undefined,
    version: undefined,
  }
  try {
    return new Docker(options)
  } catch {
    // It reads the variables even when it has no use for them.
    throw new EndpointError(
      'DOCKER_HOST or DOCKER_CERT_PATH cannot be read. Where SKEP_DOCKER_HOSTS is set, ' +
        'unset them.',
    )
  }
}

function agent(tls: Tls | null, maxSockets: number) {
  const pool = { keepAlive: true, keepAliveMsecs: 30_000, maxSockets }
  const made = tls
    ? new https.Agent({
        ...pool,
        ...(tls.ca ? { ca: tls.ca } : {}),
        ...(tls.client ?? {}),
        rejectUnauthorized: true,
      })
    : new http.Agent(pool)
  // The modem formats its options for a debug log on every request, wanted or not: with
  // the agent's sockets in them that takes longer than the request.
  return Object.assign(made, { [inspect.custom]: () => 'Agent' })
}

/** The answer as it begins, whatever its status. Throws as Node does. */
export function exchange(docker: Docker, request: Exchange): Promise<IncomingMessage> {
  const { method, path, query, body, signal } = request
  return new Promise((resolve, reject) => {
    const named = Object.keys(query).length > 0
    docker.modem.dial(
      {
        method,
        path: named ? `${path}?` : path,
        // Without both keys the modem would put the body into the URL as well.
        ...(named || body ? { options: { _query: query, _body: body } } : {}),
        isStream: true,
        statusCodes: ANY_STATUS,
        abortSignal: signal,
      },
      // With `isStream` the modem hands over the answer itself.
      (error: unknown, answer) =>
        error ? reject(error) : resolve(answer as IncomingMessage),
    )
  })
}
