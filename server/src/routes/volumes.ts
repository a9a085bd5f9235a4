import { VolumeList } from '@skep/shared/contract/volume'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { instant } from '../domain/instant.ts'
import type { Residency } from '../domain/residency.ts'
import { volumeViews } from '../domain/volumes/volume-views.ts'
import { createHeldVolumes } from '../mirror/held-volumes.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { replaceClusterVolumes } from '../mirror/replace.ts'

/** The volumes of the whole cluster, as far as one manager can tell. */
export const volumeRoutes: FastifyPluginAsyncZod<{
  mirror: Mirror
  residency: { current(): Residency }
}> = async (app, { mirror, residency }) => {
  const heldVolumes = createHeldVolumes(mirror)
  app.get(
    '/api/volumes',
    {
      schema: {
        summary: 'Every volume that is referred to, where its data is, and who mounts it',
        response: { 200: VolumeList },
      },
    },
    async () => {
      const { held, askedNode, ofSwarm } = await heldVolumes()
      const known = mirror.state()
      // What was just read is newer than what is followed.
      const state = ofSwarm ? replaceClusterVolumes(known, ofSwarm) : known
      const views = volumeViews(state, residency.current(), held, askedNode)
      const { services, tasks } = mirror.times().readAt
      return { asOf: instant(Math.min(services ?? 0, tasks ?? 0)), ...views }
    },
  )
}
