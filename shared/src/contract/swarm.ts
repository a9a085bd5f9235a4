import { z } from 'zod'
import { Instant } from './instant.ts'

/** How far the console's view reaches: each is a designed page state, none an empty list. */
export const SwarmState = z.enum([
  'connecting',
  'live',
  'electing',
  'no-quorum',
  'locked',
  'not-a-manager',
  'no-swarm',
  'certificates-expired',
  'engine-away',
  'engine-failing',
  'denied',
])
export type SwarmState = z.infer<typeof SwarmState>

export const Swarm = z
  .object({
    id: z.string().nullable(),
    state: SwarmState,
    sentence: z
      .string()
      .describe('What is the matter, in one sentence; or that all is well'),
    next: z
      .string()
      .nullable()
      .describe('What to do about it; null when nothing is to be done'),
    since: Instant.describe('When this state began'),
    cause: z.string().nullable().describe("The engine's own words, unedited"),
    managers: z.object({
      total: z.number().int(),
      reachable: z.number().int(),
      canLose: z.number().int().describe('Managers that can fail before quorum is lost'),
    }),
    leader: z.string().nullable().describe('Name of the leading manager'),
    endpoint: z.string().describe('The engine that answers, as configured'),
    engineVersion: z.string().nullable(),
    apiVersion: z.string().nullable(),
    feed: z
      .enum(['push', 'events', 'polling'])
      .describe(
        "What tells us of changes: swarmkit's push feed, the event stream, or polling",
      ),
    simulation: z
      .object({ speed: z.number().describe('0 while its time stands still') })
      .nullable()
      .describe(
        'Of a simulated swarm, how many times faster than ours its time passes; null for a real one',
      ),
  })
  .meta({ id: 'Swarm' })
export type Swarm = z.infer<typeof Swarm>
