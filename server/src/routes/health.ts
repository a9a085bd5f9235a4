import { lateAfter } from '@skep/shared/contract/freshness'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Mirror } from '../mirror/mirror.ts'

const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' })
const Readiness = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    swarm: z.string().describe('The state of the swarm, as in the snapshot'),
  })
  .meta({ id: 'Readiness' })

/** Is the process up; and is what it shows live. */
export const healthRoutes: FastifyPluginAsyncZod<{ mirror: Mirror }> = async (
  app,
  { mirror },
) => {
  app.get(
    '/healthz',
    { schema: { summary: 'The process is up', response: { 200: Health } } },
    async () => ({ status: 'ok' as const }),
  )

  app.get(
    '/readyz',
    {
      schema: {
        summary: 'The mirror is live: 200 only while what is shown is true now',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const swarm = mirror.state().swarm.state
      const { contactAt } = mirror.times()
      // A call that hangs takes longer to be called a failure than a fact takes to age.
      const fresh = contactAt !== null && Date.now() - contactAt < lateAfter
      if (swarm === 'live' && fresh) return { status: 'ready' as const, swarm }
      return reply.code(503).send({ status: 'not-ready' as const, swarm })
    },
  )
}
