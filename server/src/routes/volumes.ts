import { VolumeList } from '@skep/shared/contract/volume'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { instant } from '../domain/instant.ts'
import type { Residency } from '../domain/residency.ts'
import { volumeViews } from '../domain/volumes/volume-views.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { toHeldVolume } from '../mirror/translate.ts'

/** The volumes of the whole cluster, as far as one manager can tell. */
export const volumeRoutes: FastifyPluginAsyncZod<{
  mirror: Mirror
  residency: { current(): Residency }
}> = async (app, { mirror, residency }) => {
  app.get(
    '/api/volumes',
    {
      schema: {
        summary: 'Every volume that is referred to, where its data is, and who mounts it',
        response: { 200: VolumeList },
      },
    },
    async () => {
      const state = mirror.state()
      // Without an answer the rest is told all the same, and the node as not asked.
      const held = await mirror
        .api()
        .volumes()
        .catch(() => null)
      const asked = held ? state.swarm.nodeId : null
      const views = volumeViews(
        state,
        residency.current(),
        (held ?? []).map(toHeldVolume),
        asked,
      )
      const { services, tasks } = mirror.times().readAt
      return { asOf: instant(Math.min(services ?? 0, tasks ?? 0)), ...views }
    },
  )
}
