import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, isIPv6 } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const node = process.execPath

/** How long the console may take to end, in milliseconds. */
const patience = 5_000

/** Settings of the console that are the user's to make here as well. */
const inherited = /^SKEP_(HOST|ALLOW_UNAUTHENTICATED|ALLOWED_HOSTS|READ_ONLY|LOG_LEVEL)$/

/**
 * `npm run demo`: a simulated swarm and the console on it, each as a process of its own, in
 * a folder that goes with them. Nothing of the user's is read or written. Ends both on a
 * signal, at whatever time it comes, and when one of them ends.
 */
export async function demo(rest) {
  // As the console itself understands it: config.ts.
  const host = process.env.SKEP_HOST ?? '127.0.0.1'
  const port = await freePort(host)
  // A terminal that was closed takes no more words.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  let swarm = null
  let console = null
  let ending = false
  const end = () => {
    ending = true
    if (console === null) return swarm?.kill('SIGKILL') // It has no clients yet.
    console.kill('SIGTERM')
    // What it keeps goes with the folder: there is nothing to wait for.
    setTimeout(() => console.kill('SIGKILL'), patience).unref()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)

  const folder = temporaryFolder()
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

  // Its own group: Ctrl-C is for the console, which is told first.
  swarm = spawn(
    node,
    ['server/src/docker/simulator/demo/main.ts', '--folder', folder, ...rest],
    { detached: true, stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: ownEnvironment() },
  )
  const [begun, signal] = await Promise.race([
    once(swarm.stdout, 'data'),
    once(swarm, 'exit'),
  ])
  if (ending || signal !== undefined) {
    if (swarm.exitCode === null && swarm.signalCode === null) await once(swarm, 'exit')
    process.exit(ending ? 0 : begun || 1)
  }
  const engine = String(begun).trim().replace('DOCKER_HOST=', '')

  const key = join(folder, 'key')
  writeFileSync(key, randomBytes(32), { mode: 0o400 })
  console = spawn(node, ['server/dist/main.mjs'], {
    stdio: 'inherit',
    env: {
      ...ownEnvironment(),
      NODE_ENV: 'production',
      DOCKER_HOST: engine,
      SKEP_PORT: String(port),
      SKEP_DATA_DIR: join(folder, 'console'),
      SKEP_SECRET_KEY_FILE: key,
      SKEP_LOG_LEVEL: process.env.SKEP_LOG_LEVEL ?? 'error',
    },
  })

  swarm.once('exit', () => {
    if (console.kill('SIGTERM')) process.stderr.write('The simulated swarm has ended.\n')
  })
  console.once('exit', async (code) => {
    if (swarm.kill('SIGTERM')) await once(swarm, 'exit')
    process.exit(ending ? 0 : code || 1)
  })

  const url = urlOf(host, port)
  while (!(await answers(`${url}/readyz`))) await pause(100)
  const since = Number(process.env.SKEP_ASKED_AT ?? performance.timeOrigin)
  const seconds = Math.round((Date.now() - since) / 1000)
  process.stdout.write(
    `\nSkep is at ${url}, on a simulated swarm, ${seconds} s after it was asked for. ` +
      'Ctrl-C ends both.\n' +
      `The docker CLI works on it too: DOCKER_HOST=${engine}\n`,
  )
}

/** Of the socket in it, the path must not be longer than the system can bind. */
function temporaryFolder() {
  const place = tmpdir().length > 70 ? '/tmp' : tmpdir()
  return mkdtempSync(join(place, 'skep-demo-'))
}

/** What of ours reaches the two: neither the user's swarm nor the user's database. */
function ownEnvironment() {
  const foreign = /^(SKEP|DOCKER)_/
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !foreign.test(name) || inherited.test(name),
    ),
  )
}

/** The one that was asked for; else 4310, or the next that nobody listens on. */
async function freePort(host) {
  const asked = Number(process.env.SKEP_PORT)
  if (asked > 0 && (await isFree(host, asked))) return asked
  if (process.env.SKEP_PORT) {
    process.stderr.write(`${host}:${process.env.SKEP_PORT} is taken, or is none.\n`)
    process.exit(1)
  }
  for (let port = 4310; port < 4400; port += 1) if (await isFree(host, port)) return port
  return 0
}

/** Whether the console can listen there. */
export async function isFree(host, port) {
  const probe = createServer()
  try {
    probe.listen(port, host)
    await once(probe, 'listening')
    return true
  } catch {
    return false
  } finally {
    probe.close()
  }
}

/** Where a console that listens there is asked: one on all addresses at loopback's. */
export function urlOf(host, port) {
  const reached = { '': '127.0.0.1', '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
  return `http://${isIPv6(reached) ? `[${reached}]` : reached}:${port}`
}

const answers = (url) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
