import { z } from 'zod'
import { Fault, type FaultRule } from '../faults.ts'
import { type Call, json, NO_CONTENT } from './call.ts'
import { fieldsOf } from './fields.ts'
import { Problem } from './problem.ts'
import type { Routes } from './router.ts'

/** How `GET /info` says that this engine is none. */
export const SIMULATED_LABEL = 'skep.simulated=true'

/** Faster than that a busy machine cannot follow, and nobody can watch. */
const FASTEST = 10_000

/** Of these paths nothing goes wrong, or nobody could end what does. */
export const isSimulation = (path: string): boolean => path.startsWith('/simulator/')

const Rule = z.strictObject({
  fault: Fault,
  method: z.string().exactOptional(),
  /** How the path begins, without the version. */
  path: z.string().startsWith('/').exactOptional(),
  times: z.int().min(1).exactOptional(),
  probability: z.number().min(0).max(1).exactOptional(),
})

/** What no real engine has: its time can be asked for and set, and things go wrong as told. */
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

  'POST /simulator/faults': ({ faults, body }) => {
    faults.add(ruleOf(body))
    return NO_CONTENT
  },

  'DELETE /simulator/faults': ({ faults }) => {
    faults.clear()
    return NO_CONTENT
  },
}

function ruleOf(body: unknown): FaultRule {
  const { success, data, error } = Rule.safeParse(body)
  if (!success) throw new Problem(400, z.prettifyError(error))
  const { path, ...rule } = data
  return path === undefined
    ? rule
    : { ...rule, path: new RegExp(`^${RegExp.escape(path)}`) }
}

function time({ swarm, pacemaker }: Call): { now: string; speed: number } {
  return { now: new Date(swarm.clock.now).toISOString(), speed: pacemaker.speed }
}
