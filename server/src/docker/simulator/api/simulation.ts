import { type Call, json } from './call.ts'
import { fieldsOf } from './fields.ts'
import { Problem } from './problem.ts'
import type { Routes } from './router.ts'

/** How `GET /info` says that this engine is none. */
export const SIMULATED_LABEL = 'skep.simulated=true'

/** Faster than that a busy machine cannot follow, and nobody can watch. */
const FASTEST = 10_000

/** What no real engine has: its time can be asked for, and set to another speed. */
export const SIMULATION_ROUTES: Routes = {
  'GET /simulator/clock': (call) => json(time(call)),

  'POST /simulator/clock': (call) => {
    const { speed } = fieldsOf(call.body)
    if (typeof speed !== 'number' || !(speed >= 0 && speed <= FASTEST)) {
      throw new Problem(400, `speed must be a number from 0 to ${FASTEST}`)
    }
    call.pacemaker.speed = speed
    return json(time(call))
  },
}

function time({ swarm, pacemaker }: Call): { now: string; speed: number } {
  return { now: new Date(swarm.clock.now).toISOString(), speed: pacemaker.speed }
}
