import { z } from 'zod'
import { Instant } from './instant.ts'

export const Source = z.enum(['nodes', 'services', 'tasks', 'networks', 'stored'])
export type Source = z.infer<typeof Source>

/** When each source was last read from the engine. Ages are for the reader to compute. */
export const Freshness = z
  .object({
    now: Instant.describe('The clock of the server when this was sent'),
    swarmNow: Instant.optional().describe(
      'The time in a simulated swarm at that moment, by which all its facts are dated; a real one has no time of its own',
    ),
    contactAt: Instant.nullable().describe('When the swarm last answered anything at all'),
    readAt: z.record(Source, Instant.nullable()),
  })
  .meta({ id: 'Freshness' })
export type Freshness = z.infer<typeof Freshness>

/** Ages, in milliseconds, from which a fact is late, and lost. @see UX: two hops, one word */
export const lateAfter = 10_000
export const lostAfter = 30_000
