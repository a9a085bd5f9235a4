import type { Port } from '../store/specs.ts'

/** From where to where a number is taken that nobody asked for. */
const FIRST = 30_000
const LAST = 32_767

/**
 * Which numbers services are published under on every node, by protocol, and by whom. Those
 * of the hosts are not counted: the scheduler keeps them apart.
 * @see moby/swarmkit manager/allocator/portallocator.go
 */
export class PublishedPorts {
  readonly #taken = new Set<string>()
  readonly #last = new Map<string, number>()
  readonly #held = new Map<string, readonly Port[]>()

  /**
   * What a service wants, numbered; all that it had before is given back. Null when a number
   * cannot be had: then it has none. One that it did not ask for it keeps only as long as
   * the count of its ports stays the same.
   */
  publish(holder: string, wanted: readonly Port[]): Port[] | null {
    const held = this.#held.get(holder) ?? []
    const before = held.length === wanted.length ? held : []
    this.release(holder)
    const numbered = new Map<Port, Port>()
    const asking = wanted.filter((port) => isShared(port) && !port.PublishedPort)
    const asked = wanted.filter((port) => isShared(port) && port.PublishedPort)
    for (const port of [...asked, ...asking]) {
      const own = port.PublishedPort ? port : this.#number(port, before)
      if (own === null || this.#taken.has(keyOf(own))) {
        this.#free([...numbered.values()])
        return null
      }
      this.#taken.add(keyOf(own))
      numbered.set(port, own)
    }
    const given = wanted.map((port) => numbered.get(port) ?? port)
    if (given.length > 0) this.#held.set(holder, given)
    return given
  }

  release(holder: string): void {
    this.#free(this.#held.get(holder) ?? [])
    this.#held.delete(holder)
  }

  #free(ports: readonly Port[]): void {
    for (const port of ports) if (isShared(port)) this.#taken.delete(keyOf(port))
  }

  /** The one it had, or the next free one: upwards from the last one given, and around. */
  #number(port: Port, before: readonly Port[]): Port | null {
    const own = before.find((one) => isSame(one, port) && !this.#taken.has(keyOf(one)))
    if (own) return own
    const last = this.#last.get(protocolOf(port)) ?? LAST
    const count = LAST - FIRST + 1
    for (let step = 1; step <= count; step++) {
      const PublishedPort = FIRST + ((last - FIRST + step) % count)
      const free = { ...port, PublishedPort }
      if (this.#taken.has(keyOf(free))) continue
      this.#last.set(protocolOf(port), PublishedPort)
      return free
    }
    return null
  }
}

const isShared = ({ PublishMode }: Port) => PublishMode !== 'host'
const protocolOf = ({ Protocol = 'tcp' }: Port) => Protocol
const keyOf = (port: Port) => `${port.PublishedPort}/${protocolOf(port)}`

function isSame(one: Port, other: Port): boolean {
  return (
    isShared(one) &&
    one.Name === other.Name &&
    one.TargetPort === other.TargetPort &&
    protocolOf(one) === protocolOf(other)
  )
}
