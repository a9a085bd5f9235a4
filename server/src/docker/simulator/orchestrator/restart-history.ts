import type { Service, Task } from '../store/objects.ts'
import { milliseconds, type World } from '../world.ts'
import { isJob, modeOf } from './modes.ts'
import { slotsOf } from './slots.ts'

type History = { specVersion: number; total: number; times: number[] }

/**
 * How often the tasks of each slot were restarted, as far as a policy limits it.
 * @see moby/swarmkit manager/orchestrator/restart/restart.go ShouldRestart
 */
export class RestartHistory {
  readonly #world: World
  readonly #services = new Map<string, Map<string, History>>()

  constructor(world: World) {
    this.#world = world
  }

  /** Whether the restart policy has a successor for this task. */
  allows(task: Task, service: Service): boolean {
    const { Condition = 'any', MaxAttempts = 0, Window = 0 } = task.Spec.RestartPolicy ?? {}
    const onFailure = Condition === 'on-failure' || (Condition === 'any' && isJob(service))
    if (Condition === 'none' || (onFailure && task.Status.State === 'complete'))
      return false
    if (MaxAttempts === 0) return true

    // For global jobs swarmkit looks under a key that it never writes to.
    const isGlobal = modeOf(service.Spec) === 'global'
    const key = isGlobal ? `@${task.NodeID}` : `${task.Slot ?? 0}`
    const history = this.#services.get(task.ServiceID)?.get(key)
    if (!history || history.specVersion !== task.hidden.specVersion) return true
    if (Window === 0) return history.total < MaxAttempts
    // The window looks back from the task's last change of state, not from now.
    const end = task.hidden.since
    const start = end - milliseconds(Window)
    history.times = history.times.filter((time) => time > start)
    return history.times.filter((time) => time < end).length < MaxAttempts
  }

  /** @param task the successor: the restart is dated by when it was made */
  record(task: Task): void {
    const { MaxAttempts = 0, Window = 0 } = task.Spec.RestartPolicy ?? {}
    if (MaxAttempts === 0) return
    const slots = this.#services.get(task.ServiceID) ?? new Map<string, History>()
    this.#services.set(task.ServiceID, slots)
    const key = task.Slot === undefined ? `@${task.NodeID}` : `${task.Slot}`
    const { specVersion } = task.hidden
    const known = slots.get(key)
    const history =
      known?.specVersion === specVersion ? known : { specVersion, total: 0, times: [] }
    slots.set(key, history)
    history.total++
    if (Window > 0) history.times.push(task.hidden.createdAt)
  }

  forget(serviceId: string): void {
    this.#services.delete(serviceId)
  }

  /**
   * A new leader knows nothing of what the old one counted, and counts the tasks that are
   * kept: in each slot, those of its newest spec but the first.
   * @see moby/swarmkit manager/orchestrator/taskinit/init.go CheckTasks
   */
  recount(): void {
    const { store } = this.#world
    this.#services.clear()
    for (const { ID } of store.services.values()) {
      for (const slot of slotsOf(store.tasks.by('service', ID)).values()) {
        const newest = Math.max(...slot.map(({ hidden }) => hidden.specVersion))
        const [, ...restarted] = slot
          .filter(({ hidden }) => hidden.specVersion === newest)
          .sort((a, b) => a.hidden.createdAt - b.hidden.createdAt)
        for (const task of restarted) this.record(task)
      }
    }
  }
}
