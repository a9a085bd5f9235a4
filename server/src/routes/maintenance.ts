import {
  Maintenance,
  MaintenanceEnd,
  MaintenanceStart,
  MaintenanceTick,
} from '@skep/shared/contract/maintenance'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { MaintenanceDesk } from '../commands/maintenance.ts'
import { evidence } from '../domain/maintenance-evidence.ts'
import { refusals } from './commands.ts'
import { actor } from './consent.ts'

const NodeParams = z.object({ name: z.string().min(1).max(300) })
const IdParams = z.object({ id: z.string().max(100) })

/** The guided order of work on a node: begun, followed, and kept as evidence. */
export const maintenanceRoutes: FastifyPluginAsyncZod<{ desk: MaintenanceDesk }> = async (
  app,
  { desk },
) => {
  const node = '/api/nodes/:name/maintenance'
  const params = NodeParams

  app.get(
    node,
    {
      schema: {
        summary: 'The maintenance of a node that is open, or the last that ended',
        params,
        response: { 200: Maintenance.nullable(), ...refusals },
      },
    },
    async ({ params: { name } }, reply) => reply.send(await desk.ofNode(name)),
  )

  app.post(
    node,
    {
      schema: {
        summary: 'Begin a maintenance: the order in which to stop, drain and bring back',
        params,
        body: MaintenanceStart,
        response: { 201: Maintenance, ...refusals },
      },
    },
    async ({ params: { name }, body }, reply) =>
      reply.code(201).send(await desk.begin(name, body.services, actor)),
  )

  app.post(
    '/api/maintenance/:id/tick',
    {
      schema: {
        summary: 'Say that a step is done which the swarm cannot show',
        params: IdParams,
        body: MaintenanceTick,
        response: { 200: Maintenance, ...refusals },
      },
    },
    async ({ params: { id }, body }) => desk.tick(id, body, actor),
  )

  app.post(
    '/api/maintenance/:id/end',
    {
      schema: {
        summary: 'End a maintenance',
        params: IdParams,
        body: MaintenanceEnd,
        response: { 200: Maintenance, ...refusals },
      },
    },
    async ({ params: { id }, body }) => desk.end(id, body.as, actor),
  )

  app.get(
    '/api/maintenance/:id/evidence',
    {
      schema: {
        summary: 'What was done, when, by whom, and what was seen: as Markdown',
        params: IdParams,
        response: { 200: z.string(), ...refusals },
      },
    },
    async ({ params: { id } }, reply) => {
      const found = await desk.get(id)
      return reply
        .type('text/markdown; charset=utf-8')
        .header('content-disposition', `attachment; filename="maintenance-${id}.md"`)
        .send(evidence(found))
    },
  )
}
