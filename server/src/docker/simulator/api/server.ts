import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Faults } from '../faults.ts'
import type { Pacemaker } from '../pacemaker.ts'
import type { Swarm } from '../swarm.ts'
import { VERSIONS } from '../version.ts'
import { admitted } from './admitted.ts'
import { readBody } from './body.ts'
import type { Call } from './call.ts'
import { Problem } from './problem.ts'
import { send, sendProblem } from './reply.ts'
import { Router } from './router.ts'
import { ROUTES } from './routes.ts'
import { isSimulation } from './simulation.ts'

export type DoorOptions = {
  swarm: Swarm
  nodeId: string
  faults: Faults
  pacemaker: Pacemaker
}

const ROUTER = new Router(ROUTES)

/** From 1.24 on errors are JSON. @see moby/moby daemon/server/httputils */
const JSON_ERRORS = 1024

/** The Docker Engine API of one node. The caller makes it listen. */
export function createDoor(options: DoorOptions): Server {
  const server = createServer((request, response) => {
    // Time has passed since the last request.
    options.pacemaker.catchUp()
    answer(options, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else sendProblem(response, problemOf(error))
    })
  })
  // Streams stay open for hours without a word.
  server.requestTimeout = 0
  server.keepAliveTimeout = 60_000
  const cut = () => server.closeAllConnections()
  const stop = options.swarm.machine(options.nodeId).whenPowerFails(cut)
  server.on('close', stop)
  return server
}

async function answer(
  { swarm, nodeId, faults, pacemaker }: DoorOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET'
  const url = new URL(request.url ?? '/', 'http://engine')
  const { path, version } = unversioned(url.pathname)
  const machine = swarm.machine(nodeId)
  if (!machine.hasPower) return void request.socket.destroy()
  checkVersion(version)
  const found = ROUTER.find(method, path)
  if (!found) throw new Problem(404, 'page not found', 'no such page')
  const body = await bodyOf(request, path)
  if (!isSimulation(path) && (await faults.meet(method, path, response))) return

  const leaving = new AbortController()
  response.on('close', () => leaving.abort())
  const call: Call = {
    swarm,
    nodeId,
    machine,
    pacemaker,
    faults,
    method,
    params: found.params,
    query: url.searchParams,
    body,
    signal: leaving.signal,
  }
  const made = await admitted(call, { path, work: () => found.handler(call) })
  if (!response.destroyed) send(response, made, { call, head: method === 'HEAD' })
}

function unversioned(pathname: string): { path: string; version: string | null } {
  const match = /^\/v(\d+\.\d+)(\/.*)$/.exec(pathname)
  return { path: match?.[2] ?? pathname, version: match?.[1] ?? null }
}

/** @see moby/moby daemon/server/middleware/version.go */
function checkVersion(version: string | null): void {
  if (version === null) return
  if (order(version) > order(VERSIONS.api)) {
    throw new Problem(
      400,
      `client version ${version} is too new. Maximum supported API version is ${VERSIONS.api}`,
      'version',
    )
  }
  if (order(version) < order(VERSIONS.minApi)) {
    throw new Problem(
      400,
      `client version ${version} is too old. Minimum supported API version is ${VERSIONS.minApi}, please upgrade your client to a newer version`,
      order(version) < JSON_ERRORS ? 'old version' : 'version',
    )
  }
}

function order(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major * 1000 + minor
}

async function bodyOf(request: IncomingMessage, path: string): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return readBody(Buffer.concat(chunks).toString(), path)
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  return new Problem(500, error instanceof Error ? error.message : String(error))
}
