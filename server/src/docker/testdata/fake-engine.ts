import { mkdtemp, rm } from 'node:fs/promises'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Endpoint } from '../endpoint.ts'

export type Received = {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export type FakeEngine = AsyncDisposable & {
  endpoint: Endpoint
  /** Every request so far, in order. */
  received: Received[]
}

/** For tests of the transport only: an HTTP server on a unix socket that says what it is told to. */
export async function startFakeEngine(
  answer: (request: Received, response: ServerResponse) => void,
): Promise<FakeEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'skep-engine-'))
  const socketPath = join(directory, 'docker.sock')
  const received: Received[] = []
  const server = createServer(async (message, response) => {
    const request = {
      method: message.method ?? '',
      url: message.url ?? '',
      headers: message.headers,
      body: await bodyOf(message),
    }
    received.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return {
    endpoint: { label: `unix://${socketPath}`, kind: 'unix', socketPath },
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(directory, { recursive: true })
    },
  }
}

/** An engine that gives every request the same answer. */
export function startEngineAnswering(status: number, body: unknown): Promise<FakeEngine> {
  return startFakeEngine((_request, response) => {
    response.statusCode = status
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
