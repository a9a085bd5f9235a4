import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort } from './console.ts'
import { until } from './lab/lab.ts'

const script = join(import.meta.dirname, '../scripts/run.mjs')

/** `npm run demo`, as a newcomer starts it, on a port of its own. */
export class Demo {
  readonly url: string
  readonly #process: ChildProcess
  #output = ''

  private constructor(process: ChildProcess, url: string) {
    this.#process = process
    this.url = url
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString()
      })
    }
  }

  static async start(): Promise<Demo> {
    const port = await freePort()
    // The tools that run this are the ones that it would fetch. Of colours that are both
    // wanted and not, as by the runner of these tests, Node complains.
    const { npm_config_user_agent: _, FORCE_COLOR: __, NO_COLOR: ___, ...env } = process.env
    const child = spawn(process.execPath, [script, 'demo'], {
      env: { ...env, SKEP_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const demo = new Demo(child, `http://127.0.0.1:${port}`)
    await until(async () => demo.#output.includes(`Skep is at ${demo.url}`), {
      what: `the demo:\n${demo.#output}`,
      timeout: 110_000,
    })
    return demo
  }

  /** What it has printed. */
  get output(): string {
    return this.#output
  }

  /** Where the docker CLI would find its swarm. */
  get socket(): string {
    const [, path = ''] = /DOCKER_HOST=unix:\/\/(\S+)/.exec(this.#output) ?? []
    return path
  }

  /** As Ctrl-C does. Answers its exit code. */
  async stop(): Promise<number | null> {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, 'exit')
      this.#process.kill('SIGINT')
      await ended
    }
    return this.#process.exitCode
  }
}
