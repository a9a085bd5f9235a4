import type { Lab } from '../lab/lab.ts'
import { particularsOf } from './particulars.ts'
import type { Target } from './target.ts'

/** The swarm of a lab of three managers and two workers. */
export async function realTarget(lab: Lab, engine: string): Promise<Target> {
  return {
    name: engine,
    particulars: await particularsOf(lab.socket('m1')),
    socket: (machine) => lab.socket(machine),
    cutPower: (machine) => lab.kill(machine),
    powerOn: (machine) => lab.start(machine),
  }
}
