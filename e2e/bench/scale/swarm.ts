import { until } from '../../lab/lab.ts'
import { callEngine } from '../engine-api.ts'
import type { Counts, SlotChange } from './swarm-words.ts'

/** What there is in a swarm at rest. */
export type Contents = { nodes: number; services: number; tasks: number; running: number }

type Spec = { Mode: object; TaskTemplate: { ForceUpdate?: number } }
type Service = { ID: string; Version: { Index: number }; Spec: Spec }

/** No task has changed for so long: they are at rest. In milliseconds. */
const still = 2_000

/** A swarm that the console is measured on, simulated or real, asked through one engine. */
export abstract class Swarm {
  abstract readonly contents: Contents
  /** Of the engine's API. */
  abstract readonly socket: string
  /** Of the push feed. */
  abstract readonly controlSocket: string
  /** Of the engine's process. */
  abstract readonly pid: number

  abstract counts(): Promise<Counts>

  /** From now on the states of this service's tasks are written down one by one. */
  abstract watch(service: string): Promise<void>

  /** What was written down since this was asked last. */
  abstract noted(): Promise<SlotChange[]>

  /** Waits until tasks are at rest. */
  async rest(): Promise<void> {
    let last = -1
    let since = performance.now()
    await until(
      async () => {
        const { changes } = await this.counts()
        if (changes !== last) since = performance.now()
        last = changes
        return performance.now() - since >= still
      },
      { what: 'tasks at rest', timeout: 120_000 },
    )
  }

  call<T>(method: string, path: string, body?: object): Promise<T> {
    return callEngine({ socketPath: this.socket, method, path }, body)
  }

  async create(name: string, spec: object): Promise<void> {
    await this.call('POST', '/services/create', { ...spec, Name: name })
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
}
