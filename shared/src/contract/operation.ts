import { z } from 'zod'
import { Instant } from './instant.ts'
import { nodeCommandKinds } from './node-commands.ts'
import { Check, commandKinds } from './preview.ts'

/**
 * Where a command is between the press and its observed end. `requested`: written down, not
 * yet answered. `accepted`: the engine took it; the swarm is at work. The others are ends:
 * `converged` as asked; `failed`: refused by the engine, paused, rolled back or never
 * converged; `superseded`: another change took over before it could be judged; `unknown`:
 * the engine's answer was lost and what is observed does not tell either.
 */
export const OperationState = z.enum([
  'requested',
  'accepted',
  'converged',
  'failed',
  'superseded',
  'unknown',
])
export type OperationState = z.infer<typeof OperationState>

/** One command, from what was asked to what was observed. */
export const Operation = z
  .object({
    id: z.string(),
    kind: z.enum([...commandKinds, ...nodeCommandKinds]),
    subject: z
      .object({ kind: z.enum(['service', 'node']), name: z.string(), id: z.string() })
      .describe('What was commanded; the id stays when another takes the name'),
    actor: z.string().describe("Who asked; 'local' until there is sign-in"),
    title: z.string().describe("Verb and object: 'Scale web to 5'"),
    command: z.string().describe('The equivalent line for the docker CLI'),
    acknowledged: z.array(Check).describe('The warnings that were shown and ticked'),
    state: OperationState,
    sentence: z.string().describe("Such as 'Accepted. 2 of 5 running.'"),
    requestedAt: Instant,
    acceptedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    specVersion: z
      .number()
      .int()
      .nullable()
      .describe('Raft index of the service as this command left it'),
  })
  .meta({ id: 'Operation' })
export type Operation = z.infer<typeof Operation>

/** Whether an operation is still being tracked. */
export const isOpen = ({ state }: Pick<Operation, 'state'>): boolean =>
  state === 'requested' || state === 'accepted'
