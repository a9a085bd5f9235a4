import { z } from 'zod'
import { Instant } from './instant.ts'
import { FoundThere } from './stateful.ts'

/** Where the data of a volume is: on each node its own, behind the network, or CSI's. */
export const VolumeScope = z.enum(['node-local', 'remote', 'cluster', 'unknown'])
export type VolumeScope = z.infer<typeof VolumeScope>

export const VolumeConsumer = z.object({
  service: z.string(),
  stack: z.string().nullable(),
  target: z.string(),
  readOnly: z.boolean(),
  rollbackOnly: z
    .boolean()
    .describe(
      'Whether its spec does not mount it, but the one a rollback would bring back',
    ),
  running: z.number().int().describe('Tasks of it that run now'),
})
export type VolumeConsumer = z.infer<typeof VolumeConsumer>

/** A node where the data of a volume was, and is still, unless somebody took it away. */
export const VolumePlace = z.object({
  node: z.string(),
  seenFrom: Instant.nullable(),
  seenTo: Instant.nullable().describe('Null: a task with it runs there now'),
  found: FoundThere.nullable().describe(
    'What it began with there, where its data is on another node',
  ),
  asked: z
    .boolean()
    .describe('Whether this node was asked itself; only the one that answers us is'),
  bytes: z.number().int().nullable().describe('Null: not asked'),
})
export type VolumePlace = z.infer<typeof VolumePlace>

/** Whether new tasks may have a cluster volume, and old ones keep it. */
export const VolumeAvailability = z.enum(['active', 'pause', 'drain', 'unknown'])
export type VolumeAvailability = z.infer<typeof VolumeAvailability>

/** How far a cluster volume has come to a node, or away from it. */
export const PublishState = z.enum([
  'pending-publish',
  'published',
  'pending-node-unpublish',
  'pending-controller-unpublish',
  'unknown',
])
export type PublishState = z.infer<typeof PublishState>

/** What the swarm itself keeps of a cluster volume. */
export const ClusterVolume = z.object({
  group: z.string().nullable().describe('Services may mount any of its group'),
  availability: VolumeAvailability,
  access: z.string().describe("In words: 'one node at a time, any number of tasks'"),
  reach: z
    .string()
    .nullable()
    .describe(
      "Where it can be reached from, as 'zone z1'; null: its driver names no limit",
    ),
  published: z.array(z.object({ node: z.string(), state: PublishState })),
  capacityBytes: z.number().int().nullable().describe('Null: not told by its driver'),
  secrets: z
    .array(z.string())
    .describe('Names of the secrets that its driver is given, or ids of what is gone'),
})
export type ClusterVolume = z.infer<typeof ClusterVolume>

/**
 * A volume that any service or task refers to, or did when it was last seen, or that the swarm
 * or the asked engine has.
 */
export const Volume = z
  .object({
    name: z.string().describe('As written, templates included'),
    driver: z.string().describe("'not known' where no spec and no asked engine tells"),
    options: z
      .array(z.string())
      .describe('Their names; one of the values may be a password'),
    mounted: z
      .string()
      .nullable()
      .describe("What a spec has its driver mount: 'cifs from files.example'; no options"),
    scope: VolumeScope,
    scopeWhy: z.string(),
    stack: z.string().nullable(),
    consumers: z.array(VolumeConsumer),
    places: z.array(VolumePlace),
    risks: z.array(z.object({ id: z.string(), sentence: z.string() })),
    inUse: z
      .boolean()
      .describe('Whether any service refers to it, if only as its rollback target'),
    cluster: ClusterVolume.nullable().describe(
      'Null: no cluster volume, or one of which the swarm tells nothing',
    ),
  })
  .meta({ id: 'Volume' })
export type Volume = z.infer<typeof Volume>

export const VolumeList = z
  .object({
    asOf: Instant,
    asked: z.array(z.string()).describe('Nodes whose own list is in here'),
    notAsked: z.array(z.string()).describe('Nodes whose copies and sizes are not known'),
    items: z.array(Volume),
  })
  .meta({ id: 'VolumeList' })
export type VolumeList = z.infer<typeof VolumeList>
