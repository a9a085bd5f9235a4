import { suits } from '../scheduler/constraints.ts'
import type { Change } from '../store/feed.ts'
import type { Node, Service, Task } from '../store/objects.ts'
import { isPastRunning } from '../store/states.ts'
import type { World } from '../world.ts'
import { desire, removeTasksOf } from './desired.ts'
import { isTaskDirty } from './dirty.ts'
import { afterChanges } from './lag.ts'
import { isInvalid, modeOf } from './modes.ts'
import { createTask } from './new-task.ts'
import type { Restarts } from './restarts.ts'
import { type Slot, slotsOf } from './slots.ts'
import type { Updates } from './updates.ts'

/**
 * Keeps one task of each global service on every node that its constraints match.
 * @see moby/swarmkit manager/orchestrator/global/global.go
 */
export class GlobalOrchestrator {
  readonly #world: World
  readonly #restarts: Restarts
  readonly #updates: Updates
  readonly #services = new Set<string>()
  readonly #tasks = new Set<string>()
  /** What to look at when the transaction is over. */
  readonly #dueServices = new Set<string>()
  readonly #dueNodes = new Set<string>()

  constructor(world: World, restarts: Restarts, updates: Updates) {
    this.#world = world
    this.#restarts = restarts
    this.#updates = updates
    afterChanges(world, {
      hear: (change) => this.#hear(change),
      isDue: () => this.#tasks.size + this.#dueServices.size + this.#dueNodes.size > 0,
      tick: () => this.#tick(),
    })
  }

  reconcileAll(): void {
    for (const id of this.#services) {
      this.#dueServices.add(id)
      for (const task of this.#world.store.tasks.by('service', id)) this.#check(task)
    }
    this.#tick()
  }

  #hear({ kind, action, object }: Change): void {
    if (kind === 'service' && modeOf(object.Spec) === 'global') {
      if (action === 'remove') {
        this.#forget(object)
      } else {
        this.#services.add(object.ID)
        this.#dueServices.add(object.ID)
      }
    } else if (kind === 'node') {
      if (action === 'remove') this.#clearNode(object, 'remove')
      else if (isInvalid(object)) this.#clearNode(object, 'shutdown')
      else this.#dueNodes.add(object.ID)
    } else if (kind === 'task' && action === 'update') {
      this.#check(object)
    }
  }

  #forget({ ID }: Service): void {
    this.#updates.cancel(ID)
    this.#restarts.history.forget(ID)
    this.#services.delete(ID)
    removeTasksOf(this.#world, ID)
  }

  #check(task: Task): void {
    if (!this.#services.has(task.ServiceID) || isPastRunning(task.DesiredState)) return
    if (isPastRunning(task.Status.State)) this.#tasks.add(task.ID)
  }

  #clearNode({ ID }: Node, state: 'shutdown' | 'remove'): void {
    const { store } = this.#world
    const tasks = store.tasks.by('node', ID)
    store.commit(() => {
      for (const task of tasks) {
        if (!this.#services.has(task.ServiceID) || task.Slot !== undefined) continue
        if (state === 'remove') store.remove('task', task.ID)
        else if (!isPastRunning(task.DesiredState)) desire(this.#world, task.ID, state)
      }
    })
  }

  #tick(): void {
    if (this.#tasks.size > 0) this.#restartTasks()
    for (const id of [...this.#dueServices]) {
      this.#dueServices.delete(id)
      const service = this.#world.store.services.get(id)
      if (service) this.#reconcile(service)
    }
    for (const id of [...this.#dueNodes]) {
      this.#dueNodes.delete(id)
      const node = this.#world.store.nodes.get(id)
      if (node && !isInvalid(node)) this.#reconcileNode(node)
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
        const node = store.nodes.get(task?.NodeID ?? '')
        if (!task || !service || !node || isPastRunning(task.DesiredState)) continue
        const stays =
          node.Spec.Availability !== 'pause' && suits(service.Spec.TaskTemplate, node)
        if (stays) this.#restarts.restart(service, task)
        else desire(this.#world, id, 'shutdown')
      }
    })
  }

  #reconcile(service: Service): void {
    const { store } = this.#world
    const slots = slotsOf(store.tasks.by('service', service.ID))
    const updates: Slot[] = []
    store.commit(() => {
      for (const node of store.nodes.values()) {
        const key = `${service.ID}/@${node.ID}`
        const slot = this.#restarts.updatable(slots.get(key) ?? [], service)
        if (!isInvalid(node)) slots.delete(key)
        if (isInvalid(node)) continue
        if (!suits(service.Spec.TaskTemplate, node)) this.#shutDown(slot)
        else if (node.Spec.Availability === 'pause') continue
        else if (slot.length > 0) updates.push(slot)
        else createTask(this.#world, service, { node: node.ID })
      }
      // What is left is on nodes that are drained, down or gone.
      for (const slot of slots.values()) {
        this.#shutDown(this.#restarts.updatable(slot, service))
      }
    })
    if (updates.length > 0) this.#updates.update(service, updates)
  }

  /** Outside of any update: it shows in no status and follows no update config. */
  #reconcileNode(node: Node): void {
    if (node.Spec.Availability === 'pause') return
    const { store } = this.#world
    const slots = slotsOf(store.tasks.by('node', node.ID))
    store.commit(() => {
      for (const id of this.#services) {
        const service = store.services.get(id)
        if (!service || !suits(service.Spec.TaskTemplate, node)) continue
        const slot = this.#restarts.updatable(slots.get(`${id}/@${node.ID}`) ?? [], service)
        const clean = slot.filter((task) => !isTaskDirty(service, task, node))
        if (clean.length === 0) createTask(this.#world, service, { node: node.ID })
        this.#shutDown(slot.filter((task) => task !== clean[0]))
      }
    })
  }

  #shutDown(slot: Slot): void {
    for (const { ID, DesiredState } of slot) {
      if (!isPastRunning(DesiredState)) desire(this.#world, ID, 'shutdown')
    }
  }
}
