import { type Lab, until } from '../lab/lab.ts'
import { particularsOf } from './particulars.ts'
import { machines, type Target } from './target.ts'

/** The swarm of a lab of three managers and two workers, once it is whole. */
export async function realTarget(lab: Lab, engine: string): Promise<Target> {
  await until(() => isWhole(lab), {
    what: 'every machine to be ready, and every manager to be reached',
    timeout: 60_000,
  })
  return {
    name: engine,
    particulars: await particularsOf(lab.socket('m1')),
    socket: (machine) => lab.socket(machine),
    cutPower: (machine) => lab.kill(machine),
    forgets: true,
    powerOn: (machine) => lab.start(machine),
  }
}

/** One that somebody switched off before may be on its way back still. */
async function isWhole(lab: Lab): Promise<boolean> {
  const format = '{{.Status}} {{.Availability}} {{.ManagerStatus}}'
  const listed = await lab.docker('m1', 'node', 'ls', '--format', format)
  const rows = listed.trim().split('\n')
  return (
    rows.length === machines.length &&
    rows.every((row) => /^Ready Active( Leader| Reachable)?\s*$/.test(row))
  )
}
