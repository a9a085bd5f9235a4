import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callEngine } from '../engine-api.ts'
import type { Asked, Told } from './swarm-words.ts'

export type Size = { nodes: number; services: number; replicas: number }

/** The cluster of the figures, and one of a tenth of its size. */
export const large: Size = { nodes: 200, services: 1_000, replicas: 10 }
export const small: Size = { nodes: 20, services: 100, replicas: 10 }

export const tasksIn = ({ services, replicas }: Size): number => services * replicas

type Spec = { Mode: object; TaskTemplate: { ForceUpdate?: number } }
type Service = { ID: string; Version: { Index: number }; Spec: Spec }

/** A simulated swarm in a process of its own, and what may be asked of it. */
export class SimulatedSwarm {
  readonly size: Size
  readonly #folder: string
  readonly #process: ChildProcess

  private constructor(size: Size, folder: string, process: ChildProcess) {
    this.size = size
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

  /** One question at a time. */
  async ask(asked: Asked): Promise<Told> {
    const answer = once(this.#process, 'message')
    this.#process.send(asked)
    const [told] = await answer
    return told
  }

  call<T>(method: string, path: string, body?: object): Promise<T> {
    return callEngine({ socketPath: this.socket, method, path }, body)
  }

  async create(name: string, spec: object): Promise<void> {
    await this.call('POST', '/services/create', { Name: name, ...spec })
  }

  /** Writes a service's spec anew, whatever happens to it otherwise. */
  async update(name: string, change: (spec: Spec) => object): Promise<void> {
    const { ID, Version, Spec } = await this.call<Service>('GET', `/services/${name}`)
    const path = `/services/${ID}/update?version=${Version.Index}`
    await this.call('POST', path, { ...Spec, ...change(Spec) })
  }

  /** `docker service update --force`: every task is replaced. */
  roll(name: string): Promise<void> {
    return this.update(name, ({ TaskTemplate }) => ({
      TaskTemplate: { ...TaskTemplate, ForceUpdate: (TaskTemplate.ForceUpdate ?? 0) + 1 },
    }))
  }

  scale(name: string, Replicas: number): Promise<void> {
    return this.update(name, () => ({ Mode: { Replicated: { Replicas } } }))
  }

  remove(name: string): Promise<unknown> {
    return this.call('DELETE', `/services/${name}`)
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
