import { Simulation, SpeedChange } from '@skep/shared/contract/simulation'
import { api } from '@skep/shared/paths'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { Refusal } from '../commands/refusal.ts'
import { instant } from '../domain/instant.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { refusals } from './commands.ts'

/**
 * The time of a simulated swarm, and how fast it passes. A console that is read-only allows
 * that as well: it is no write to a swarm.
 */
export const simulationRoutes: FastifyPluginAsyncZod<{ mirror: Mirror }> = async (
  app,
  { mirror },
) => {
  const answers = { 200: Simulation, ...refusals }

  app.get(
    api.simulation(),
    { schema: { summary: 'The time of a simulated swarm', response: answers } },
    async () => time(),
  )

  app.post(
    api.simulation(),
    {
      schema: {
        summary: 'Let the time of a simulated swarm pass faster, slower, or not at all',
        body: SpeedChange,
        response: answers,
      },
    },
    async ({ body: { speed } }) => {
      // Before a real engine is asked for something that it has never heard of.
      time()
      await mirror.setSpeed(speed)
      return time()
    },
  )
}

/** @throws Refusal where the swarm is a real one */
function time(): Simulation {
  const speed = clock.speed()
  if (speed !== null) return { now: instant(clock.now()), speed }
  throw new Refusal({
    status: 404,
    code: 'no-simulation',
    title: 'This swarm is real: its time cannot be set.',
    next: 'Run `npm run demo` for a simulated one.',
  })
}
