import { rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'

/** What an engine was asked, and what it served. */
export type Traffic = {
  calls: number
  /** Heads and bodies of its answers; the framing of chunks is not counted. */
  bytes: number
  /** Calls that were counted, by what they ask, without ids and queries: `GET /tasks`. */
  byPath: Readonly<Record<string, number>>
}

/** An engine behind a counter. Streams pass through it as they come. */
export type CountingProxy = {
  readonly socket: string
  /** What passed since the last call of this. */
  take(): Traffic
  close(): Promise<void>
}

/**
 * Listens on a socket of its own and hands every request to the engine: one connection to
 * the engine for each, so nothing is pooled that the client did not ask for.
 */
export async function openProxy(engine: string, socket: string): Promise<CountingProxy> {
  let calls = 0
  let bytes = 0
  let byPath = new Map<string, number>()
  const server = createServer((asked, answer) => {
    calls += 1
    const kind = `${asked.method} ${kindOfPath(asked.url ?? '')}`
    byPath.set(kind, (byPath.get(kind) ?? 0) + 1)
    const passed = request(
      {
        socketPath: engine,
        method: asked.method,
        path: asked.url,
        headers: asked.headers,
        agent: false,
      },
      (served) => {
        const head = served.rawHeaders.join('').length + 2 * served.rawHeaders.length
        bytes +=
          head + `HTTP/1.1 ${served.statusCode} ${served.statusMessage}\r\n\r\n`.length
        answer.writeHead(served.statusCode ?? 502, served.rawHeaders)
        answer.flushHeaders()
        served.on('data', (chunk: Buffer) => {
          bytes += chunk.length
        })
        served.pipe(answer)
        served.on('error', () => answer.destroy())
      },
    )
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  await rm(socket, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
  return {
    socket,
    take() {
      const traffic = { calls, bytes, byPath: Object.fromEntries(byPath) }
      calls = 0
      bytes = 0
      byPath = new Map()
      return traffic
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** `/v1.51/services/abc?x` and `/services/abc` are both `/services/…`. */
function kindOfPath(url: string): string {
  const [path = ''] = url.split('?')
  const [first = '', ...rest] = path
    .replace(/^\/v\d+\.\d+/, '')
    .split('/')
    .slice(1)
  return rest.length > 0 ? `/${first}/…` : `/${first}`
}
