import { until } from '../lab/lab.ts'
import { normalised } from './normalise.ts'
import { type Observation, observed } from './observation.ts'
import type { Machine, Target } from './target.ts'
import { type Answer, type Asking, ask, follow, jsonOf } from './wire.ts'

/** A talk with one machine of a swarm, which writes down what is worth comparing. */
export class Session {
  readonly target: Target
  readonly #machine: Machine
  readonly #notes: Map<string, Observation>
  readonly #made: Set<string>

  constructor(
    target: Target,
    notes: Map<string, Observation>,
    machine: Machine = 'm1',
    made = new Set<string>(),
  ) {
    this.#made = made
    this.target = target
    this.#notes = notes
    this.#machine = machine
  }

  /** The same talk, with another machine. */
  at(machine: Machine): Session {
    return new Session(this.target, this.#notes, machine, this.#made)
  }

  ask(method: string, path: string, body?: unknown, rest: Partial<Asking> = {}) {
    const socket = this.target.socket(this.#machine)
    return ask(socket, { method, path, ...(body !== undefined && { body }), ...rest })
  }

  /** Hears every line of a stream, until the function that is answered is called. */
  follow(path: string, hear: (line: string) => void): () => void {
    return follow(this.target.socket(this.#machine), path, hear)
  }

  /** Asks, and writes the whole answer down. */
  async say(name: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.ask(method, path, body)
    this.tell(name, observed(answer, this.target.particulars))
    return answer
  }

  /** Writes lines down under a name that nothing else has. */
  tell(name: string, lines: Observation): void {
    if (this.#notes.has(name)) throw new Error(`two calls are named ${name}`)
    this.#notes.set(name, lines)
  }

  words(text: string): string {
    return normalised(text, this.target.particulars)
  }

  /** Asks for what must be there for the rest. @throws Error where it is refused */
  async need(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.ask(method, path, body)
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`)
    return jsonOf(answer)
  }

  /** Makes one, and answers its id. */
  async make(kind: string, spec: object): Promise<string> {
    // What was made has an id, by the contract.
    const { ID, Id } = (await this.need('POST', `/${kind}/create`, spec)) as Made
    const id = ID ?? Id ?? ''
    this.#made.add(`/${kind}/${id}`)
    return id
  }

  /** Takes away what parts that broke off have left behind. */
  async tidy(): Promise<void> {
    const services = [...this.#made].filter((path) => path.startsWith('/services'))
    for (const path of new Set([...services, ...this.#made])) await this.ask('DELETE', path)
  }

  /** Reads an object and its version, and writes it changed. */
  async change<T extends Versioned>(
    path: string,
    change: (object: T) => object,
    query = '',
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const object = (await this.need('GET', path)) as T
      const to = `${path}/update?version=${object.Version.Index}${query}`
      const answer = await this.ask('POST', to, change(object))
      // The allocator and the updater write as well.
      if (!`${answer.body}`.includes('out of sequence') || attempt > 20) return answer
    }
  }

  /** Waits for as long as anything here can take. */
  until<T>(what: string, condition: () => Promise<T>, timeout = 40_000) {
    return until(condition, { what: `${what} on ${this.target.name}`, timeout })
  }
}

type Made = { ID?: string; Id?: string }
export type Versioned = { ID: string; Version: { Index: number } }
