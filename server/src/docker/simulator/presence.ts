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

  leave(nodeId: string): void {
    const machine = this.#options.machine(nodeId)
    machine.hasLeft = true
    machine.stopAll()
    this.#options.managers.remove(nodeId)
    this.#miss(nodeId)
  }

  bringBack(nodeId: string): void {
    const { world, managers } = this.#options
    const machine = this.#options.machine(nodeId)
    if (machine.isReachable || machine.hasLeft) return
    const hadPower = machine.hasPower
    const delay = world.random.within(hadPower ? RECONNECT : BOOT)
    world.clock.schedule(delay / 2, () => {
      machine.hasPower = true
      machine.isLinked = true
      const { AutoLockManagers } = world.store.cluster.Spec.EncryptionConfig
      if (!hadPower && AutoLockManagers && managers.members.has(nodeId))
        managers.lock(nodeId)
      else this.#greet(nodeId, delay / 2)
    })
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
    const { world, machines, managers, dispatcher, heartbeats, orchestration } =
      this.#options
    dispatcher.release()
    if (isNew) heartbeats.restart(managers.members, (id) => machines.get(id)?.reconnect())
    for (const [id, machine] of machines) {
      const node = world.store.nodes.get(id)
      if (!node) continue
      if (node.Status.State === 'down') {
        const returns = machine.isReachable && !managers.isLocked(id)
        if (returns) this.#register(id, world.random.within(REGISTRATION))
      } else if (!isNew && !machine.isReachable) {
        heartbeats.miss(id)
      }
    }
    orchestration.resume()
  }

  #miss(nodeId: string): void {
    const { managers, heartbeats } = this.#options
    if (managers.leader) heartbeats.miss(nodeId)
    managers.review()
  }

  #greet(nodeId: string, delay: number): void {
    const { managers } = this.#options
    managers.review()
    if (managers.leader) this.#register(nodeId, delay)
  }

  #register(nodeId: string, delay: number): void {
    const { heartbeats, machine } = this.#options
    heartbeats.resume(nodeId, delay, () => machine(nodeId).reconnect())
  }
}
