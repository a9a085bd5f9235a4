import { z } from 'zod'
import { Instant } from './instant.ts'

/** Where a slot is on its way to the spec that is being rolled out. */
export const SlotPhase = z.enum(['to-update', 'in-flight', 'verifying', 'updated'])
export type SlotPhase = z.infer<typeof SlotPhase>

/** A slot that holds a rollout up, named. */
export const StuckSlot = z.object({
  slot: z.string().describe('Its key'),
  state: z.string().describe("Docker's word for where its task is"),
  since: Instant,
  node: z.string().nullable(),
  why: z.string().describe('In a sentence'),
  cause: z.string().nullable().describe("The swarm's own words, unedited"),
})
export type StuckSlot = z.infer<typeof StuckSlot>

/**
 * An update or a rollback, from the facts of this instant alone: whoever opens the page
 * halfway sees what whoever watched from the start sees.
 */
export const Rollout = z
  .object({
    kind: z.enum(['update', 'rollback']),
    automatic: z
      .boolean()
      .nullable()
      .describe('A rollback by the swarm; null: cannot tell'),
    state: z.enum(['running', 'paused', 'ended']),
    startedAt: Instant.nullable(),
    lanes: z.object({
      toUpdate: z.number().int(),
      inFlight: z.number().int(),
      verifying: z.number().int(),
      updated: z.number().int(),
      total: z.number().int(),
    }),
    parallelism: z.number().int().describe('0: all at once'),
    wave: z
      .object({ n: z.number().int(), of: z.number().int() })
      .nullable()
      .describe('An estimate: the swarm has lanes, not waves'),
    order: z.enum(['stop-first', 'start-first']),
    delayNs: z.number(),
    monitorNs: z.number(),
    failures: z.object({
      seen: z.number().int().describe('Slots seen to fail under this rollout'),
      tolerated: z
        .number()
        .int()
        .nullable()
        .describe('Failures that are survived; null: failures do not stop this'),
      action: z.enum(['pause', 'continue', 'rollback']),
    }),
    verifyingUntil: Instant.nullable().describe(
      'When the last slot in its monitor is through',
    ),
    finish: z
      .object({ earliest: Instant, latest: Instant.nullable() })
      .nullable()
      .describe('Estimated; null while nothing can be said'),
    versions: z
      .array(
        z.object({
          image: z.string(),
          running: z.number().int(),
          current: z.boolean().describe('Of the spec that is being rolled out'),
        }),
      )
      .describe('What runs at this moment, the most common first'),
    stuck: z.array(StuckSlot).describe('The longest stuck first, twenty at most'),
    stuckMore: z
      .number()
      .int()
      .optional()
      .describe('How many more are stuck, where the list is cut'),
  })
  .meta({ id: 'Rollout' })
export type Rollout = z.infer<typeof Rollout>
