import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { Simulator, type SimulatorOptions } from '../simulator.ts'

export type Reply = {
  status: number
  headers: IncomingMessage['headers']
  bytes: Buffer
  text: string
}

/** A simulator behind a unix socket, whose time stands still, and plain HTTP to it. */
export class Client {
  readonly simulator: Simulator
  readonly socket: string

  constructor(simulator: Simulator, socket: string) {
    this.simulator = simulator
    this.socket = socket
  }

  /** Of the engine of `hostname`; null is the first manager. Closed after the test. */
  static async open(
    options: SimulatorOptions = {},
    hostname: string | null = null,
  ): Promise<Client> {
    const directory = await mkdtemp(join(tmpdir(), 'skep-simulator-'))
    const socket = join(directory, 'docker.sock')
    const simulator = new Simulator(options)
    await simulator.open(simulator.nodeId(hostname), { socket })
    onTestFinished(async () => {
      await simulator.close()
      await rm(directory, { recursive: true, force: true })
    })
    return new Client(simulator, socket)
  }

  /** Another engine of the same swarm. */
  async at(hostname: string): Promise<Client> {
    const socket = `${this.socket}.${hostname}`
    await this.simulator.open(this.simulator.nodeId(hostname), { socket })
    return new Client(this.simulator, socket)
  }

  pass(seconds: number): void {
    this.simulator.clock.advance(seconds * 1000)
  }

  /** The answer as it begins. Rejects when the connection breaks. */
  begin(method: string, path: string, body?: unknown): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = request({ socketPath: this.socket, method, path }, resolve)
      sent.on('error', reject)
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }

  async send(method: string, path: string, body?: unknown): Promise<Reply> {
    const answer = await this.begin(method, path, body)
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    const { statusCode = 0, headers } = answer
    return { status: statusCode, headers, bytes, text: bytes.toString() }
  }

  /** Status and JSON. */
  async ask(method: string, path: string, body?: unknown): Promise<[number, unknown]> {
    const { status, text } = await this.send(method, path, body)
    return [status, text === '' ? null : JSON.parse(text)]
  }

  /** A path with filters, as clients write them. */
  static filtered(path: string, filters: object): string {
    return `${path}?filters=${encodeURIComponent(JSON.stringify(filters))}`
  }
}

/** The body of a service that is created over HTTP. */
export function service(name: string, spec: object = {}, image = 'demo/web:v1'): object {
  const { TaskTemplate = {}, ...rest }: { TaskTemplate?: object } = spec
  return {
    Name: name,
    TaskTemplate: { ContainerSpec: { Image: image }, ...TaskTemplate },
    Mode: { Replicated: { Replicas: 1 } },
    ...rest,
  }
}
