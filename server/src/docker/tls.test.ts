import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { connectDocker } from './dockerode.ts'
import type { Tls } from './endpoint.ts'

const read = (file: string) =>
  readFileSync(new URL(`testdata/${file}`, import.meta.url), 'utf8')
const cert = read('manager-cert.pem')
const key = read('manager-key.pem')

let server: Server | HttpServer | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = null
})

/** An engine on the network that lets in whoever shows the certificate, as dockerd does. */
async function listen(
  made: Server,
): Promise<(tls: Tls | null) => ReturnType<typeof connect>> {
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  const { port } = made.address() as AddressInfo
  return (tls) => connect(port, tls)
}

const connect = (port: number, tls: Tls | null) =>
  connectDocker({ label: 'tcp://m1', kind: 'tcp', host: '127.0.0.1', port, tls })

const secure = () =>
  createServer({ cert, key, ca: cert, requestCert: true }, (_, response) =>
    response.end('[]'),
  )

test('certificates of both sides', async () => {
  const reach = await listen(secure())
  expect(await reach({ ca: cert, client: { cert, key } }).nodes()).toEqual([])
})

test('an authority that did not sign the engine’s certificate', async () => {
  const reach = await listen(secure())
  const strangers = [read('other-cert.pem'), null]
  for (const ca of strangers) {
    const nodes = reach({ ca, client: { cert, key } }).nodes()
    await expect(nodes).rejects.toMatchObject({ kind: 'tls' })
  }
})

test('no certificate of ours', async () => {
  const reach = await listen(secure())
  const nodes = reach({ ca: cert, client: null }).nodes()
  await expect(nodes).rejects.toMatchObject({ kind: 'tls' })
})

test('only one side speaks TLS', async () => {
  const reach = await listen(secure())
  const nodes = reach(null).nodes()
  await expect(nodes).rejects.toMatchObject({ kind: 'unreachable' })
  server?.closeAllConnections()
  server?.close()
  const plain = await listen(
    createHttpServer((_, response) => response.end('[]')) as Server,
  )
  await expect(plain({ ca: cert, client: null }).nodes()).rejects.toMatchObject({
    kind: 'tls',
  })
})
