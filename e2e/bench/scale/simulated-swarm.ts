import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Swarm } from './swarm.ts'
import type { Asked, SlotChange, Told } from './swarm-words.ts'

export type Size = { nodes: number; services: number; replicas: number }

/** The cluster of the figures, and one of a tenth of its size. */
export const large: Size = { nodes: 200, services: 1_000, replicas: 10 }
export const small: Size = { nodes: 20, services: 100, replicas: 10 }

export const tasksIn = ({ services, replicas }: Size): number => services * replicas

/** A simulated swarm in a process of its own, and what may be asked of it. */
export class SimulatedSwarm extends Swarm {
  readonly contents
  readonly #folder: string
  readonly #process: ChildProcess
  #noted: SlotChange[] = []

  private constructor(size: Size, folder: string, process: ChildProcess) {
    super()
    const { nodes, services } = size
    this.contents = { nodes, services, tasks: tasksIn(size), running: tasksIn(size) }
    this.#folder = folder
    this.#process = process
  }

  /** Filled and at rest. */
  static async start(size: Size): Promise<SimulatedSwarm> {
    const folder = await mkdtemp(join(tmpdir(), 'skep-scale-'))
    const wanted = Object.entries({ ...size, folder }).flatMap(([name, value]) => [
      `--${name}`,
      String(value),
    ])
    const child = fork(join(import.meta.dirname, 'swarm-process.ts'), wanted)
    const swarm = new SimulatedSwarm(size, folder, child)
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error('the simulated swarm ended before it was open')
      }),
    ])
    return swarm
  }

  get socket(): string {
    return join(this.#folder, 'docker.sock')
  }

  get controlSocket(): string {
    return join(this.#folder, 'control.sock')
  }

  get pid(): number {
    if (this.#process.pid === undefined) throw new Error('the swarm is not running')
    return this.#process.pid
  }

  counts(): Promise<Told> {
    return this.ask({ do: 'tell' })
  }

  async watch(service: string): Promise<void> {
    await this.ask({ do: 'watch', service })
    this.#noted = []
  }

  async noted(): Promise<SlotChange[]> {
    await this.ask({ do: 'tell' })
    return this.#noted.splice(0)
  }

  /** One question at a time. */
  async ask(asked: Asked): Promise<Told> {
    const answer = once(this.#process, 'message')
    this.#process.send(asked)
    const [told] = await answer
    const { noted }: Told = told
    this.#noted.push(...noted)
    return told
  }

  /** How many times as fast as the world its time passes. */
  setSpeed(speed: number): Promise<unknown> {
    return this.call('POST', '/simulator/clock', { speed })
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit')
      this.#process.kill('SIGKILL') // It keeps nothing that would have to be put away.
      await ended
    }
    await rm(this.#folder, { recursive: true, force: true })
  }
}
