import { type IncomingMessage, request } from 'node:http'

export type Answer = {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

export type Asking = {
  method: string
  path: string
  /** Sent as JSON; a text as it is. */
  body?: unknown
}

/** One request to a Docker engine, and all that it says, with no client in between. */
export function ask(socketPath: string, { method, path, body }: Asking): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const options = { socketPath, method, path, headers, agent: false, timeout: 30_000 }
    const call = request(options, (message) => {
      const parts: Buffer[] = []
      message.on('data', (part: Buffer) => parts.push(part))
      message.on('end', () =>
        resolve({
          status: message.statusCode ?? 0,
          headers: message.headers,
          body: Buffer.concat(parts),
        }),
      )
      message.on('error', reject)
    })
    call.on('error', (error) => reject(new Error(`${method} ${path}: ${error.message}`)))
    call.on('timeout', () => call.destroy(new Error('no answer for 30 s')))
    call.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body))
  })
}

/** What it says as JSON; null for anything else. */
export function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return null
  }
}

/** @param lists what each key is to be, as the engine's filters are written */
export const filtered = (path: string, lists: object): string =>
  `${path}${path.includes('?') ? '&' : '?'}filters=${encodeURIComponent(JSON.stringify(lists))}`

/** Hears every line of a stream, until the function that is answered is called. */
export function follow(
  socketPath: string,
  path: string,
  hear: (line: string) => void,
): () => void {
  const call = request({ socketPath, path, agent: false }, (message) => {
    let rest = ''
    message.on('data', (part: Buffer) => {
      const lines = (rest + part.toString()).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') hear(line)
    })
    // The machine may lose its power.
    message.on('error', () => {})
  })
  call.on('error', () => {})
  call.end()
  return () => call.destroy()
}
