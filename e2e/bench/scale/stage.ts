import { Console } from '../../console.ts'
import type { Bench } from '../setting.ts'
import { SimulatedSwarm, type Size } from './simulated-swarm.ts'
import type { Swarm } from './swarm.ts'

/** A swarm, and a console that has seen all of it. */
export type Stage<S extends Swarm = Swarm> = { swarm: S; skep: Console }

/** A simulated one; both run until `tidy`. */
export async function openStage(bench: Bench, size: Size): Promise<Stage<SimulatedSwarm>> {
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
  swarm: Swarm,
  settings: Readonly<Record<string, string>> = {},
): Promise<Console> {
  const skep = await Console.prepare({ ...settingsFor(swarm), ...settings })
  open.push(() => skep.stop())
  await skep.start()
  await skep.ready()
  await expectAll(skep, swarm)
  return skep
}

export const settingsFor = (swarm: Swarm): Record<string, string> => ({
  NODE_ENV: 'production',
  SKEP_LOG_LEVEL: 'warn',
  DOCKER_HOST: `unix://${swarm.socket}`,
  SKEP_WATCH_SOCKET: swarm.controlSocket,
})

/** @throws Error when what is called live lacks something, or does not hear of changes */
export async function expectAll(skep: Console, { contents }: Swarm): Promise<void> {
  const { nodes, services, swarm } = await skep.cluster()
  const all = Object.values(services)
  const sum = (of: (service: (typeof all)[number]) => number) =>
    all.reduce((total, service) => total + of(service), 0)
  const seen = {
    nodes: Object.keys(nodes).length,
    services: all.length,
    tasks: sum(({ slots }) => slots.length),
    running: sum(({ running }) => running),
  }
  for (const [what, count] of Object.entries(contents)) {
    const shown = seen[what as keyof typeof seen] // as both have the same keys
    if (shown !== count) throw new Error(`the console shows ${shown} ${what}, not ${count}`)
  }
  if (swarm.feed !== 'push') throw new Error(`the console hears by ${swarm.feed}`)
}
