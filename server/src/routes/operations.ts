import { Operation } from '@skep/shared/contract/operation'
import { Problem } from '@skep/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Refusal } from '../commands/refusal.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'

const Query = z.object({
  service: z.string().max(200).optional(),
  node: z.string().max(200).optional(),
  before: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Commands from the press to their observed end, also those that ended long ago. */
export const operationRoutes: FastifyPluginAsyncZod<{ memory: Memory<Tracking> }> = async (
  app,
  { memory },
) => {
  app.get(
    '/api/operations',
    {
      schema: {
        summary: 'Commands, newest first',
        querystring: Query,
        response: { 200: z.array(Operation), 400: Problem, 503: Problem },
      },
    },
    async ({ query: { service, node, before, limit } }) =>
      memory.operations.list({
        limit,
        ...(service && { subject: { kind: 'service', name: service } }),
        ...(node && { subject: { kind: 'node', name: node } }),
        ...(before && { before }),
      }),
  )

  app.get(
    '/api/operations/:id',
    {
      schema: {
        summary: 'One command',
        params: z.object({ id: z.string().max(100) }),
        response: { 200: Operation, 404: Problem, 503: Problem },
      },
    },
    async ({ params: { id } }) => {
      const found = await memory.operations.get(id)
      if (found) return found.operation
      throw new Refusal({
        status: 404,
        code: 'no-such-operation',
        title: 'There is no such operation.',
        next: 'It may be older than what is kept: see /api/operations.',
      })
    },
  )
}
