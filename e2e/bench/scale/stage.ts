import { Console } from '../../console.ts'
import type { Bench } from '../setting.ts'
import { SimulatedSwarm, type Size, tasksIn } from './swarm.ts'

/** A simulated swarm, and a console that has seen all of it. */
export type Stage = { swarm: SimulatedSwarm; skep: Console }

/** Both run until `tidy`. */
export async function openStage(bench: Bench, size: Size): Promise<Stage> {
  const swarm = await openSwarm(bench, size)
  const skep = await openConsole(bench, swarm)
  return { swarm, skep }
}

export async function openSwarm({ open }: Bench, size: Size): Promise<SimulatedSwarm> {
  const swarm = await SimulatedSwarm.start(size)
  open.push(() => swarm.stop())
  return swarm
}

/** As an operator runs it; settles once it is live and knows every task. */
export async function openConsole(
  { open }: Bench,
  swarm: SimulatedSwarm,
  settings: Readonly<Record<string, string>> = {},
): Promise<Console> {
  const skep = await Console.prepare({ ...settingsFor(swarm), ...settings })
  open.push(() => skep.stop())
  await skep.start()
  await skep.ready()
  await expectAll(skep, swarm)
  return skep
}

export const settingsFor = (swarm: SimulatedSwarm): Record<string, string> => ({
  NODE_ENV: 'production',
  SKEP_LOG_LEVEL: 'warn',
  DOCKER_HOST: `unix://${swarm.socket}`,
  SKEP_WATCH_SOCKET: swarm.controlSocket,
})

/** @throws Error when what is called live lacks something, or does not hear of changes */
export async function expectAll(skep: Console, { size }: SimulatedSwarm): Promise<void> {
  const { nodes, services, swarm } = await skep.cluster()
  const all = Object.values(services)
  const running = all.reduce((sum, service) => sum + service.running, 0)
  const seen = [Object.keys(nodes).length, all.length, running].join()
  const there = [size.nodes, size.services, tasksIn(size)].join()
  if (seen !== there) throw new Error(`nodes, services, tasks: ${seen}, not ${there}`)
  if (swarm.feed !== 'push') throw new Error(`the console hears by ${swarm.feed}`)
}
