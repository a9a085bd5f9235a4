import { type Asked, commandArguments } from '@skep/shared/contract/commands'
import { Operation } from '@skep/shared/contract/operation'
import {
  type CommandKind,
  Consent,
  commandKinds,
  Preview,
} from '@skep/shared/contract/preview'
import { Problem } from '@skep/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { ServiceCommands } from '../commands/service-commands.ts'
import { actor, parted } from './consent.ts'

const ServiceParams = z.object({ name: z.string().min(1).max(200) })

const summaries: Readonly<Record<CommandKind, string>> = {
  rollback: 'Bring back the spec before this one',
  resume: 'Go on with an update that is paused',
  scale: 'Run another number of replicas',
  restart: 'Replace every task by one of the same spec',
  image: 'Run another image',
  settings: 'Change how updates and rollbacks proceed',
  restore: 'Bring back a version out of the history',
  swap: 'Give it a secret or config in place of another, at the same target',
  remove: 'Remove the service and its tasks',
}

/** What any command may be answered with instead. */
export const refusals = {
  400: Problem,
  403: Problem,
  404: Problem,
  409: Problem,
  413: Problem,
  415: Problem,
  422: Problem,
  502: Problem,
  503: Problem,
} as const

/** What can be asked of a service: look first, then commit to what was seen. */
export const commandRoutes: FastifyPluginAsyncZod<{ commands: ServiceCommands }> = async (
  app,
  { commands },
) => {
  for (const kind of commandKinds) {
    const path = `/api/services/:name/${kind}`
    const told = commandArguments[kind]

    app.get(
      path,
      {
        schema: {
          summary: `${summaries[kind]}: what would happen`,
          params: ServiceParams,
          querystring: told,
          response: { 200: Preview, ...refusals },
        },
      },
      async ({ params, query }) => commands.preview(asked(kind, query), params.name),
    )

    app.post(
      path,
      {
        // The largest body there is: a consent with every warning, and the name.
        bodyLimit: 32 * 1024,
        schema: {
          summary: summaries[kind],
          description:
            'Names the preview that it answers. 409 `preview-outdated` brings the new ' +
            'preview; 422 `checks-open` says what stands in the way.',
          params: ServiceParams,
          body: told.and(Consent),
          response: { 202: Operation, ...refusals },
        },
      },
      async ({ params, body }, reply) => {
        const { told, consent } = parted(body)
        const operation = await commands.run(asked(kind, told), params.name, consent, actor)
        return reply.code(202).send(operation)
      },
    )
  }
}

// The schema of this very kind has read the arguments; the loop loses which kind it is.
const asked = (kind: CommandKind, told: object): Asked => ({ kind, ...told }) as Asked
