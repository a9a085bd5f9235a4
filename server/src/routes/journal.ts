import {
  JournalEntry,
  JournalPage,
  SpecHistory,
  SuspectChanges,
} from '@skep/shared/contract/journal'
import { Problem } from '@skep/shared/contract/problem'
import { api } from '@skep/shared/paths'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Refusal } from '../commands/refusal.ts'
import { instant } from '../domain/instant.ts'
import { serviceNamed } from '../domain/names.ts'
import { surroundings } from '../domain/surroundings.ts'
import { suspects, suspectWindow } from '../domain/suspects.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'

const name = z.string().min(1).max(200)

const PageQuery = z.object({
  service: name.optional(),
  node: name.optional(),
  slot: name.optional(),
  kind: JournalEntry.shape.kind.optional(),
  actor: name.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

const SuspectQuery = z.object({
  at: z.iso.datetime({ offset: true }).optional().describe('Now, if it is left out'),
  subject: z
    .string()
    .regex(/^(service|node):.{1,200}$/, 'must read service:NAME or node:NAME')
    .optional(),
})

/** At most so many lines of an hour are weighed: more is a storm, not a clue. */
const weighed = 5_000

/** What was done and what was seen: timelines, versions, and what changed before. */
export const journalRoutes: FastifyPluginAsyncZod<{
  mirror: Mirror
  memory: Memory<Tracking>
}> = async (app, { mirror, memory }) => {
  app.get(
    api.journal(),
    {
      schema: {
        summary: 'What people did and what the swarm was seen to do, newest first',
        querystring: PageQuery,
        response: { 200: JournalPage, 400: Problem, 503: Problem },
      },
    },
    async ({ query }) => memory.journal.page(query),
  )

  app.get(
    api.suspects(),
    {
      schema: {
        summary: 'What changed in the hour before an instant, closest to the subject first',
        querystring: SuspectQuery,
        response: { 200: SuspectChanges, 400: Problem, 503: Problem },
      },
    },
    async ({ query }) => {
      const at = query.at ? Date.parse(query.at) : clock.now()
      const around = surroundings(mirror.state(), query.subject ?? null)
      const entries = await memory.journal.between(
        instant(at - suspectWindow),
        instant(at),
        weighed,
      )
      return {
        at: instant(at),
        subject: around.subject,
        changes: suspects(entries, at, around),
      }
    },
  )

  app.get(
    '/api/services/:name/versions',
    {
      schema: {
        summary: 'Each version of a spec as it was seen, newest first, and what changed',
        params: z.object({ name }),
        response: { 200: SpecHistory, 404: Problem, 503: Problem },
      },
    },
    async ({ params }) => {
      const service = serviceNamed(mirror.state(), params.name)
      if (!service) {
        throw new Refusal({
          status: 404,
          code: 'no-such-service',
          title: `There is no service ${params.name} in this swarm.`,
          next: 'It may have been removed: the journal tells when.',
        })
      }
      const kept = await memory.history.versions(service.id)
      const target = service.previous
      const versions = kept.map((version, i) => ({
        ...version,
        current: i === 0,
        // What was written down before what runs now is what the engine goes back to, as
        // far as its image tells; a resume leaves what runs now as its own target.
        rollbackTarget:
          i === 1 &&
          target?.image === version.image &&
          target.specHash !== service.specHash,
      }))
      return { service: params.name, versions }
    },
  )
}
