import { suits } from '../scheduler/constraints.ts'
import type { Change } from '../store/feed.ts'
import type { Node, Service, Task } from '../store/objects.ts'
import { isPastRunning } from '../store/states.ts'
import type { World } from '../world.ts'
import { desire, removeTasksOf } from './desired.ts'
import { afterChanges } from './lag.ts'
import { isJob, isOfLastRun, modeOf } from './modes.ts'
import { createTask } from './new-task.ts'
import type { Restarts } from './restarts.ts'

/**
 * Runs the tasks of jobs until enough of them are complete. An update of any kind begins
 * another iteration, and removes the tasks of those before; of a replicated job only those
 * that have not ended, and the others pile up.
 * @see moby/swarmkit manager/orchestrator/jobs, moby/moby#42789
 */
export class JobsOrchestrator {
  readonly #world: World
  readonly #restarts: Restarts
  readonly #due = new Set<string>()
  readonly #jobs = new Set<string>()
  readonly #tasks = new Set<string>()

  constructor(world: World, restarts: Restarts) {
    this.#world = world
    this.#restarts = restarts
    afterChanges(world, {
      hear: (change) => this.#hear(change),
      isDue: () => this.#tasks.size + this.#due.size > 0,
      tick: () => this.#tick(),
    })
  }

  reconcileAll(): void {
    for (const id of this.#jobs) {
      this.#due.add(id)
      for (const task of this.#world.store.tasks.by('service', id)) this.#check(task)
    }
    this.#tick()
  }

  #hear({ kind, action, object }: Change): void {
    if (kind === 'service' && isJob(object)) {
      if (action === 'remove') {
        this.#forget(object)
      } else {
        this.#jobs.add(object.ID)
        this.#due.add(object.ID)
      }
    } else if (kind === 'task' && this.#jobs.has(object.ServiceID)) {
      this.#due.add(object.ServiceID)
      if (action !== 'remove') this.#check(object)
    } else if (kind === 'node') {
      for (const id of this.#jobs) this.#due.add(id)
      if (action === 'remove' || object.Status.State === 'down') this.#leave(object)
    }
  }

  #forget({ ID }: Service): void {
    this.#jobs.delete(ID)
    this.#restarts.history.forget(ID)
    removeTasksOf(this.#world, ID)
  }

  #leave({ ID }: Node): void {
    for (const task of this.#world.store.tasks.by('node', ID)) this.#check(task)
  }

  /** A drain does not stop the tasks of jobs: only a node that is down loses them. */
  #check(task: Task): void {
    if (!this.#jobs.has(task.ServiceID) || isDone(task)) return
    const node = this.#world.store.nodes.get(task.NodeID ?? '')
    const isLost = task.NodeID !== undefined && (!node || node.Status.State === 'down')
    if (isLost || isPastRunning(task.Status.State)) this.#tasks.add(task.ID)
  }

  #tick(): void {
    if (this.#tasks.size > 0) {
      const { store } = this.#world
      const ids = [...this.#tasks]
      this.#tasks.clear()
      store.commit(() => {
        for (const id of ids) {
          const task = store.tasks.get(id)
          const service = task && store.services.get(task.ServiceID)
          // Of runs before, none is restarted, whatever becomes of it.
          if (!service || !isOfLastRun(task, service) || isDone(task)) continue
          this.#restarts.restart(service, task)
        }
      })
    }
    for (const id of [...this.#due]) {
      this.#due.delete(id)
      const service = this.#world.store.services.get(id)
      if (service) this.#world.store.commit(() => this.#reconcile(service))
    }
  }

  #reconcile(service: Service): void {
    const { store } = this.#world
    const isGlobal = modeOf(service.Spec) === 'global-job'
    const current: Task[] = []
    for (const task of store.tasks.by('service', service.ID)) {
      if (isOfLastRun(task, service)) current.push(task)
      else if (isGlobal || !isPastRunning(task.Status.State)) {
        desire(this.#world, task.ID, 'remove')
      }
    }
    if (isGlobal) this.#fillNodes(service, current)
    else this.#fillSlots(service, current)
  }

  #fillSlots(service: Service, current: readonly Task[]): void {
    const { TotalCompletions = 1, MaxConcurrent = TotalCompletions } =
      service.Spec.Mode.ReplicatedJob ?? {}
    const complete = current.filter(({ Status }) => Status.State === 'complete')
    const active = current.filter(
      ({ DesiredState, Status }) =>
        DesiredState !== 'shutdown' && !isPastRunning(Status.State),
    )
    const taken = new Set(
      [...complete, ...active, ...current.filter((t) => this.#isGivenUp(t, service))].map(
        ({ Slot }) => Slot,
      ),
    )
    const room = MaxConcurrent - active.length
    const missing = TotalCompletions - taken.size
    for (let slot = 0, left = Math.min(room, missing); left > 0; slot++) {
      if (taken.has(slot)) continue
      createTask(this.#world, service, { slot })
      left--
    }
  }

  /** Also nodes that joined after the job began. @see moby/swarmkit#2924 */
  #fillNodes(service: Service, current: readonly Task[]): void {
    const taken = new Set(current.map(({ NodeID }) => NodeID))
    for (const node of this.#world.store.nodes.values()) {
      const isOpen = node.Status.State === 'ready' && node.Spec.Availability === 'active'
      if (!isOpen || taken.has(node.ID) || !suits(service.Spec.TaskTemplate, node)) continue
      createTask(this.#world, service, { node: node.ID })
    }
  }

  /** Its attempts are used up: the slot stays empty. */
  #isGivenUp(task: Task, service: Service): boolean {
    const hasEnded = task.DesiredState === 'shutdown' && isPastRunning(task.Status.State)
    return hasEnded && !this.#restarts.history.allows(task, service)
  }
}

function isDone({ DesiredState, Status }: Task): boolean {
  return (
    Status.State === 'complete' ||
    (DesiredState !== 'complete' && isPastRunning(DesiredState))
  )
}
