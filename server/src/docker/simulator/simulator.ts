import { rm } from 'node:fs/promises'
import type { AddressInfo, ListenOptions } from 'node:net'
import { createDoor } from './api/server.ts'
import { makeIdentity } from './certificate.ts'
import { Clock } from './clock.ts'
import { Faults } from './faults.ts'
import { LAB, type NodePlan } from './node-plan.ts'
import { Pacemaker } from './pacemaker.ts'
import { servePushFeed } from './push-feed/push-feed.ts'
import { Random } from './random.ts'
import { Swarm } from './swarm.ts'

export type SimulatorOptions = {
  seed?: string
  /** The first moment of the story, in milliseconds since 1970. */
  start?: number
  /** Times faster than the world; 0 stands still until `clock` is advanced. */
  speed?: number
  nodes?: readonly NodePlan[]
}

/** Where a door opens: a unix socket, or a port of the loopback; port 0 is any. */
export type Place = { socket: string } | { port: number }

export type Door = {
  /** As DOCKER_HOST wants it: `unix:///…` or `tcp://127.0.0.1:…`. */
  readonly host: string
  close(): Promise<void>
}

/** When the story begins where nobody says. */
const START = Date.UTC(2026, 0, 5, 9)

/**
 * A simulated swarm that serves the Docker Engine API, and swarmkit's push feed. With the
 * same seed and the same calls at the same times, the same happens.
 */
export class Simulator {
  readonly clock: Clock
  readonly pacemaker: Pacemaker
  readonly swarm: Swarm
  readonly faults: Faults
  readonly #identity: ReturnType<typeof makeIdentity>
  readonly #doors = new Set<Door>()

  constructor({
    seed = 'skep',
    start = START,
    speed = 0,
    nodes = LAB,
  }: SimulatorOptions = {}) {
    const random = new Random(seed)
    this.clock = new Clock(Math.floor(start))
    this.#identity = makeIdentity(seed, start)
    this.swarm = new Swarm({
      clock: this.clock,
      random: random.fork('swarm'),
      tls: this.#identity.tls,
      nodes,
    })
    this.faults = new Faults(random.fork('faults'))
    this.pacemaker = new Pacemaker(this.clock, speed)
  }

  /** A simulator with one door, to the first manager's engine. */
  static async start(
    options: SimulatorOptions & Place,
  ): Promise<Simulator & { host: string }> {
    const simulator = new Simulator(options)
    const { host } = await simulator.open(simulator.nodeId(null), options)
    return Object.assign(simulator, { host })
  }

  /** Of a node by its hostname; null is the first one, a manager. */
  nodeId(hostname: string | null): string {
    for (const { ID, Description } of this.swarm.store.nodes.values()) {
      if (hostname === null || Description.Hostname === hostname) return ID
    }
    throw new Error(`No node is called ${hostname}.`)
  }

  /** Opens the engine of a node. */
  async open(nodeId: string, place: Place): Promise<Door> {
    const server = createDoor({
      swarm: this.swarm,
      nodeId,
      faults: this.faults,
      pacemaker: this.pacemaker,
    })
    const isSocket = 'socket' in place
    if (isSocket) await rm(place.socket, { force: true })
    const at: ListenOptions = isSocket
      ? { path: place.socket }
      : { port: place.port, host: '127.0.0.1' }
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(at, resolve)
    })
    // A server that listens on a port has an address.
    const port = isSocket ? 0 : (server.address() as AddressInfo).port
    return this.#keep({
      host: isSocket ? `unix://${place.socket}` : `tcp://127.0.0.1:${port}`,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve())
          server.closeAllConnections()
        }),
    })
  }

  /** Opens swarmkit's control socket of a manager, for its Watch alone. */
  async openPushFeed(socket: string, nodeId = this.nodeId(null)): Promise<Door> {
    await rm(socket, { force: true })
    return this.#keep(await servePushFeed(this.swarm, this.#identity, { socket, nodeId }))
  }

  async close(): Promise<void> {
    this.pacemaker.stop()
    for (const door of [...this.#doors]) await door.close()
  }

  #keep(door: Door): Door {
    const kept: Door = {
      host: door.host,
      close: async () => {
        if (this.#doors.delete(kept)) await door.close()
      },
    }
    this.#doors.add(kept)
    return kept
  }
}
