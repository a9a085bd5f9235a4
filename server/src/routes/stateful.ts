import { Problem } from '@skep/shared/contract/problem'
import { StatefulList, Statefulness } from '@skep/shared/contract/stateful'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { noSuchService } from '../commands/missing.ts'
import { instant } from '../domain/instant.ts'
import { serviceNamed } from '../domain/names.ts'
import { nodeFacts } from '../domain/node-facts.ts'
import type { Residency } from '../domain/residency.ts'
import type { Service } from '../domain/state.ts'
import { badge, statefulness } from '../domain/statefulness/statefulness.ts'
import { tasksOfService } from '../domain/tasks-of.ts'
import type { Memory } from '../memory/memory.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'

type Sources = {
  mirror: Mirror
  memory: Pick<Memory<unknown>, 'journal'>
  residency: { current(): Residency }
}

/** Which services hold data, where it is, and what becomes of it. */
export const statefulRoutes: FastifyPluginAsyncZod<Sources> = async (
  app,
  { mirror, memory, residency },
) => {
  /** Of several readings, the oldest; with the push feed, when it was last heard of. */
  const asOf = () => {
    const { contactAt, readAt } = mirror.times()
    if (mirror.state().swarm.feed === 'push') return contactAt ?? 0
    return Math.min(readAt.nodes ?? 0, readAt.services ?? 0, readAt.tasks ?? 0)
  }
  /** When it began to watch is not known while the memory is away. */
  const watchingSince = async () => {
    try {
      return (await memory.journal.page({ limit: 1 })).since
    } catch (err) {
      app.log.warn({ err }, 'since when volumes are watched is not known')
      return null
    }
  }
  const judge = () => {
    const state = mirror.state()
    const facts = nodeFacts(state.nodes)
    const now = clock.ofManagers(state)
    return (service: Service) =>
      statefulness(service, {
        nodes: facts,
        tasks: tasksOfService(state, service.id),
        stays: residency.current().get(service.id) ?? [],
        now,
      })
  }

  app.get(
    '/api/stateful',
    {
      schema: {
        summary: 'Every service that holds data, or might, by name',
        response: { 200: StatefulList },
      },
    },
    async () => {
      const services = [...mirror.state().services.values()]
        .map(judge())
        .filter((found) => badge(found) !== null)
        .sort((a, b) => (a.service < b.service ? -1 : 1))
      return { asOf: instant(asOf()), watchingSince: await watchingSince(), services }
    },
  )

  app.get(
    '/api/services/:name/statefulness',
    {
      schema: {
        summary: 'How a service holds data, where it was, and what becomes of it',
        params: z.object({ name: z.string() }),
        response: { 200: Statefulness, 404: Problem },
      },
    },
    async ({ params: { name } }) => {
      const service = serviceNamed(mirror.state(), name)
      if (service) return judge()(service)
      throw noSuchService(mirror.state(), name)
    },
  )
}
