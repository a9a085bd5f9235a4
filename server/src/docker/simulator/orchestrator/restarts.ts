import type { Service, Task } from '../store/objects.ts'
import { isPastRunning } from '../store/states.ts'
import { milliseconds, type World } from '../world.ts'
import { DelayedStarts } from './delayed-starts.ts'
import { desire } from './desired.ts'
import { createTask } from './new-task.ts'
import { RestartHistory } from './restart-history.ts'

/** @see moby/swarmkit api/defaults/service.go */
export const DEFAULT_RESTART_DELAY = 5e9

/**
 * Replaces tasks that ended or lost their node, as their restart policy has it.
 * @see moby/swarmkit manager/orchestrator/restart/restart.go
 */
export class Restarts {
  readonly #world: World
  readonly starts: DelayedStarts
  readonly history: RestartHistory

  constructor(world: World) {
    this.#world = world
    this.starts = new DelayedStarts(world)
    this.history = new RestartHistory(world)
  }

  /** To be called within a transaction. */
  restart(service: Service, task: Task): void {
    const delay = this.starts.get(task.ID)
    if (delay) {
      // Else a task that fails before its time would be replaced without a pause.
      if (!delay.restartsAfter) delay.done.push(() => this.#restartLater(task.ID))
      delay.restartsAfter = true
      return
    }
    if (isPastRunning(task.DesiredState) && task.DesiredState !== 'complete') return
    desire(this.#world, task.ID, 'shutdown')
    if (!this.history.allows(task, service)) return

    const { store } = this.#world
    const place =
      task.Slot === undefined ? { node: task.NodeID ?? '' } : { slot: task.Slot }
    const successor = createTask(this.#world, service, place, 'ready')
    this.history.record(successor)
    const node = store.nodes.get(task.NodeID ?? '')
    const isDrained = node?.Spec.Availability === 'drain'
    const wait = isDrained
      ? 0
      : milliseconds(task.Spec.RestartPolicy?.Delay ?? DEFAULT_RESTART_DELAY)
    const isGone = node?.Status.State === 'down' || isPastRunning(task.Status.State)
    this.starts.start(successor.ID, wait, isGone ? null : task)
  }

  /**
   * Of a slot, the tasks that an update has to look at: those that are meant to run, or
   * the newest one, if it ended and is to stay so.
   * @see moby/swarmkit manager/orchestrator/restart/restart.go UpdatableTasksInSlot
   */
  updatable(slot: readonly Task[], service: Service): Task[] {
    const live = slot.filter(({ DesiredState }) => !isPastRunning(DesiredState))
    if (live.length > 0 || service.UpdateStatus?.State === 'rollback_started') return live
    const newest = slot.reduce<Task | null>(
      (last, task) => (last && last.hidden.since > task.hidden.since ? last : task),
      null,
    )
    return newest && !this.history.allows(newest, service) ? [newest] : []
  }

  #restartLater(taskId: string): void {
    const { store } = this.#world
    const task = store.tasks.get(taskId)
    const service = task && store.services.get(task.ServiceID)
    if (
      !service ||
      (isPastRunning(task.DesiredState) && task.DesiredState !== 'complete')
    ) {
      return
    }
    store.commit(() => this.restart(service, task))
  }
}
