import type { IncomingMessage } from 'node:http'
import { readBytes, readParts, readText } from './body.ts'
import { createClient, type Exchange, exchange, type Query } from './client.ts'
import type { Endpoint } from './endpoint.ts'
import { classify, DockerError, failedAnswer } from './errors.ts'
import type { ListReader } from './json-list.ts'

/** Paths are unversioned: the engine then uses its newest API, for reads and writes. */
export type Connection = {
  /** The answer's JSON, not yet looked at. Gives up when nothing comes for the call timeout. */
  get(path: string, query?: Query): Promise<unknown>
  /** As `get`, of a list, which is handed over to the reader part by part as it comes. */
  list<L>(path: string, query: Query, reader: () => ListReader<L>): Promise<L>
  /** As `get`; the body never shows in the URL. */
  post(path: string, query: Query, body: object): Promise<unknown>
  remove(path: string): Promise<void>
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

/** Enough for one round of lists; a stalled engine must not collect sockets. */
const PARALLEL_CALLS = 8

/**
 * How many call timeouts an answer may take that goes on arriving. A busy manager takes its
 * time for a list of 10,000 tasks: who gives up halfway and asks again keeps it busy.
 */
const LONGEST = 4

/** @throws DockerError from every method, and nothing else. */
export function openConnection(endpoint: Endpoint, callTimeoutMs: number): Connection {
  const calls = createClient(endpoint, PARALLEL_CALLS)
  const streams = createClient(endpoint, Number.POSITIVE_INFINITY)
  const seconds = callTimeoutMs / 1000

  /** @param take makes something of an answer that is no failure; `heard` as parts come */
  async function call<T>(
    request: Omit<Exchange, 'signal'>,
    take: (answer: IncomingMessage, heard: () => void) => Promise<T>,
  ): Promise<T> {
    const giveUp = new AbortController()
    const { signal } = giveUp
    // Both are cleared below: a signal of its own for each would live on to the end of its time.
    const silence = setTimeout(() => giveUp.abort('silence'), callTimeoutMs)
    const end = setTimeout(() => giveUp.abort('end'), LONGEST * callTimeoutMs)
    const once = async () => {
      const answer = await exchange(calls, { ...request, signal })
      const heard = () => silence.refresh()
      const status = answer.statusCode ?? 0
      if (status >= 200 && status <= 299) return take(answer, heard)
      throw failedAnswer(status, messageOf(await readText(answer, heard)))
    }
    try {
      return await once().catch((error) => {
        // An idle socket that the engine, or a proxy, had just closed.
        if (request.method === 'GET' && isReset(error) && !signal.aborted) return once()
        throw error
      })
    } catch (error) {
      if (!signal.aborted) throw classify(error)
      const doubt = request.method !== 'GET' ? ' It may still do what it was asked.' : ''
      const isSilent = signal.reason === 'silence'
      const what = isSilent
        ? `No answer within ${seconds} s.`
        : `No whole answer within ${LONGEST * seconds} s.`
      throw new DockerError('timeout', what + doubt)
    } finally {
      clearTimeout(silence)
      clearTimeout(end)
    }
  }

  return {
    get: (path, query = {}) => call({ method: 'GET', path, query }, readJson),
    list: (path, query, reader) =>
      call({ method: 'GET', path, query }, (answer, heard) =>
        readList(answer, heard, reader()),
      ),
    post: (path, query, body) => call({ method: 'POST', path, query, body }, readJson),
    async remove(path) {
      await call({ method: 'DELETE', path, query: {} }, readJson)
    },

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

async function readJson(answer: IncomingMessage, heard: () => void): Promise<unknown> {
  const text = await readText(answer, heard)
  return text === '' ? null : parsed(answer, () => JSON.parse(text))
}

async function readList<L>(
  answer: IncomingMessage,
  heard: () => void,
  reader: ListReader<L>,
): Promise<L> {
  await readParts(answer, (part) => {
    heard()
    parsed(answer, () => reader.push(part))
  })
  return parsed(answer, () => reader.end())
}

/** The parser's error quotes the text, which may hold join tokens: it goes no further. */
function parsed<T>({ statusCode }: IncomingMessage, parse: () => T): T {
  try {
    return parse()
  } catch {
    throw new DockerError('protocol', 'The answer is not JSON.', statusCode ?? null)
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

/** A unix socket says of a peer that has closed what TCP has no word for: EPIPE. */
function isReset(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false
  return error.code === 'ECONNRESET' || error.code === 'EPIPE'
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
