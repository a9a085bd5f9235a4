import { Debounce } from '../debounce.ts'
import type { Change } from '../store/feed.ts'
import type { Task } from '../store/objects.ts'
import { compareStates, isPastRunning } from '../store/states.ts'
import { slotKey } from '../store/store.ts'
import type { World } from '../world.ts'
import { modeOf } from './modes.ts'

/**
 * swarmkit's batching interval; but there a swarm that never rests is never tidied, unless
 * a thousand slots wait for it.
 */
const PATIENCE = { gap: 250, latest: 1000 }

/**
 * Deletes the oldest tasks of each slot beyond the history limit that have ended or will
 * never run, and those that were to be removed once they have ended.
 * @see moby/swarmkit manager/orchestrator/taskreaper/task_reaper.go
 */
export class TaskReaper {
  readonly #world: World
  readonly #dirty = new Map<string, string>()
  readonly #doomed = new Set<string>()
  readonly #debounce: Debounce

  constructor(world: World) {
    this.#world = world
    this.#debounce = new Debounce(world.clock, PATIENCE, () => this.#tick())
    world.store.listen({ change: (change) => this.#hear(change) })
  }

  #hear({ kind, action, object }: Change): void {
    if (kind !== 'task' || action === 'remove') return
    if (action === 'create') this.#dirty.set(slotKey(object), object.ServiceID)
    if (object.DesiredState === 'remove' && hasNothingToStop(object)) {
      this.#doomed.add(object.ID)
    }
    if (this.#dirty.size + this.#doomed.size > 0) this.#debounce.touch()
  }

  #tick(): void {
    const { store } = this.#world
    const doomed = [...this.#doomed]
    this.#doomed.clear()
    for (const [slot, serviceId] of [...this.#dirty]) {
      const { deletes, stays } = this.#surplus(slot, serviceId)
      doomed.push(...deletes)
      if (!stays) this.#dirty.delete(slot)
    }
    store.commit(() => {
      for (const id of doomed) store.remove('task', id)
    })
  }

  #surplus(slot: string, serviceId: string): { deletes: string[]; stays: boolean } {
    const { store } = this.#world
    const service = store.services.get(serviceId)
    const none = { deletes: [], stays: false }
    const mode = service && modeOf(service.Spec)
    if (!service || (mode !== 'replicated' && mode !== 'global')) return none
    const attempts = service.Spec.TaskTemplate.RestartPolicy?.MaxAttempts ?? 0
    const limit = store.cluster.Spec.Orchestration.TaskHistoryRetentionLimit ?? 5
    if (limit < 0) return none
    const keep = attempts > 0 ? attempts + 1 : limit
    const tasks = store.tasks.by('slot', slot)
    if (tasks.length <= keep) return none

    tasks.sort((a, b) => a.hidden.since - b.hidden.since)
    const history = tasks.filter((task) => hasEnded(task) || willNeverRun(task))
    return {
      deletes: history.slice(0, tasks.length - keep).map(({ ID }) => ID),
      // Looked at again when one of them has stopped.
      stays: tasks.length - history.length > 1,
    }
  }
}

function hasEnded({ Status }: Task): boolean {
  return isPastRunning(Status.State)
}

function willNeverRun({ DesiredState, Status }: Task): boolean {
  return compareStates(Status.State, 'assigned') < 0 && isPastRunning(DesiredState)
}

function hasNothingToStop({ Status }: Task): boolean {
  return (
    compareStates(Status.State, 'assigned') < 0 ||
    compareStates(Status.State, 'complete') >= 0
  )
}
