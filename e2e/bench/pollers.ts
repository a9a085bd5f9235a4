import { execFile } from 'node:child_process'
import { request } from 'node:http'
import { setTimeout as pass } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Sighting } from './sightings.ts'

const execute = promisify(execFile)

/** Somebody who asks again and again, and what the answers have told. */
export type Poller = {
  readonly sightings: readonly Sighting[]
  /** Rejects if an answer failed. */
  stop(): Promise<void>
}

/** What one look at the swarm tells: tasks and their states. */
type Look = () => Promise<Iterable<{ task: string; state: string }>>

/** Between the end of a look and the next one, in milliseconds. */
const pause = 1_000

/** `while :; do docker service ps SERVICE; sleep 1; done` */
export function loopServicePs(socket: string, service: string): Poller {
  return poll(async () => {
    const format = ['--no-trunc', '--format', '{{.ID}} {{.CurrentState}}']
    const args = ['--host', `unix://${socket}`, 'service', 'ps', ...format, service]
    const { stdout } = await execute('docker', args)
    return stdout
      .trim()
      .split('\n')
      .map((line) => {
        const [task = '', state = ''] = line.split(' ')
        return { task, state: state.toLowerCase() }
      })
  })
}

/**
 * What dockersamples/docker-swarm-visualizer has each of its tabs do: all nodes, services
 * and tasks, each second. Here without its own server and without drawing anything, which
 * is in its favour.
 */
export function pollEverything(socket: string): Poller {
  return poll(async () => {
    const lists = ['/nodes', '/services', '/tasks'].map((path) => getText(socket, path))
    const [, , tasks = '[]'] = await Promise.all(lists)
    const parsed: { ID: string; Status: { State: string } }[] = JSON.parse(tasks)
    return parsed.map(({ ID, Status }) => ({ task: ID, state: Status.State }))
  })
}

function poll(look: Look): Poller {
  const stopping = new AbortController()
  const sightings: Sighting[] = []
  const last = new Map<string, string>()
  const run = async () => {
    while (!stopping.signal.aborted) {
      const seen = await look()
      const at = Date.now()
      for (const { task, state } of seen) {
        if (last.get(task) === state) continue
        last.set(task, state)
        sightings.push({ at, task, state })
      }
      await pass(pause, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const running = run()
  running.catch(() => {}) // Told by `stop`.
  return {
    sightings,
    stop() {
      stopping.abort()
      return running
    },
  }
}

function getText(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve(Buffer.concat(chunks).toString()))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end()
  })
}
