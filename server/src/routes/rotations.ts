import { Consent, Preview } from '@skep/shared/contract/preview'
import {
  type AskedAct,
  PreviewedAct,
  RollbackArguments,
  RotateArguments,
  Rotation,
  RotationList,
  RotationPreview,
} from '@skep/shared/contract/rotation'
import {
  payloadLimit,
  type StoredKind,
  StoredPreview,
  storedKinds,
} from '@skep/shared/contract/stored'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { RotationDesk } from '../commands/rotations.ts'
import { refusals } from './commands.ts'
import { actor, parted } from './consent.ts'

const NameParams = z.object({ name: z.string().min(1).max(300) })
const IdParams = z.object({ id: z.string().max(100) })

/** Base64 takes four letters for three bytes. */
const lettersOf = (bytes: number): number => Math.ceil(bytes / 3) * 4

/** A warning of each of many services: each has its own id. */
const RotateConsent = Consent.extend({
  acknowledged: z.array(z.string().max(200)).max(2_000),
})

/** The value is in the body alone, and never in what is said of the body. */
const rotateBody = (kind: StoredKind) =>
  RotateArguments.extend(RotateConsent.shape).extend({
    data: z.base64().max(lettersOf(payloadLimit[kind])).describe('The new value'),
  })

const nothing = z.object({})

/** By act: what it is told, what its preview tells, and what it does. */
const acts = {
  resume: {
    told: nothing,
    preview: RotationPreview,
    summary: 'Go on with a rotation that has stopped: what failed is tried again',
  },
  rollback: {
    told: RollbackArguments,
    preview: Preview,
    summary: 'Roll back a service that did not converge',
  },
  retire: {
    told: nothing,
    preview: StoredPreview,
    summary: 'Remove the old version',
  },
} as const

/** Rotations of secrets and configs: looked at, begun, gone on with, kept as evidence. */
export const rotationRoutes: FastifyPluginAsyncZod<{ rotations: RotationDesk }> = async (
  app,
  { rotations },
) => {
  for (const kind of storedKinds) {
    const path = `/api/${kind}s/:name/rotate`
    app.get(
      path,
      {
        schema: {
          summary: `Rotate a ${kind}: what would happen`,
          params: NameParams,
          querystring: RotateArguments,
          response: { 200: RotationPreview, ...refusals },
        },
      },
      async ({ params: { name }, query }) => rotations.preview(kind, name, query),
    )

    app.post(
      path,
      {
        // The value, and a consent that names every warning.
        bodyLimit: lettersOf(payloadLimit[kind]) + 512 * 1024,
        schema: {
          summary: `Rotate a ${kind}: create its next version, and update its services`,
          description:
            'Names the preview that it answers. The value is base64, is handed to the ' +
            'engine, and is kept nowhere. 409 `preview-outdated` brings the new preview.',
          params: NameParams,
          body: rotateBody(kind),
          response: { 202: Rotation, ...refusals },
        },
      },
      async ({ params: { name }, body }, reply) => {
        const { told, consent } = parted(body)
        const { data, ...args } = told
        // Nothing that comes after this one needs the text.
        body.data = ''
        const value = Buffer.from(data, 'base64')
        return reply
          .code(202)
          .send(await rotations.begin(kind, name, args, value, consent, actor))
      },
    )
  }

  app.get(
    '/api/rotations',
    {
      schema: {
        summary: 'Rotations of secrets and configs, newest first',
        response: { 200: RotationList, ...refusals },
      },
    },
    async () => ({ items: await rotations.list() }),
  )

  app.get(
    '/api/rotations/:id',
    {
      schema: {
        summary: 'A rotation, and what stands against removing the old version now',
        params: IdParams,
        response: { 200: Rotation, ...refusals },
      },
    },
    async ({ params: { id } }) => rotations.get(id),
  )

  for (const act of PreviewedAct.options) {
    const { told, preview, summary } = acts[act]
    const path = `/api/rotations/:id/${act}`
    app.get(
      path,
      {
        schema: {
          summary: `${summary}: what would happen`,
          params: IdParams,
          querystring: told,
          response: { 200: preview, ...refusals },
        },
      },
      async ({ params: { id }, query }) => rotations.previewAct(id, asked(act, query)),
    )

    app.post(
      path,
      {
        schema: {
          summary,
          description:
            'Names the preview that it answers. 409 `preview-outdated` brings the new ' +
            'preview; 422 `checks-open` says what stands in the way.',
          params: IdParams,
          body: told.and(RotateConsent),
          response: { 202: Rotation, ...refusals },
        },
      },
      async ({ params: { id }, body }, reply) => {
        const { told, consent } = parted(body)
        const rotation = await rotations.act(id, asked(act, told), consent, actor)
        return reply.code(202).send(rotation)
      },
    )
  }

  app.post(
    '/api/rotations/:id/abandon',
    {
      schema: {
        summary: 'Leave a rotation as it is: the swarm is told nothing',
        params: IdParams,
        body: nothing,
        response: { 200: Rotation, ...refusals },
      },
    },
    async ({ params: { id } }) => rotations.abandon(id, actor),
  )

  app.get(
    '/api/rotations/:id/evidence',
    {
      schema: {
        summary: 'Before, after, who, when, and the health that was seen: as Markdown',
        params: IdParams,
        response: { 200: z.string(), ...refusals },
      },
    },
    async ({ params: { id } }, reply) => {
      const text = await rotations.evidence(id)
      return reply
        .type('text/markdown; charset=utf-8')
        .header('content-disposition', 'attachment; filename="rotation.md"')
        .send(text)
    },
  )
}

// The schema of this very act has read what it was told; the loop loses which act it is.
const asked = (act: PreviewedAct, told: object): AskedAct => ({ act, ...told }) as AskedAct
