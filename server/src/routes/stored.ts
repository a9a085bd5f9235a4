import { Consent } from '@skep/shared/contract/preview'
import {
  ConfigContent,
  Created,
  CreateStored,
  StoredIndex,
  StoredList,
  StoredOne,
  StoredPreview,
  storedKinds,
} from '@skep/shared/contract/stored'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { StoredDesk } from '../commands/stored.ts'
import { instant } from '../domain/instant.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { refusals } from './commands.ts'
import { actor } from './consent.ts'
import { trustedList } from './trusted.ts'

const NameParams = z.object({ name: z.string().min(1).max(200) })
const FamilyParams = z.object({ family: z.string().min(1).max(200) })
const Told = z.object({
  consumers: z
    .enum(['whole', 'names'])
    .default('whole')
    .describe('names: leave out how each consumer has it, which fills a long list'),
})
const Keep = z.object({ keep: z.coerce.number().int().min(1).max(100).default(2) })
const Removed = z.object({ removed: z.array(z.string()) }).meta({ id: 'Removed' })

/** A payload at its limit, as base64, with its name and labels. */
const largestBody = 2 * 1024 * 1024

/** Secrets and configs: who uses them, and what making or removing one would do. */
export const storedRoutes: FastifyPluginAsyncZod<{
  stored: StoredDesk
  mirror: Mirror
  validates: boolean
}> = async (app, { stored, mirror, validates }) => {
  const asOf = () => {
    const { readAt } = mirror.times()
    return instant(Math.min(readAt.stored ?? 0, readAt.services ?? 0, readAt.tasks ?? 0))
  }

  for (const kind of storedKinds) {
    app.get(
      `/api/${kind}s`,
      {
        schema: {
          summary: `Every ${kind}, with its consumers and what is to be said of it`,
          querystring: Told,
          response: { 200: z.union([StoredList, StoredIndex]) },
        },
        ...trustedList(validates),
      },
      async ({ query: { consumers } }) =>
        consumers === 'names'
          ? { asOf: asOf(), items: stored.index(kind) }
          : { asOf: asOf(), items: stored.list(kind) },
    )

    app.get(
      `/api/${kind}s/:name`,
      {
        schema: {
          summary: `One ${kind}, with its consumers and where each has the file`,
          params: NameParams,
          response: { 200: StoredOne, ...refusals },
        },
      },
      async ({ params: { name } }) => ({ asOf: asOf(), stored: stored.one(kind, name) }),
    )

    app.post(
      `/api/${kind}s`,
      {
        bodyLimit: largestBody,
        schema: {
          summary: `Make a ${kind}`,
          description: 'The payload travels in the body alone, and is kept nowhere.',
          body: CreateStored,
          response: { 201: Created, ...refusals },
        },
      },
      async ({ body }, reply) =>
        reply.code(201).send(await stored.create(kind, body, actor)),
    )

    app.get(
      `/api/${kind}s/:name/remove`,
      {
        schema: {
          summary: `Remove a ${kind}: what would happen`,
          params: NameParams,
          response: { 200: StoredPreview, ...refusals },
        },
      },
      async ({ params }) => stored.previewRemoval(kind, params),
    )

    app.post(
      `/api/${kind}s/:name/remove`,
      {
        schema: {
          summary: `Remove a ${kind} for good`,
          params: NameParams,
          body: Consent,
          response: { 202: Removed, ...refusals },
        },
      },
      async ({ params, body }, reply) =>
        reply.code(202).send({ removed: await stored.remove(kind, params, body, actor) }),
    )

    app.get(
      `/api/${kind}-families/:family/prune`,
      {
        schema: {
          summary: `Remove the old versions of a family of ${kind}s: what would happen`,
          params: FamilyParams,
          querystring: Keep,
          response: { 200: StoredPreview, ...refusals },
        },
      },
      async ({ params: { family }, query: { keep } }) =>
        stored.previewRemoval(kind, { family, keep }),
    )

    app.post(
      `/api/${kind}-families/:family/prune`,
      {
        schema: {
          summary: `Remove the old versions of a family of ${kind}s for good`,
          params: FamilyParams,
          body: Keep.and(Consent),
          response: { 202: Removed, ...refusals },
        },
      },
      async ({ params: { family }, body: { keep, ...consent } }, reply) =>
        reply.code(202).send({
          removed: await stored.remove(kind, { family, keep }, consent, actor),
        }),
    )
  }

  app.get(
    '/api/configs/:name/content',
    {
      schema: {
        summary: 'What a config holds; what looks like a credential only when asked for',
        params: NameParams,
        querystring: z.object({
          reveal: z.enum(['yes', 'no']).default('no'),
          with: NameParams.shape.name.optional().describe('Another config to compare with'),
        }),
        response: { 200: ConfigContent, ...refusals },
      },
    },
    async ({ params: { name }, query: { reveal, with: other } }, reply) => {
      reply.header('cache-control', 'no-store')
      return stored.content(name, reveal === 'yes', actor, other)
    },
  )
}
