/**
 * The lab from TypeScript: a real swarm for the end-to-end tests and the bench. It only
 * calls the `lab` command next to it, which knows how everything is done.
 */
import { execFile, spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const command = join(import.meta.dirname, 'lab')
const execute = promisify(execFile)

/** A Docker release, or one after the other from node to node. */
export type Engine = '20' | '26' | '28' | 'mixed'

/** What a lab is made of. Its folder is its identity: two labs need two folders. */
interface LabSpec {
  managers: number
  workers: number
  engine: Engine
  dir: string
  /** Managers also listen on TCP with mutual TLS, reachable from the switch only. */
  tls?: boolean
}

/** Why this machine cannot run a lab, in one line; null if it can. */
export function labUnavailable(engine: Engine = '20'): string | null {
  const check = spawnSync(command, ['check', '--engine', engine], { encoding: 'utf8' })
  if (check.status === 0) return null
  return (
    check.stdout?.trim() || check.stderr?.trim() || `the lab cannot run: ${check.error}`
  )
}

/** A running swarm. Nodes are named m1, m2, ... (managers) and w1, w2, ... (workers). */
export class Lab {
  readonly dir: string

  private constructor(dir: string) {
    this.dir = dir
  }

  /** The lab that runs, or will run, in a folder. */
  static at(dir: string): Lab {
    return new Lab(dir)
  }

  /** Starts a lab, or powers on what is off in a lab of the same layout. */
  static async up({ managers, workers, engine, dir, tls = false }: LabSpec): Promise<Lab> {
    const lab = new Lab(dir)
    const size = ['--managers', `${managers}`, '--workers', `${workers}`]
    await lab.run('up', ...size, '--engine', engine, ...(tls ? ['--tls'] : []))
    return lab
  }

  /** Path of a node's Docker API. */
  socket(node: string): string {
    return join(this.dir, 'nodes', node, 'docker.sock')
  }

  /** Path of a manager's swarmkit API, which serves the push feed. */
  controlSocket(node: string): string {
    return join(this.dir, 'nodes', node, 'control.sock')
  }

  /** Runs the docker CLI against a node and answers what it printed. */
  docker(node: string, ...args: string[]): Promise<string> {
    return this.run('exec', node, ...args)
  }

  /** Asks a node's Docker API, without a client in between. Rejects on an error status. */
  async api(node: string, method: string, path: string, body?: unknown): Promise<unknown> {
    const json = body === undefined ? [] : [JSON.stringify(body)]
    const answer = await this.run('api', node, method, path, ...json)
    return answer === '' ? null : JSON.parse(answer)
  }

  /** Runs a command inside a node, or inside the switch between them. */
  inside(node: string, ...args: string[]): Promise<string> {
    return this.run('in', node, ...args)
  }

  /** Cuts the power: everything on these nodes ends at once. */
  async kill(...nodes: string[]): Promise<void> {
    await this.run('kill', ...nodes)
  }

  /** Shuts nodes down in good order. */
  async stop(...nodes: string[]): Promise<void> {
    await this.run('stop', ...nodes)
  }

  /** Powers nodes on and waits until their engines answer. */
  async start(...nodes: string[]): Promise<void> {
    await this.run('start', ...nodes)
  }

  /** Pulls network cables; the containers behind them go on running. */
  async cut(...nodes: string[]): Promise<void> {
    await this.run('cut', ...nodes)
  }

  /** Plugs network cables in again. */
  async heal(...nodes: string[]): Promise<void> {
    await this.run('heal', ...nodes)
  }

  /** Stops or starts the image registry. */
  async registry(power: 'stop' | 'start'): Promise<void> {
    await this.run('registry', power)
  }

  /** Process id of a node's engine, as this machine counts. */
  async engine(node: string): Promise<number> {
    const held = await readFile(join(this.dir, 'nodes', node, 'pid'), 'utf8')
    const [first] = held.split(' ')
    const children = await readFile(`/proc/${first}/task/${first}/children`, 'utf8')
    for (const child of children.trim().split(' ')) {
      const name = await readFile(`/proc/${child}/comm`, 'utf8')
      if (name.trim() === 'dockerd') return Number(child)
    }
    throw new Error(`the engine of ${node} does not run`)
  }

  /** What a node's engine wrote of its swarm that is worse than a piece of news, or a crash. */
  async complaints(node: string): Promise<string[]> {
    const log = await readFile(join(this.dir, 'nodes', node, 'log'), 'utf8')
    const isOfSwarm = (line: string) =>
      /level=(warning|error|fatal).*module=(node|raft|swarm)|^panic|^lab:|level=fatal/.test(
        line,
      )
    const isOfTask = (line: string) => /fatal task error|underweighting/.test(line)
    return log.split('\n').filter((line) => isOfSwarm(line) && !isOfTask(line))
  }

  /** Whether an engine ended by itself: README.md says which does, "Engines crash". */
  async hasCrashed(): Promise<boolean> {
    const nodes = await readdir(join(this.dir, 'nodes'))
    const logs = nodes.map((node) => readFile(join(this.dir, 'nodes', node, 'log'), 'utf8'))
    return (await Promise.all(logs)).some((log) => /^lab: .* ended by itself/m.test(log))
  }

  /** Builds the demo images and pushes them to the lab's registry. */
  async images(): Promise<void> {
    await this.run('image')
  }

  /** Deploys the sample stacks; answers the list of what runs now. */
  samples(): Promise<string> {
    return this.run('samples')
  }

  /** Ends and removes everything. */
  async down(): Promise<void> {
    await this.run('down')
  }

  private async run(...args: string[]): Promise<string> {
    try {
      const options = { maxBuffer: 256 * 1024 * 1024 }
      const { stdout } = await execute(command, ['--dir', this.dir, ...args], options)
      return stdout
    } catch (error) {
      throw new Error(`lab ${args.join(' ')}: ${said(error)}`, { cause: error })
    }
  }
}

/** What a failed command had to say: its output where there is any. */
function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { stdout, stderr } = { stdout: '', stderr: '', ...error }
  return `${stderr}${stdout}`.trim() || error.message
}

interface Patience {
  /** What is waited for, as the error shall name it. */
  what: string
  /** In milliseconds. */
  timeout: number
  /** Between two looks, in milliseconds. */
  interval?: number
}

/**
 * Waits until a condition answers something truthy, and answers that. A condition that
 * throws does not hold yet; if it never does, the error tells what it said last.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { what, timeout, interval = 100 }: Patience,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeout
  for (;;) {
    let last: unknown
    try {
      const answer = await condition()
      if (answer) return answer
      last = answer
    } catch (error) {
      last = error
    }
    if (performance.now() >= deadline) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last)
      throw new Error(`waited ${timeout / 1000} s for ${what}; last: ${seen}`, {
        cause: last,
      })
    }
    await new Promise((wake) => setTimeout(wake, interval))
  }
}
