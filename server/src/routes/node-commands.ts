import {
  type NodeAsked,
  type NodeCommandKind,
  nodeCommandArguments,
  nodeCommandKinds,
} from '@skep/shared/contract/node-commands'
import { NodePreview } from '@skep/shared/contract/node-preview'
import { Operation } from '@skep/shared/contract/operation'
import { Consent } from '@skep/shared/contract/preview'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { NodeCommands } from '../commands/node-commands.ts'
import { refusals } from './commands.ts'
import { actor, parted } from './consent.ts'

const NodeParams = z.object({ name: z.string().min(1).max(300) })

const summaries: Readonly<Record<NodeCommandKind, string>> = {
  drain: 'Take every task off the node',
  pause: 'Place no new tasks on the node',
  activate: 'Open the node to tasks',
  promote: 'Make the node a manager',
  demote: 'Make the node a worker',
  labels: 'Change the labels of the node, and with them what may run there',
  remove: 'Strike the node off the list',
}

/** What can be asked of a node: look first, then commit to what was seen. */
export const nodeCommandRoutes: FastifyPluginAsyncZod<{
  nodeCommands: NodeCommands
}> = async (app, { nodeCommands }) => {
  for (const kind of nodeCommandKinds) {
    const path = `/api/nodes/:name/${kind}`
    const told = nodeCommandArguments[kind]

    app.get(
      path,
      {
        schema: {
          summary: `${summaries[kind]}: what would happen`,
          description:
            'For every task that it touches: where it can go, what it waits for, and ' +
            'what becomes of its data.',
          params: NodeParams,
          querystring: told,
          response: { 200: NodePreview, ...refusals },
        },
      },
      async ({ params, query }) => nodeCommands.preview(asked(kind, query), params.name),
    )

    app.post(
      path,
      {
        // The largest body there is: a consent, and a hundred labels.
        bodyLimit: 256 * 1024,
        schema: {
          summary: summaries[kind],
          description:
            'Names the preview that it answers. 409 `preview-outdated` brings the new ' +
            'preview; 422 `checks-open` says what stands in the way.',
          params: NodeParams,
          body: told.and(Consent),
          response: { 202: Operation, ...refusals },
        },
      },
      async ({ params, body }, reply) => {
        const { told, consent } = parted(body)
        const command = asked(kind, told)
        const operation = await nodeCommands.run(command, params.name, consent, actor)
        return reply.code(202).send(operation)
      },
    )
  }
}

// The schema of this very kind has read the arguments; the loop loses which kind it is.
const asked = (kind: NodeCommandKind, told: object): NodeAsked =>
  ({ kind, ...told }) as NodeAsked
