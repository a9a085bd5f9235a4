import { once } from 'node:events'
import { until } from '../../lab/lab.ts'
import type { Profile } from './profile-table.ts'

/** Samples this far apart, in microseconds: some hundred to a change. */
const interval = 200

type Answer = { id?: number; result?: unknown; error?: { message: string } }

/** V8's inspector in a process that was started with `--inspect`, over its WebSocket. */
export class Profiler {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #asked = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(data)))
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) {
        reject(new Error('the inspector has closed'))
      }
    })
  }

  /** @param port of the loopback, on which the process listens for an inspector */
  static async attach(port: number): Promise<Profiler> {
    const targets = await until(() => targetsAt(port), {
      what: 'the inspector',
      timeout: 10_000,
    })
    const url = targets[0]?.webSocketDebuggerUrl
    if (!url) throw new Error('the inspector names no target')
    const socket = new WebSocket(url)
    await once(socket, 'open')
    const profiler = new Profiler(socket)
    await profiler.#ask('Profiler.enable')
    await profiler.#ask('Profiler.setSamplingInterval', { interval })
    return profiler
  }

  /** What the process does meanwhile. */
  async during(action: () => Promise<unknown>): Promise<Profile> {
    await this.#ask('Profiler.start')
    await action()
    const answer = await this.#ask('Profiler.stop')
    return (answer as { profile: Profile }).profile // as the protocol has it
  }

  close(): void {
    this.#socket.close()
  }

  #ask(method: string, params: object = {}): Promise<unknown> {
    this.#asked += 1
    const waiting = Promise.withResolvers<unknown>()
    this.#waiting.set(this.#asked, waiting)
    this.#socket.send(JSON.stringify({ id: this.#asked, method, params }))
    return waiting.promise
  }

  #hear({ id = 0, result, error }: Answer): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error) waiting?.reject(new Error(`the inspector: ${error.message}`))
    else waiting?.resolve(result)
  }
}

type Target = { webSocketDebuggerUrl: string }

async function targetsAt(port: number): Promise<Target[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/json`)
  return (await answer.json()) as Target[] // as Node's inspector answers
}
