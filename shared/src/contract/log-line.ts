import { z } from 'zod'
import { Instant } from './instant.ts'

/** One line of a service's logs, attributed to the task and node it came from. */
export const LogLine = z
  .object({
    at: Instant.nullable().describe(
      'Nanosecond precision; null if the engine gave no time',
    ),
    stream: z
      .enum(['stdout', 'stderr', 'swarm'])
      .describe('`swarm`: the swarm itself speaks'),
    task: z.string().nullable().describe('Id of the task'),
    slot: z.string().nullable().describe('Key of its slot, where the task is still known'),
    node: z.string().nullable().describe('Name of the node'),
    text: z.string(),
  })
  .meta({ id: 'LogLine' })
export type LogLine = z.infer<typeof LogLine>

/** How a log stream stands: whether lines may be missing, and whether more will come. */
export const LogState = z
  .object({
    state: z.enum(['following', 'ended', 'failed']),
    incomplete: z.array(z.string()).describe('Why lines may be missing, a sentence each'),
  })
  .meta({ id: 'LogState' })
export type LogState = z.infer<typeof LogState>
