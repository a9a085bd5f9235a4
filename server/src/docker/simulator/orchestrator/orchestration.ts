import { compareStates } from '../store/states.ts'
import { milliseconds, type World } from '../world.ts'
import { enforceConstraints } from './constraint-enforcer.ts'
import { GlobalOrchestrator } from './global.ts'
import { JobsOrchestrator } from './jobs.ts'
import { TaskReaper } from './reaper.ts'
import { ReplicatedOrchestrator } from './replicated.ts'
import { Restarts } from './restarts.ts'
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
      restarts.history.clear()
      startWaiting(world, restarts)
      for (const orchestrator of orchestrators) orchestrator.reconcileAll()
    },
  }
}

/** @see moby/swarmkit manager/orchestrator/taskinit/init.go CheckTasks */
function startWaiting({ store, clock }: World, restarts: Restarts): void {
  for (const { ID, DesiredState, Spec, hidden } of store.tasks.values()) {
    if (DesiredState !== 'ready') continue
    const delay = milliseconds(Spec.RestartPolicy?.Delay ?? 5e9)
    const passed = clock.now - hidden.createdAt
    if (compareStates(DesiredState, 'running') < 0) {
      restarts.starts.start(ID, Math.max(0, delay - passed), null)
    }
  }
}
