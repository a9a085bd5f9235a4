import { z } from 'zod'
import { Instant } from './instant.ts'

/** Availability and state in one word, as operators say it. */
export const NodeStatus = z.enum([
  'ready',
  'paused',
  'draining',
  'drained',
  'down',
  'disconnected',
  'unknown',
])
export type NodeStatus = z.infer<typeof NodeStatus>

export const Node = z
  .object({
    id: z.string(),
    name: z.string().describe('Host name, with a piece of the id where two nodes share it'),
    role: z.enum(['manager', 'worker']),
    availability: z.enum(['active', 'pause', 'drain']),
    state: z.enum(['ready', 'down', 'unknown', 'disconnected']),
    status: NodeStatus,
    sentence: z.string().describe("Such as 'Ready and active. 14 tasks.'"),
    message: z.string().describe("The swarm's own words about the state; often empty"),
    address: z.string().nullable(),
    manager: z
      .object({
        leader: z.boolean(),
        reachability: z.enum(['reachable', 'unreachable', 'unknown']),
      })
      .nullable(),
    engineVersion: z.string(),
    os: z.string(),
    architecture: z.string(),
    nanoCpus: z.number(),
    memoryBytes: z.number(),
    reserved: z
      .object({ nanoCpus: z.number(), memoryBytes: z.number() })
      .describe('What the scheduler counts as taken; actual use is another matter'),
    tasks: z.object({
      running: z.number().int().describe('Observed running while the node is in contact'),
      live: z.number().int().describe('Everything that still holds its share of the node'),
    }),
    labels: z.record(z.string(), z.string()),
    engineLabels: z.record(z.string(), z.string()),
    joinedAt: Instant,
    updatedAt: Instant.describe('Last change of the node object in the swarm'),
  })
  .meta({ id: 'Node' })
export type Node = z.infer<typeof Node>
