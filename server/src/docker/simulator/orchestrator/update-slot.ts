import type { Service, Task } from '../store/objects.ts'
import { compareStates, isPastRunning, type TaskState } from '../store/states.ts'
import type { World } from '../world.ts'
import { desire } from './desired.ts'
import { isTaskDirty } from './dirty.ts'
import { createTask } from './new-task.ts'
import type { Restarts } from './restarts.ts'
import type { Slot } from './slots.ts'

export type SlotUpdate = {
  world: World
  restarts: Restarts
  service: Service
  order: 'stop-first' | 'start-first'
  /** Told of the task that was made for this update, and when it ran, or ended instead. */
  onTask(taskId: string, since: number | null): void
  onDone(): void
}

/**
 * Brings one slot to the new spec. Answers how to stop waiting; what was begun goes on.
 * @see moby/swarmkit manager/orchestrator/update/updater.go worker
 */
export function updateSlot(slot: Slot, update: SlotUpdate): () => void {
  const { world, service } = update
  const isClean = (task: Task) =>
    !isTaskDirty(service, task, world.store.nodes.get(task.NodeID ?? ''))
  const clean = slot.filter(isClean)
  const existing =
    clean.find(({ DesiredState }) => DesiredState === 'running') ??
    clean.find(({ DesiredState }) => compareStates(DesiredState, 'running') < 0)
  return existing ? keepExisting(slot, existing, update) : replace(slot, update)
}

function keepExisting(slot: Slot, existing: Task, update: SlotUpdate): () => void {
  const { world, restarts, onDone } = update
  const others = slot.filter((task) => task !== existing)
  const removed = world.store.commit(() => removeOld(others, update).removed)
  if (existing.DesiredState === 'running') return world.clock.schedule(0, onDone)
  return cancellable(onDone, (done) => restarts.starts.start(existing.ID, 0, removed, done))
}

/**
 * A new task in place of an old one. The slot is done when the new one was let go, which
 * with stop-first is after the old one has stopped, and runs or has failed: whichever comes
 * last.
 * @see moby/swarmkit manager/orchestrator/update/updater.go updateTask
 */
function replace(slot: Slot, update: SlotUpdate): () => void {
  const { world, restarts, service, order, onTask, onDone } = update
  const { store, clock, watch } = world
  const [first] = slot
  if (
    !first ||
    !store.services.has(service.ID) ||
    (order === 'stop-first' && isRefused(slot, update))
  ) {
    return clock.schedule(0, onDone)
  }
  let stopped = false
  let unwatch = () => {}
  let wasLetGo = false
  let reached: TaskState | null = null
  const check = (taskId: string) => {
    if (stopped || !wasLetGo || !reached) return
    stopped = true
    onTask(taskId, clock.now)
    if (order === 'start-first' && reached === 'running') {
      store.commit(() => removeOld(slot, update))
    }
    onDone()
  }
  store.commit(() => {
    const place =
      first.Slot === undefined ? { node: first.NodeID ?? '' } : { slot: first.Slot }
    const { ID } = createTask(world, service, place, 'ready')
    onTask(ID, null)
    const removed = order === 'stop-first' ? removeOld(slot, update).removed : null
    restarts.starts.start(ID, 0, removed, () => {
      wasLetGo = true
      check(ID)
    })
    unwatch = watch.task(ID, ({ Status }, action) => {
      if (stopped || action === 'remove') return
      if (compareStates(Status.State, 'running') < 0) return
      unwatch()
      reached = Status.State
      check(ID)
    })
  })
  return () => {
    stopped = true
    unwatch()
  }
}

/** The updater gives a slot up whose only tasks are being restarted already. */
function isRefused(slot: Slot, update: SlotUpdate): boolean {
  const { world, restarts } = update
  return slot.every(({ ID }) => {
    const task = world.store.tasks.get(ID)
    return (
      !task ||
      (isPastRunning(task.DesiredState) && restarts.history.allows(task, update.service))
    )
  })
}

/** Answers one of the tasks that were told to stop, as it was. */
function removeOld(slot: Slot, { world }: SlotUpdate): { removed: Task | null } {
  let removed: Task | null = null
  for (const { ID } of slot) {
    const task = world.store.tasks.get(ID)
    if (!task || isPastRunning(task.DesiredState)) continue
    desire(world, ID, 'shutdown')
    removed = task
  }
  return { removed }
}

function cancellable(onDone: () => void, begin: (done: () => void) => void): () => void {
  let cancelled = false
  begin(() => {
    if (!cancelled) onDone()
  })
  return () => {
    cancelled = true
  }
}
