import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cluster } from '@skep/shared/contract/cluster'
import { api } from '@skep/shared/paths'
import { until } from './lab/lab.ts'

const server = join(import.meta.dirname, '../server/dist/main.mjs')

/** A console that was stopped may be started again on what it wrote: kept to the end. */
const dataDirs: string[] = []
const running = new Set<ChildProcess>()
process.once('exit', () => {
  // Of a run that was broken off: nobody else would end them.
  for (const child of running) child.kill('SIGKILL')
  for (const dir of dataDirs) rmSync(dir, { recursive: true, force: true })
})

/** The built console of this checkout, running as its own process the way an operator runs it. */
export class Console {
  readonly port: number
  /** Where it keeps what it remembers. */
  readonly dataDir: string
  readonly #environment: Record<string, string>
  #process: ChildProcess | null = null
  #output = ''
  readonly #log: Buffer[] = []

  private constructor(port: number, dataDir: string, environment: Record<string, string>) {
    this.port = port
    this.dataDir = dataDir
    this.#environment = environment
  }

  /**
   * A console that is not running yet, on a port of its own.
   * @param environment the SKEP_* and DOCKER_* settings; nothing else is inherited of them
   */
  static async prepare(environment: Record<string, string>): Promise<Console> {
    const SKEP_DATA_DIR = mkdtempSync(join(tmpdir(), 'skep-data-'))
    dataDirs.push(SKEP_DATA_DIR)
    return new Console(await freePort(), SKEP_DATA_DIR, { SKEP_DATA_DIR, ...environment })
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The last that it has printed, for the report of a test that failed. */
  get output(): string {
    return this.#output
  }

  /** The same from the beginning, over its restarts. */
  log(): Buffer {
    return Buffer.concat(this.#log)
  }

  get pid(): number {
    if (this.#process?.pid === undefined) throw new Error('the console is not running')
    return this.#process.pid
  }

  /** Starts the process and waits until it listens; what it shows may still be nothing. */
  async start(): Promise<void> {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(SKEP|DOCKER)_/.test(name),
    )
    const child = spawn(process.execPath, [server], {
      env: {
        ...Object.fromEntries(inherited),
        SKEP_PORT: String(this.port),
        NODE_ENV: 'test',
        ...this.#environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    running.add(child)
    child.once('exit', () => running.delete(child))
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#log.push(chunk)
        this.#output = (this.#output + chunk.toString()).slice(-20_000)
      })
    }
    await until(() => this.#answers(api.health()), { what: 'the console', timeout: 60_000 })
  }

  /** Waits until what it shows is true now. */
  async ready(): Promise<void> {
    await until(() => this.#answers(api.ready()), {
      what: 'a live mirror',
      timeout: 60_000,
    })
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process
    this.#process = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }

  async cluster(): Promise<Cluster> {
    const answer = await fetch(this.url + api.cluster())
    return (await answer.json()) as Cluster // The console checks it against its schema.
  }

  async #answers(path: string): Promise<boolean> {
    try {
      return (await fetch(this.url + path)).ok
    } catch {
      return false
    }
  }
}

/** A port of the loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (!address || typeof address === 'string') throw new Error('no port to listen on')
  return address.port
}
