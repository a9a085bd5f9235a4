import { compareStates } from '../store/states.ts'
import { milliseconds, type World } from '../world.ts'
import { enforceConstraints } from './constraint-enforcer.ts'
import { GlobalOrchestrator } from './global.ts'
import { JobsOrchestrator } from './jobs.ts'
import { TaskReaper } from './reaper.ts'
import { ReplicatedOrchestrator } from './replicated.ts'
import { DEFAULT_RESTART_DELAY, Restarts } from './restarts.ts'
import { Updates } from './updates.ts'

export type Orchestration = {
  /** Nobody leads: what was under way is forgotten. */
  suspend(): void
  /** A leader begins, and finds out by itself what is to do. */
  resume(): void
}

/** Everything that turns the specs of services into tasks. */
export function orchestrate(world: World): Orchestration {
  const restarts = new Restarts(world)
  const updates = new Updates(world, restarts)
  const orchestrators = [
    new ReplicatedOrchestrator(world, restarts, updates),
    new GlobalOrchestrator(world, restarts, updates),
    new JobsOrchestrator(world, restarts),
  ]
  new TaskReaper(world)
  enforceConstraints(world)

  return {
    suspend() {
      updates.cancelAll()
      restarts.starts.cancelAll()
    },
    resume() {
      restarts.history.recount()
      startWaiting(world, restarts)
      for (const orchestrator of orchestrators) orchestrator.reconcileAll()
    },
  }
}

/**
 * Tasks that the last leader left waiting begin their delay at their last change of state.
 * Those that failed meanwhile do not wait: they are replaced at once.
 * @see moby/swarmkit manager/orchestrator/taskinit/init.go CheckTasks
 */
function startWaiting({ store, clock }: World, restarts: Restarts): void {
  for (const { ID, DesiredState, Spec, Status } of store.tasks.values()) {
    if (DesiredState !== 'ready' || compareStates(Status.State, 'complete') > 0) continue
    const delay = milliseconds(Spec.RestartPolicy?.Delay ?? DEFAULT_RESTART_DELAY)
    const passed = clock.now - Date.parse(Status.Timestamp)
    restarts.starts.start(ID, Math.max(0, delay - passed), null)
  }
}
