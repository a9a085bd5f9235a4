import type { Service, Task } from '../store/objects.ts'
import type { UpdateConfig } from '../store/specs.ts'
import { milliseconds, type World } from '../world.ts'
import { isTaskDirty } from './dirty.ts'
import type { Restarts } from './restarts.ts'
import type { Slot } from './slots.ts'
import { UpdateFailures } from './update-failures.ts'
import { updateSlot } from './update-slot.ts'
import {
  completeUpdate,
  pauseUpdate,
  rollBackUpdate,
  startUpdate,
} from './update-status.ts'

/** @see moby/swarmkit api/defaults/service.go */
const DEFAULTS = {
  Parallelism: 1,
  Delay: 0,
  FailureAction: 'pause',
  Monitor: 5e9,
  MaxFailureRatio: 0,
  Order: 'stop-first',
} as const

export type UpdateOptions = {
  world: World
  restarts: Restarts
  service: Service
  onEnd(): void
}

/**
 * One update of one service, from its first slot until it is completed, paused, rolled
 * back or cancelled by another.
 * @see moby/swarmkit manager/orchestrator/update/updater.go Run
 */
export class UpdateRun {
  readonly service: Service
  readonly #options: UpdateOptions
  readonly #config: Required<UpdateConfig>
  readonly #isRollback: boolean
  /** Milliseconds; longer from the last slot on, where the delay asks for it. */
  #monitor: number
  readonly #queue: Slot[] = []
  readonly #stops = new Set<() => void>()
  readonly #failures: UpdateFailures
  #phase: 'working' | 'finishing' | 'monitoring' | 'ended' = 'working'
  #hasActed = false
  #busy = 0
  #dirty = 0

  constructor(options: UpdateOptions) {
    const { service } = options
    this.service = service
    this.#options = options
    this.#isRollback = service.UpdateStatus?.State === 'rollback_started'
    const given = this.#isRollback ? service.Spec.RollbackConfig : service.Spec.UpdateConfig
    // An object without a parallelism means all at once; no object at all, one at a time.
    this.#config = { ...DEFAULTS, ...(given && { Parallelism: 0, ...given }) }
    this.#monitor = milliseconds(this.#config.Monitor || DEFAULTS.Monitor)
    this.#failures = new UpdateFailures(this.#config.MaxFailureRatio)
  }

  /** Begins with the slots that are not of the current spec; ends at once without any. */
  start(slots: readonly Slot[]): void {
    const { world } = this.#options
    const { State } = this.service.UpdateStatus ?? {}
    if (State === 'paused' || State === 'rollback_paused') {
      this.#end()
      return
    }
    const dirty = slots.filter(
      (slot) => slot.length > 1 || slot.some((t) => this.#isDirty(t)),
    )
    if (dirty.length === 0) {
      if (State === 'updating' || State === 'rollback_started') {
        world.store.commit(() => completeUpdate(world, this.service.ID))
      }
      this.#end()
      return
    }
    if (!State) world.store.commit(() => startUpdate(world, this.service.ID))
    this.#dirty = dirty.length
    this.#queue.push(...shuffled(dirty, world))
    this.#feed()
  }

  /** A task of the service has ended: a failure, if it is one that this update made. */
  noteEnd(task: Task): void {
    if (this.#config.FailureAction === 'continue') return
    this.#failures.noteEnd(task)
    if (this.#phase === 'working' || this.#phase === 'monitoring') this.#judge()
  }

  cancel(): void {
    for (const stop of [...this.#stops]) stop()
    this.#end()
  }

  #isDirty(task: Task): boolean {
    const node = this.#options.world.store.nodes.get(task.NodeID ?? '')
    return isTaskDirty(this.service, task, node)
  }

  /** Hands slots to workers, as many at a time as the parallelism allows. */
  #feed(): void {
    const lanes = this.#config.Parallelism || this.#dirty
    while (this.#phase === 'working' && this.#busy < lanes) {
      const slot = this.#queue.shift()
      if (!slot) break
      this.#busy++
      this.#work(slot)
    }
    if (this.#phase === 'working' && this.#queue.length === 0) this.#phase = 'finishing'
    if (this.#phase === 'finishing' && this.#busy === 0) this.#watchOn()
  }

  #work(slot: Slot): void {
    const { world, restarts } = this.#options
    const stop = updateSlot(slot, {
      world,
      restarts,
      service: this.service,
      order: this.#config.Order,
      onTask: (taskId, since) => this.#failures.noteTask(taskId, since),
      onDone: () => {
        this.#stops.delete(stop)
        const rest = world.clock.schedule(milliseconds(this.#config.Delay), () => {
          this.#stops.delete(rest)
          this.#busy--
          this.#feed()
        })
        this.#stops.add(rest)
      },
    })
    this.#stops.add(stop)
  }

  /**
   * After the last slot, failures count for one more monitoring period. Only now is it made
   * longer than the delay, for the failures that were not judged yet too.
   */
  #watchOn(): void {
    if (this.#hasActed) {
      this.#end()
      return
    }
    this.#phase = 'monitoring'
    const { world } = this.#options
    const delay = milliseconds(this.#config.Delay)
    if (delay >= this.#monitor) this.#monitor = delay + 1000
    const complete = () => {
      if (this.#phase !== 'monitoring') return
      world.store.commit(() => completeUpdate(world, this.service.ID))
      this.#end()
    }
    this.#stops.add(world.clock.schedule(this.#monitor, complete))
    this.#judge()
  }

  /** Acts upon the failures so far, at most once. */
  #judge(): void {
    if (this.#hasActed) return
    const { now } = this.#options.world.clock
    const culprit = this.#failures.judge(now, this.#dirty, this.#monitor)
    if (culprit) this.#act(culprit)
  }

  #act(taskId: string): void {
    const { world } = this.#options
    const { ID } = this.service
    const cause = `due to failure or early termination of task ${taskId}`
    const action = this.#config.FailureAction
    // Workers finish the slots they are at, and take no more.
    this.#hasActed = true
    this.#queue.length = 0
    if (this.#phase === 'working') this.#phase = 'finishing'
    world.store.commit(() => {
      if (action === 'pause') pauseUpdate(world, ID, `update paused ${cause}`)
      else if (this.#isRollback) pauseUpdate(world, ID, `rollback paused ${cause}`)
      else rollBackUpdate(world, ID, `update rolled back ${cause}`)
    })
    if (this.#phase === 'monitoring' || this.#busy === 0) this.#end()
  }

  #end(): void {
    if (this.#phase === 'ended') return
    this.#phase = 'ended'
    for (const stop of [...this.#stops]) stop()
    this.#options.onEnd()
  }
}

/** Slots are updated in no fixed order. */
function shuffled(slots: readonly Slot[], { random }: World): Slot[] {
  return slots
    .map((slot) => ({ slot, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ slot }) => slot)
}
