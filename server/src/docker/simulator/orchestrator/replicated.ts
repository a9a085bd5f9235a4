import type { Change } from '../store/feed.ts'
import type { Node, Service, Task } from '../store/objects.ts'
import { isPastRunning } from '../store/states.ts'
import { slotKey } from '../store/store.ts'
import type { World } from '../world.ts'
import { desire, removeTasksOf } from './desired.ts'
import { afterChanges } from './lag.ts'
import { isInvalid, modeOf } from './modes.ts'
import { createTask } from './new-task.ts'
import type { Restarts } from './restarts.ts'
import { keepBalanced, type Slot, slotsOf } from './slots.ts'
import type { Updates } from './updates.ts'

/**
 * Keeps as many slots as a replicated service wants.
 * @see moby/swarmkit manager/orchestrator/replicated
 */
export class ReplicatedOrchestrator {
  readonly #world: World
  readonly #restarts: Restarts
  readonly #updates: Updates
  readonly #services = new Set<string>()
  readonly #tasks = new Set<string>()

  constructor(world: World, restarts: Restarts, updates: Updates) {
    this.#world = world
    this.#restarts = restarts
    this.#updates = updates
    afterChanges(world, {
      hear: (change) => this.#hear(change),
      isDue: () => this.#tasks.size + this.#services.size > 0,
      tick: () => this.#tick(),
    })
  }

  /** As a new leader does: everything is looked at again. */
  reconcileAll(): void {
    const { store } = this.#world
    for (const service of store.services.values()) {
      if (isReplicated(service)) this.#services.add(service.ID)
    }
    for (const task of store.tasks.values()) this.#check(task)
    this.#tick()
  }

  #hear({ kind, action, object }: Change): void {
    if (kind === 'service' && isReplicated(object)) {
      if (action === 'remove') this.#forget(object)
      else this.#services.add(object.ID)
    } else if (kind === 'node') {
      if (action === 'remove' || isInvalid(object)) this.#leave(object)
    } else if (kind === 'task') {
      if (action !== 'remove') this.#check(object)
      else if (!isPastRunning(object.DesiredState)) this.#services.add(object.ServiceID)
    }
  }

  #forget({ ID }: Service): void {
    this.#updates.cancel(ID)
    this.#restarts.history.forget(ID)
    this.#services.delete(ID)
    removeTasksOf(this.#world, ID)
  }

  #leave({ ID }: Node): void {
    const { store } = this.#world
    for (const task of store.tasks.by('node', ID)) this.#check(task)
  }

  #check(task: Task): void {
    if (isPastRunning(task.DesiredState)) return
    const { store } = this.#world
    const service = store.services.get(task.ServiceID)
    if (!service || !isReplicated(service)) return
    const isLost = task.NodeID !== undefined && isInvalid(store.nodes.get(task.NodeID))
    if (isLost || isPastRunning(task.Status.State)) this.#tasks.add(task.ID)
  }

  #tick(): void {
    if (this.#tasks.size > 0) this.#restartTasks()
    for (const id of [...this.#services]) {
      this.#services.delete(id)
      const service = this.#world.store.services.get(id)
      if (service && isReplicated(service)) this.#reconcile(service)
    }
  }

  #restartTasks(): void {
    const { store } = this.#world
    const ids = [...this.#tasks]
    this.#tasks.clear()
    store.commit(() => {
      for (const id of ids) {
        const task = store.tasks.get(id)
        const service = task && store.services.get(task.ServiceID)
        if (service && !isPastRunning(task.DesiredState)) {
          this.#restarts.restart(service, task)
        }
      }
    })
  }

  #reconcile(service: Service): void {
    const { store } = this.#world
    const live: Slot[] = []
    const dead: Task[] = []
    for (const slot of slotsOf(store.tasks.by('service', service.ID)).values()) {
      const updatable = this.#restarts.updatable(slot, service)
      if (updatable.length > 0) live.push(updatable)
      else dead.push(...slot)
    }
    const wanted = service.Spec.Mode.Replicated?.Replicas ?? 1
    const [kept, surplus] = keepBalanced(live, wanted)
    this.#updates.update(service, kept)
    store.commit(() => {
      const added = this.#addSlots(service, live, wanted - live.length)
      for (const task of dead) {
        if (!added.has(task.Slot ?? 0)) store.remove('task', task.ID)
      }
      for (const { ID } of surplus.flat()) desire(this.#world, ID, 'remove')
    })
  }

  /** Fills the lowest free numbers; answers which. */
  #addSlots(service: Service, live: readonly Slot[], count: number): Set<number> {
    const taken = new Set(live.flatMap(([task]) => (task ? [slotKey(task)] : [])))
    const added = new Set<number>()
    for (let slot = 1; added.size < count; slot++) {
      if (taken.has(slotKey({ ServiceID: service.ID, Slot: slot }))) continue
      createTask(this.#world, service, { slot })
      added.add(slot)
    }
    return added
  }
}

function isReplicated({ Spec }: Service): boolean {
  return modeOf(Spec) === 'replicated'
}
