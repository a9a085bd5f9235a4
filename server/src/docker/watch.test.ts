import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  Server,
  ServerCredentials,
  type ServerWritableStream,
  type ServiceDefinition,
} from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openWatch } from './watch.ts'

type Call = ServerWritableStream<{ entries: { kind: string }[] }, object>

/** Made for these tests: it names `swarm-manager`, as every manager's certificate does. */
const read = (file: string) => readFileSync(new URL(`testdata/${file}`, import.meta.url))
const cert = read('manager-cert.pem')

let directory = ''
let socketPath = ''
let server: Server | null = null
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'skep-watch-'))
  socketPath = join(directory, 'control.sock')
})
afterEach(() => {
  server?.forceShutdown()
  server = null
  rmSync(directory, { recursive: true })
})

/** A manager's control socket, whose Watch is answered by `watch`. */
async function serve(watch: (call: Call) => void): Promise<void> {
  const manager = new Server()
  const proto = loadSync(new URL('watch.proto', import.meta.url).pathname)
  manager.addService(proto['docker.swarmkit.v1.Watch'] as ServiceDefinition, {
    Watch: watch,
  })
  const keys = [{ cert_chain: cert, private_key: read('manager-key.pem') }]
  const credentials = ServerCredentials.createSsl(null, keys)
  await new Promise<void>((resolve, reject) => {
    manager.bindAsync(`unix:${socketPath}`, credentials, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
  server = manager
}

const open = (options: {
  trustRoot?: string
  signal?: AbortSignal
  openTimeoutMs?: number
}) =>
  openWatch({
    socketPath,
    trustRoot: cert.toString(),
    signal: new AbortController().signal,
    ...options,
  })

const change = (id: string) => {
  return { events: [{ action: 2, object: { task: { id, serviceId: 's1' } } }] }
}

describe('openWatch', () => {
  test('changes come through, and only of kinds that carry no secrets', async () => {
    const kinds: string[] = []
    await serve((call) => {
      kinds.push(...call.request.entries.map(({ kind }) => kind))
      call.write({})
      call.write(change('t1'))
      call.write(change('t2'))
    })
    const leaving = new AbortController()
    const ids: string[] = []
    for await (const { id } of await open({ signal: leaving.signal })) {
      if (ids.push(id) === 2) leaving.abort()
    }
    expect(ids).toEqual(['t1', 't2'])
    expect(kinds).toEqual(['task', 'service', 'node'])
  })

  test('is open only once the manager says so', async () => {
    let waiting: Call | undefined
    const arrived = Promise.withResolvers<void>()
    await serve((call) => {
      waiting = call
      arrived.resolve()
    })
    let opened = false
    const leaving = new AbortController()
    const opening = open({ signal: leaving.signal }).then(() => {
      opened = true
    })
    await arrived.promise
    expect(opened).toBe(false)
    waiting?.write({})
    await opening
    leaving.abort()
  })

  test('a feed that the manager ends is an error', async () => {
    await serve((call) => {
      call.write({})
      call.end()
    })
    const feed = await open({})
    const reading = (async () => {
      for await (const _ of feed);
    })()
    await expect(reading).rejects.toMatchObject({ kind: 'unreachable' })
  })

  test('a reader that leaves ends the call', async () => {
    const ended = Promise.withResolvers<void>()
    await serve((call) => {
      call.on('cancelled', () => ended.resolve())
      call.write({})
      call.write(change('t1'))
    })
    for await (const _ of await open({})) break
    await ended.promise
  })

  test('another trust root is a TLS error: it is time to ask for the new one', async () => {
    await serve((call) => call.write({}))
    await expect(
      open({ trustRoot: read('other-cert.pem').toString() }),
    ).rejects.toMatchObject({
      kind: 'tls',
    })
    await expect(open({ trustRoot: 'no certificate' })).rejects.toMatchObject({
      kind: 'tls',
    })
    await expect(open({ trustRoot: '' })).rejects.toMatchObject({ kind: 'tls' })
  })

  test('no socket, or one that stays silent', async () => {
    await expect(open({})).rejects.toMatchObject({ kind: 'unreachable' })
    await serve(() => {})
    await expect(open({ openTimeoutMs: 50 })).rejects.toMatchObject({ kind: 'timeout' })
  })

  test('aborted before it began, it is an empty feed', async () => {
    await serve((call) => call.write({}))
    for await (const change of await open({ signal: AbortSignal.abort() })) {
      expect.unreachable(`a change: ${change.id}`)
    }
    expect.assertions(0)
  })
})
