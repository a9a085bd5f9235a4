import { isDeepStrictEqual } from 'node:util'
import type { Service } from '../store/objects.ts'
import { isPastRunning } from '../store/states.ts'
import type { World } from '../world.ts'
import type { Restarts } from './restarts.ts'
import type { Slot } from './slots.ts'
import { UpdateRun } from './update-run.ts'

/**
 * At most one update for each service. One towards the same spec goes on, also when the
 * service's status was reset meanwhile; any other is cancelled.
 * @see moby/swarmkit manager/orchestrator/update/updater.go Supervisor
 */
export class Updates {
  readonly #world: World
  readonly #restarts: Restarts
  readonly #runs = new Map<string, UpdateRun>()

  constructor(world: World, restarts: Restarts) {
    this.#world = world
    this.#restarts = restarts
    world.store.listen({
      change: ({ kind, action, object }) => {
        if (kind !== 'task' || action !== 'update') return
        if (isPastRunning(object.Status.State))
          this.#runs.get(object.ServiceID)?.noteEnd(object)
      },
    })
  }

  update(service: Service, slots: readonly Slot[]): void {
    const { ID } = service
    const running = this.#runs.get(ID)
    if (running) {
      if (isDeepStrictEqual(running.service.Spec, service.Spec)) return
      running.cancel()
    }
    const run = new UpdateRun({
      world: this.#world,
      restarts: this.#restarts,
      service,
      onEnd: () => {
        if (this.#runs.get(ID) === run) this.#runs.delete(ID)
      },
    })
    this.#runs.set(ID, run)
    run.start(slots)
  }

  cancel(serviceId: string): void {
    this.#runs.get(serviceId)?.cancel()
  }

  cancelAll(): void {
    for (const run of [...this.#runs.values()]) run.cancel()
  }
}
