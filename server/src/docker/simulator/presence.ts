import type { Dispatcher } from './agent/dispatcher.ts'
import type { Machine } from './agent/machine.ts'
import type { Heartbeats } from './managers/heartbeats.ts'
import type { Managers } from './managers/managers.ts'
import type { Orchestration } from './orchestrator/orchestration.ts'
import type { World } from './world.ts'

/** How long a machine takes from power to a working engine. @see swarm-lab FACTS h */
const BOOT = [1500, 3000] as const
/** And to find the managers again when its cable is back. */
const RECONNECT = [4000, 6000] as const
const UNLOCKING = [500, 2200] as const
/** And to find a new leader. */
const REGISTRATION = [1000, 4000] as const

export type PresenceOptions = {
  world: World
  machines: ReadonlyMap<string, Machine>
  machine(nodeId: string): Machine
  managers: Managers
  heartbeats: Heartbeats
  dispatcher: Dispatcher
  orchestration: Orchestration
}

/** Who is there: machines come and go, leaders too, and the swarm hears of it in its time. */
export class Presence {
  readonly #options: PresenceOptions
  /** Of machines that are on their way back: how to stop them. */
  readonly #returns = new Map<string, () => void>()
  /** Came or went while there was no leader to hear of it. */
  readonly #unheard = new Set<string>()

  constructor(options: PresenceOptions) {
    this.#options = options
  }

  losePower(nodeId: string): void {
    this.#options.machine(nodeId).losePower()
    this.#miss(nodeId)
  }

  cutCable(nodeId: string): void {
    this.#options.machine(nodeId).isLinked = false
    this.#miss(nodeId)
  }

  /**
   * Nobody is told: raft counts a manager that left until it is demoted.
   * @see moby/moby daemon/cluster/swarm.go Leave
   */
  leave(nodeId: string): void {
    const machine = this.#options.machine(nodeId)
    machine.hasLeft = true
    machine.stopAll()
    this.#miss(nodeId)
    // What was locked is deleted.
    this.#options.managers.unlock(nodeId)
  }

  bringBack(nodeId: string): void {
    const { world, managers } = this.#options
    const machine = this.#options.machine(nodeId)
    if (machine.isReachable || machine.hasLeft || this.#returns.has(nodeId)) return
    const hadPower = machine.hasPower
    const delay = world.random.within(hadPower ? RECONNECT : BOOT)
    const stop = world.clock.schedule(delay / 2, () => {
      this.#returns.delete(nodeId)
      machine.hasPower = true
      machine.isLinked = true
      const { AutoLockManagers } = world.store.cluster.Spec.EncryptionConfig
      if (!hadPower && AutoLockManagers && managers.members.has(nodeId))
        managers.lock(nodeId)
      else this.#greet(nodeId, delay / 2)
    })
    this.#returns.set(nodeId, stop)
  }

  unlock(nodeId: string): void {
    this.#options.managers.unlock(nodeId)
    this.#greet(nodeId, this.#options.world.random.within(UNLOCKING))
  }

  /** There is no leader: nothing is decided, nobody is counted, reports are kept. */
  suspend(): void {
    const { dispatcher, heartbeats, orchestration } = this.#options
    dispatcher.hold()
    heartbeats.suspend()
    orchestration.suspend()
  }

  /** @param isNew the leader did not lead before: it knows of no node whether it is there */
  resume(isNew: boolean): void {
    const { dispatcher, orchestration } = this.#options
    dispatcher.release()
    if (isNew) this.#beginAnew()
    else this.#goOn()
    this.#unheard.clear()
    orchestration.resume()
  }

  #beginAnew(): void {
    const { world, machines, managers, heartbeats } = this.#options
    heartbeats.restart(managers.members, (id) => machines.get(id)?.reconnect())
    for (const id of machines.keys()) {
      const isDown = world.store.nodes.get(id)?.Status.State === 'down'
      if (isDown && managers.takesPart(id)) {
        this.#register(id, world.random.within(REGISTRATION))
      }
    }
  }

  #goOn(): void {
    const { world, managers, heartbeats } = this.#options
    heartbeats.goOn()
    for (const id of this.#unheard) {
      if (managers.takesPart(id)) this.#register(id, world.random.within(REGISTRATION))
      else heartbeats.miss(id)
    }
  }

  #miss(nodeId: string): void {
    const { managers, heartbeats } = this.#options
    this.#returns.get(nodeId)?.()
    this.#returns.delete(nodeId)
    if (managers.leader) heartbeats.miss(nodeId)
    else this.#unheard.add(nodeId)
    managers.review()
  }

  #greet(nodeId: string, delay: number): void {
    const { managers } = this.#options
    managers.review()
    if (managers.leader) this.#register(nodeId, delay)
    else this.#unheard.add(nodeId)
  }

  #register(nodeId: string, delay: number): void {
    const { heartbeats, machine } = this.#options
    heartbeats.resume(nodeId, delay, () => machine(nodeId).reconnect())
  }
}
