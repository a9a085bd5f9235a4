import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { inspect } from 'node:util'
import Docker from 'dockerode'
import type { Endpoint } from './endpoint.ts'
import { classify, DockerError, failedAnswer } from './errors.ts'

export type Query = Readonly<Record<string, string | number | boolean | object>>

/** Paths are unversioned: the engine then uses its newest API, for reads and writes. */
export type Connection = {
  /** The answer's JSON, not yet looked at. Gives up after the call timeout. */
  get(path: string, query?: Query): Promise<unknown>
  /** As `get`; the body never shows in the URL. */
  post(path: string, query: Query, body: object): Promise<unknown>
  /** Settles when the answer begins, within the call timeout. */
  open(path: string, query: Query, limits: StreamLimits): Promise<ByteStream>
}

export type StreamLimits = {
  /** Ends the stream, without an error. */
  signal: AbortSignal
  /** Of a stream that never ends by itself, the end is an error. Of others, silence is. */
  ends: 'never' | 'when-complete'
}

export type ByteStream = { contentType: string | null; bytes: AsyncIterable<Uint8Array> }

type Exchange = {
  method: 'GET' | 'POST'
  path: string
  query: Query
  body?: object
  signal: AbortSignal
}

/** Enough for one round of lists; a stalled engine must not collect sockets. */
const PARALLEL_CALLS = 8

const SILENCE = new DockerError('timeout', 'The engine began to answer, then fell silent.')

/** Every status, so that the modem hands over each answer unread and we judge it. */
const ANY_STATUS: Record<number, true> = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [index + 100, true]),
)

/** @throws DockerError from every method, and nothing else. */
export function openConnection(endpoint: Endpoint, callTimeoutMs: number): Connection {
  const calls = client(endpoint, PARALLEL_CALLS)
  const streams = client(endpoint, Number.POSITIVE_INFINITY)
  const seconds = callTimeoutMs / 1000

  async function call(request: Omit<Exchange, 'signal'>): Promise<unknown> {
    const signal = AbortSignal.timeout(callTimeoutMs)
    const once = async () => {
      const answer = await exchange(calls, { ...request, signal })
      return { status: answer.statusCode ?? 0, text: await readText(answer) }
    }
    try {
      const { status, text } = await once().catch((error) => {
        // An idle socket that the engine, or a proxy, had just closed.
        if (request.method === 'GET' && isReset(error) && !signal.aborted) return once()
        throw error
      })
      return parseAnswer(status, text)
    } catch (error) {
      if (!signal.aborted) throw classify(error)
      const doubt = request.method === 'POST' ? ' It may still do what it was asked.' : ''
      throw new DockerError('timeout', `No answer within ${seconds} s.${doubt}`)
    }
  }

  return {
    get: (path, query = {}) => call({ method: 'GET', path, query }),
    post: (path, query, body) => call({ method: 'POST', path, query, body }),

    async open(path, query, { signal, ends }) {
      const deadline = new AbortController()
      const timer = setTimeout(() => deadline.abort(), callTimeoutMs)
      const either = AbortSignal.any([signal, deadline.signal])
      try {
        const request: Exchange = { method: 'GET', path, query, signal: either }
        const answer = await exchange(streams, request)
        if (answer.statusCode === 200) {
          const silenceMs = ends === 'never' ? null : callTimeoutMs
          return {
            contentType: answer.headers['content-type'] ?? null,
            bytes: readBytes(answer, signal, silenceMs),
          }
        }
        throw failedAnswer(answer.statusCode ?? 0, messageOf(await readText(answer)))
      } catch (error) {
        if (signal.aborted) return { contentType: null, bytes: nothing() }
        if (!deadline.signal.aborted) throw classify(error)
        throw new DockerError('timeout', `No answer within ${seconds} s.`)
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

/**
 * Dockerode fills every option that is missing from DOCKER_* variables, which may mean
 * another engine: all are given, also those that are undefined. The modem's own time-outs
 * look like a lost connection and end quiet streams, so deadlines are signals instead.
 * @see apocas/docker-modem lib/modem.js
 */
function client(endpoint: Endpoint, maxSockets: number): Docker {
  const tcp = endpoint.kind === 'tcp' ? endpoint : null
  const options = {
    socketPath: endpoint.kind === 'unix' ? endpoint.socketPath : undefined,
    host: tcp?.host,
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
  return new Docker(options)
}

function agent(tls: Extract<Endpoint, { kind: 'tcp' }>['tls'], maxSockets: number) {
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

function exchange(docker: Docker, request: Exchange): Promise<IncomingMessage> {
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

/** `silenceMs`: how long the engine may take for the next bytes; null for a stream without end. */
async function* readBytes(
  answer: IncomingMessage,
  signal: AbortSignal,
  silenceMs: number | null,
): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = answer[Symbol.asyncIterator]()
  let timer: NodeJS.Timeout | undefined
  try {
    for (;;) {
      if (silenceMs !== null) timer = setTimeout(() => answer.destroy(SILENCE), silenceMs)
      const next = await chunks.next()
      // Only the engine's time counts, not that of a slow reader.
      clearTimeout(timer)
      if (next.done) break
      yield next.value
    }
  } catch (error) {
    if (!signal.aborted) throw classify(error)
  } finally {
    clearTimeout(timer)
    answer.destroy()
  }
  if (silenceMs === null && !signal.aborted) {
    throw new DockerError('unreachable', 'The engine closed the stream.')
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function parseAnswer(status: number, text: string): unknown {
  if (status < 200 || status > 299) throw failedAnswer(status, messageOf(text))
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    // The parser's error quotes the text, which may hold join tokens: it goes no further.
    throw new DockerError('protocol', 'The answer is not JSON.', status)
  }
}

/** What the engine, or a proxy before it, says in a failing answer. */
function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text)
    return typeof message === 'string' ? message : ''
  } catch {
    return text.trimStart().startsWith('<') ? '' : text.slice(0, 300)
  }
}

function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}
