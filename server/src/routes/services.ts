import { Problem } from '@skep/shared/contract/problem'
import { SpecSummary } from '@skep/shared/contract/spec-summary'
import { TaskHistory } from '@skep/shared/contract/task'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { noSuchService } from '../commands/missing.ts'
import { instant } from '../domain/instant.ts'
import { serviceNamed } from '../domain/names.ts'
import { specSummary } from '../domain/spec-summary.ts'
import { taskHistory } from '../domain/task-history.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { serveLogs } from '../stream/logs.ts'
import { streamHeaders } from '../stream/sse.ts'

const ServiceParams = z.object({ name: z.string() })

const LogQuery = z.object({
  tail: z.coerce.number().int().min(0).max(5_000).default(500),
  follow: z.stringbool().default(true),
})

/** What the snapshot leaves out of a service: its whole history, its spec, its logs. */
export const serviceRoutes: FastifyPluginAsyncZod<{ mirror: Mirror }> = async (
  app,
  { mirror },
) => {
  const params = ServiceParams
  const open = new Set<() => void>()
  app.addHook('preClose', async () => {
    for (const end of open) end()
  })

  const find = (name: string) => {
    const state = mirror.state()
    const service = serviceNamed(state, name)
    if (service) return { state, service }
    throw noSuchService(state, name)
  }
  /** While the push feed tells of every change, what was not told of has not changed. */
  const asOf = (source: 'tasks' | 'services') => {
    const { contactAt, readAt } = mirror.times()
    const told = mirror.state().swarm.feed === 'push'
    return instant((told ? contactAt : readAt[source]) ?? 0)
  }

  app.get(
    '/api/services/:name/tasks',
    {
      schema: {
        summary: 'Every task the swarm still remembers of a service',
        params,
        response: { 200: TaskHistory, 404: Problem },
      },
    },
    async ({ params: { name } }) => {
      const { state, service } = find(name)
      const { taskHistory: retained } = state.swarm
      const tasks = taskHistory(state, service)
      return { service: name, asOf: asOf('tasks'), retained, tasks }
    },
  )

  app.get(
    '/api/services/:name/spec',
    {
      schema: {
        summary: 'What was asked of the swarm, without any value that may be secret',
        params,
        response: { 200: SpecSummary, 404: Problem },
      },
    },
    async ({ params: { name } }) => {
      const { state, service } = find(name)
      return specSummary(state, service, asOf('services'))
    },
  )

  app.get(
    '/api/services/:name/logs',
    {
      schema: {
        summary: 'Server-sent events: the logs of a service, line by line',
        description: 'Events: `line` (an array of LogLine), `state` (LogState).',
        params,
        querystring: LogQuery,
        produces: ['text/event-stream'],
      },
    },
    ({ params: { name }, query }, reply) => {
      const { service } = find(name)
      reply.hijack()
      reply.raw.writeHead(200, streamHeaders)
      const end = () => void reply.raw.destroy()
      open.add(end)
      reply.raw.on('close', () => open.delete(end))
      return serveLogs(mirror, service.id, query, reply.raw)
    },
  )
}
