import { z } from 'zod'
import { Attention, Transition } from './attention.ts'
import { Freshness } from './freshness.ts'
import { Network } from './network.ts'
import { Node } from './node.ts'
import { Operation } from './operation.ts'
import { Overview } from './overview.ts'
import { Service } from './service.ts'
import { Stack } from './stack.ts'
import { Swarm } from './swarm.ts'

/** Everything a browser knows of the swarm, keyed by name. No secret ever enters it. */
export const Cluster = z
  .object({
    epoch: z.string().describe('Boot id of the server: sequence numbers count within it'),
    seq: z.number().int().describe('Number of patches since the boot'),
    version: z.string().describe('Version of the server; a newer one asks tabs to reload'),
    freshness: Freshness,
    swarm: Swarm,
    overview: Overview,
    attention: z
      .array(Attention)
      .describe('Most urgent first: ordered by compareAttention'),
    recent: z.array(Transition).describe('What was last observed to happen, newest first'),
    readOnly: z.boolean().describe('Whether this console refuses every command'),
    operations: z
      .record(z.string(), Operation)
      .describe('By id: what is being tracked, and what ended lately'),
    services: z.record(z.string(), Service),
    nodes: z.record(z.string(), Node),
    networks: z.record(z.string(), Network),
    stacks: z.record(z.string(), Stack),
  })
  .meta({ id: 'Cluster' })
export type Cluster = z.infer<typeof Cluster>

/** How many transitions a snapshot carries. */
export const recentLimit = 50
