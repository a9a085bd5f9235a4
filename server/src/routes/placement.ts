import { LabelUses, Placement } from '@skep/shared/contract/placement'
import { Problem } from '@skep/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { noSuchNode, noSuchService } from '../commands/missing.ts'
import { instant } from '../domain/instant.ts'
import { nodeNames, serviceNamed } from '../domain/names.ts'
import { labelUses } from '../domain/placement/label-uses.ts'
import { placement } from '../domain/placement/placement.ts'
import type { Mirror } from '../mirror/mirror.ts'

/** Where tasks could run. */
export const placementRoutes: FastifyPluginAsyncZod<{ mirror: Mirror }> = async (
  app,
  { mirror },
) => {
  /** Of several readings, the oldest; with the push feed, when it was last heard of. */
  const asOf = () => {
    const { contactAt, readAt } = mirror.times()
    if (mirror.state().swarm.feed === 'push') return contactAt ?? 0
    return Math.min(readAt.nodes ?? 0, readAt.services ?? 0, readAt.tasks ?? 0)
  }

  app.get(
    '/api/services/:name/placement',
    {
      schema: {
        summary: 'Where the next task of a service could run, and what refuses each node',
        params: z.object({ name: z.string() }),
        response: { 200: Placement, 404: Problem },
      },
    },
    async ({ params: { name } }) => {
      const state = mirror.state()
      const service = serviceNamed(state, name)
      if (service) return placement(service, state, asOf())
      throw noSuchService(state, name)
    },
  )

  app.get(
    '/api/nodes/:name/label-uses',
    {
      schema: {
        summary: 'Which constraints ask for labels, and whether this node satisfies them',
        params: z.object({ name: z.string() }),
        response: { 200: LabelUses, 404: Problem },
      },
    },
    async ({ params: { name } }) => {
      const state = mirror.state()
      const [id] = [...nodeNames(state.nodes)].find(([, known]) => known === name) ?? []
      const node = state.nodes.get(id ?? '')
      if (!node) throw noSuchNode(state, name)
      const uses = labelUses(node, state.services.values())
      return { node: name, asOf: instant(asOf()), uses }
    },
  )
}
