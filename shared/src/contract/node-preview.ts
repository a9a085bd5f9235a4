import { z } from 'zod'
import { Instant } from './instant.ts'
import { NodeCommandKind } from './node-commands.ts'
import { Check } from './preview.ts'
import { StateClass } from './stateful.ts'

/**
 * What becomes of a task that leaves its node. `moves`: a replacement runs elsewhere, or
 * on this very node where that is the candidate named.
 * `may-wait`: others compete for the last room or a cluster volume, or one is not known, or
 * it is made from a spec that has not run yet.
 * `waits`: no other node takes it. `stops`: one of a global service, which has no elsewhere.
 * `not-replaced`: its restart policy forbids it. `stays`: a job's task, which a drain does
 * not stop. `fails`: placed elsewhere, it would not run there.
 */
export const TaskOutcome = z.enum([
  'moves',
  'may-wait',
  'waits',
  'stops',
  'not-replaced',
  'stays',
  'fails',
])
export type TaskOutcome = z.infer<typeof TaskOutcome>

/** What its replacement finds of its data. `other-data`: perhaps an old copy of that name. */
export const DataOutcome = z.enum([
  'none',
  'keeps',
  'starts-empty',
  'other-data',
  'unknown',
])
export type DataOutcome = z.infer<typeof DataOutcome>

export const AffectedTask = z.object({
  task: z.string().describe('Id'),
  slot: z.string(),
  service: z.string(),
  state: z.string().describe('Observed, or `restart delay` where it waits for its start'),
  outcome: TaskOutcome,
  candidates: z.array(z.string()).describe('Nodes that it could go to; the swarm decides'),
  blockedBy: z.string().nullable().describe('What refuses the other nodes, in words'),
  returns: z
    .boolean()
    .nullable()
    .describe('Whether activating the node brings it back; null where it does not apply'),
  data: DataOutcome,
  dataWhy: z.string().nullable(),
  why: z.string().describe('The reason for the outcome, in a sentence'),
})
export type AffectedTask = z.infer<typeof AffectedTask>

/** How low a service goes while its tasks change places. */
export const ServiceDip = z.object({
  service: z.string(),
  class: StateClass,
  running: z.number().int(),
  desired: z.number().int(),
  lowest: z.number().int().describe('The fewest that are expected to run at one time'),
  settles: z.number().int().describe('How many run when all has settled, at the least'),
  sentence: z.string(),
  backup: Instant.nullable(),
  drill: Instant.nullable(),
})
export type ServiceDip = z.infer<typeof ServiceDip>

/** What a node has reserved, now and at the most afterwards. */
export const NodeRoom = z.object({
  node: z.string(),
  nanoCpus: z.object({ total: z.number(), now: z.number(), after: z.number() }),
  memoryBytes: z.object({ total: z.number(), now: z.number(), after: z.number() }),
})
export type NodeRoom = z.infer<typeof NodeRoom>

/** The raft before and after, with the arithmetic. */
export const QuorumOutlook = z.object({
  managers: z.number().int(),
  reachable: z.number().int(),
  needed: z.number().int().describe('For a quorum, afterwards'),
  managersThen: z.number().int(),
  reachableThen: z.number().int(),
  tolerates: z.number().int().describe('Losses afterwards'),
  sentence: z.string(),
})
export type QuorumOutlook = z.infer<typeof QuorumOutlook>

/** What a node command would do, judged on the freshest facts there are. */
export const NodePreview = z
  .object({
    kind: NodeCommandKind,
    node: z.string(),
    asOf: Instant,
    basis: z
      .string()
      .describe('Fingerprint of what this depends on; the commit names it, or is refused'),
    title: z.string().describe("Verb and object: 'Drain w1'"),
    sentence: z.string(),
    button: z.string().describe("'Drain w1 (moves 9, stops 3)'"),
    tasks: z.array(AffectedTask).describe('Every task that this touches'),
    services: z.array(ServiceDip).describe('Those that dip, the deepest first'),
    gains: z
      .array(
        z.object({
          service: z.string(),
          tasks: z.number().int(),
          sure: z
            .number()
            .int()
            .describe('Of these, those that run whatever else that waits takes'),
          data: DataOutcome.describe('What they find of the data that they had elsewhere'),
          sentence: z.string(),
        }),
      )
      .describe('What can run then and could not before'),
    losesOnlyNode: z
      .array(z.string())
      .describe('Services that no node would take any more'),
    capacity: z.array(NodeRoom).describe('Of the nodes that remain'),
    quorum: QuorumOutlook.nullable().describe('For a manager, and for a promotion'),
    afterwards: z.string().nullable(),
    checks: z.array(Check).describe('Blocks first, then warnings, then notes'),
    command: z.string().describe('The equivalent line for the docker CLI'),
    typed: z
      .string()
      .nullable()
      .describe('What must be typed: the name, when data may be lost or a service is down'),
  })
  .meta({ id: 'NodePreview' })
export type NodePreview = z.infer<typeof NodePreview>
