import type { ServerResponse } from 'node:http'
import { VERSIONS } from '../version.ts'
import type { Answer, Call } from './call.ts'
import type { Problem } from './problem.ts'

/** What a client may leave unread before the engine cuts it off. */
const MOST_UNREAD = 64 * 1024 * 1024

export function send(
  response: ServerResponse,
  answer: Answer,
  { call, head }: { call: Call; head: boolean },
): void {
  setEngineHeaders(response)
  switch (answer.kind) {
    case 'empty':
      response.statusCode = answer.status
      response.setHeader('Content-Length', 0)
      response.end()
      return
    case 'json':
    case 'text': {
      const body = answer.kind === 'json' ? `${JSON.stringify(answer.body)}\n` : answer.body
      const { type = undefined, headers = {} } = answer.kind === 'text' ? answer : {}
      response.statusCode = answer.status
      response.setHeader('Content-Type', type ?? 'application/json')
      response.setHeader('Content-Length', Buffer.byteLength(body))
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      if (head) response.end()
      else response.end(body)
      return
    }
    case 'stream':
      stream(response, answer, call.signal)
  }
}

export function sendProblem(
  response: ServerResponse,
  { status, message, at }: Problem,
): void {
  if (response.destroyed) return
  if (at !== 'no such page') setEngineHeaders(response)
  if (at === 'version' || at === 'old version') {
    response.removeHeader('Docker-Experimental')
  }
  const isText = at === 'old version'
  const body = `${isText ? message : JSON.stringify({ message })}\n`
  response.statusCode = status
  response.setHeader(
    'Content-Type',
    isText ? 'text/plain; charset=utf-8' : 'application/json',
  )
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(body)
}

function stream(
  response: ServerResponse,
  { type, begin }: Extract<Answer, { kind: 'stream' }>,
  signal: AbortSignal,
): void {
  response.statusCode = 200
  response.setHeader('Content-Type', type)
  response.flushHeaders()
  const stop = begin({
    write(bytes) {
      if (response.destroyed || response.writableEnded) return
      response.write(bytes)
      if (response.writableLength > MOST_UNREAD) response.destroy()
    },
    end: () => response.end(),
  })
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop)
}

function setEngineHeaders(response: ServerResponse): void {
  response.setHeader('Api-Version', VERSIONS.api)
  response.setHeader('Docker-Experimental', 'false')
  response.setHeader('Ostype', 'linux')
  response.setHeader('Server', `Docker/${VERSIONS.engine} (linux)`)
}
