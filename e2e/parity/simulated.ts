import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Simulator } from '../../server/src/docker/simulator/simulator.ts'
import { particularsOf } from './particulars.ts'
import { type Machine, machines, type Target } from './target.ts'

/** A simulated swarm in this process, at the world's own speed, each machine with a door. */
export async function simulatedTarget(): Promise<Target & { close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'skep-parity-'))
  const simulator = new Simulator({ seed: 'parity', start: Date.now(), speed: 1 })
  const socket = (machine: Machine) => join(folder, `${machine}.sock`)
  for (const machine of machines)
    await simulator.open(simulator.nodeId(machine), { socket: socket(machine) })
  return {
    name: 'simulator',
    particulars: await particularsOf(socket('m1')),
    socket,
    forgets: false,
    cutPower: async (machine) => simulator.swarm.losePower(simulator.nodeId(machine)),
    powerOn: async (machine) => simulator.swarm.bringBack(simulator.nodeId(machine)),
    close: async () => {
      await simulator.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
