import { Cluster } from '@skep/shared/contract/cluster'
import { api } from '@skep/shared/paths'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Feed } from '../stream/feed.ts'
import { serveFeed, streamHeaders } from '../stream/sse.ts'
import { trusted } from './trusted.ts'

/** The snapshot, and the stream that keeps one current. */
export const clusterRoutes: FastifyPluginAsyncZod<{
  feed: Feed
  validates: boolean
}> = async (app, { feed, validates }) => {
  const open = new Set<() => void>()
  // Open streams would keep the server from closing.
  app.addHook('preClose', async () => {
    for (const end of open) end()
  })

  app.get(
    api.cluster(),
    {
      schema: { summary: 'The whole swarm as one snapshot', response: { 200: Cluster } },
      ...trusted(validates),
    },
    async () => feed.snapshot(),
  )

  app.get(
    api.stream(),
    {
      schema: {
        summary: 'Server-sent events: snapshot, then patches, with a beat when quiet',
        description:
          'Events: `snapshot` (Cluster), `patch` (Patch), `beat` ({epoch, seq, freshness}). ' +
          'Ids read `epoch:seq`; send the last one as Last-Event-ID to resume.',
        produces: ['text/event-stream'],
      },
    },
    (request, reply) => {
      reply.hijack()
      reply.raw.writeHead(200, streamHeaders)
      const lastEventId = request.headers['last-event-id']
      const end = serveFeed(feed, reply.raw, [lastEventId].flat()[0])
      open.add(end)
      reply.raw.on('close', () => open.delete(end))
    },
  )
}
