import { z } from 'zod'
import { Instant } from './instant.ts'

/** The scheduler's filters, in its order: the first that refuses a node counts it. */
export const filterIds = [
  'ready',
  'resources',
  'plugins',
  'constraints',
  'platform',
  'host-port',
  'max-replicas',
  'volumes',
] as const
export const FilterId = z.enum(filterIds)
export type FilterId = z.infer<typeof FilterId>

/** What one filter says of one node. */
export const FilterVerdict = z.object({
  filter: FilterId,
  verdict: z
    .enum(['passes', 'refuses', 'not-asked', 'cannot-tell'])
    .describe('Not asked: the spec asks nothing of this filter'),
  sentence: z
    .string()
    .nullable()
    .describe("With numbers: 'needs 2 GiB reserved, 1.2 GiB free'; null where it passes"),
})
export type FilterVerdict = z.infer<typeof FilterVerdict>

/** One label that constraints ask for, and what they find on a node. */
export const LabelUse = z.object({
  of: z.enum(['node', 'engine']),
  label: z.string(),
  constraint: z.string().describe('As it is written'),
  met: z.boolean().describe('Whether this node satisfies it'),
  services: z.array(z.string()),
})
export type LabelUse = z.infer<typeof LabelUse>

/** The constraints on labels of all services, held against one node. */
export const LabelUses = z
  .object({ node: z.string(), asOf: Instant, uses: z.array(LabelUse) })
  .meta({ id: 'LabelUses' })
export type LabelUses = z.infer<typeof LabelUses>

/** Where the next task of a service could run, and what refuses every other node. */
export const Placement = z
  .object({
    service: z.string(),
    asOf: Instant,
    mode: z.enum(['anywhere', 'per-node']).describe('Per node: global services and jobs'),
    nodes: z.array(
      z.object({
        node: z.string(),
        fits: z.boolean().nullable().describe('Null: cannot be told from here'),
        first: FilterId.nullable().describe('The first filter that refuses it'),
        verdicts: z.array(FilterVerdict).describe('All of them, in order'),
        running: z.number().int().describe('Live tasks of this service there'),
      }),
    ),
    sentence: z.string().describe("Such as 'Fits on 2 of 5 nodes.'"),
    explanation: z
      .string()
      .nullable()
      .describe("In the engine's words, as we compute it; null where a node passes"),
    pending: z
      .array(
        z.object({
          task: z.string(),
          slot: z.string(),
          since: Instant,
          engine: z.string().nullable().describe("The engine's own text, unedited"),
          agrees: z.boolean().nullable().describe('Whether ours says the same'),
        }),
      )
      .describe('Tasks that wait for a node now'),
  })
  .meta({ id: 'Placement' })
export type Placement = z.infer<typeof Placement>
