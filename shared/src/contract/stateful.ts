import { z } from 'zod'
import { Instant } from './instant.ts'

export const StateClass = z.enum([
  'stateless',
  'soft',
  'durable-single',
  'durable-clustered',
  'replicas-on-local',
  'external',
  'unknown',
])
export type StateClass = z.infer<typeof StateClass>

export const StorageKind = z.enum([
  'container-layer',
  'local-volume',
  'remote-volume',
  'bind',
  'tmpfs',
  'anonymous',
  'plugin',
  'csi',
])
export type StorageKind = z.infer<typeof StorageKind>

/** One place where a service writes, or could. */
export const Storage = z.object({
  kind: StorageKind,
  source: z
    .string()
    .nullable()
    .describe('Name of the volume or path on the node, templates as written'),
  subpath: z.string().nullable().describe('The folder of the volume that is mounted'),
  target: z.string(),
  driver: z.string().nullable(),
  readOnly: z.boolean(),
  holdsData: z
    .boolean()
    .nullable()
    .describe('Null: cannot be told. False: a socket, a file of settings, /proc, ...'),
  why: z.string().describe('The reason for that judgement'),
  perTask: z.boolean().describe('Whether a template gives every task its own'),
})
export type Storage = z.infer<typeof Storage>

export const PlacementVerdict = z.enum([
  'pinned',
  'loose',
  'unpinned',
  'unschedulable',
  'misplaced',
])
export type PlacementVerdict = z.infer<typeof PlacementVerdict>

export const IfItMoves = z.enum(['keeps', 'starts-empty', 'refuses', 'cannot-tell'])
export type IfItMoves = z.infer<typeof IfItMoves>

/** How a service holds state, as short as every page shows it. */
export const StateBadge = z.object({
  class: StateClass,
  placement: PlacementVerdict.nullable().describe('Null where no data is bound to a node'),
  ifItMoves: IfItMoves,
})
export type StateBadge = z.infer<typeof StateBadge>

/** Where the tasks that had a node-local volume ran. */
export const Stay = z.object({
  volume: z.string(),
  node: z.string(),
  from: Instant,
  to: Instant.nullable().describe('Null: it is there now'),
})
export type Stay = z.infer<typeof Stay>

/** What a volume has on the node where its tasks came to: its data is on another one. */
export const FoundThere = z.enum(['probably-empty', 'older-copy'])
export type FoundThere = z.infer<typeof FoundThere>

/** A volume that is on one node now, and was last written on another. */
export const Moved = z.object({
  volume: z.string(),
  from: z.string().describe('Name of the node that has the data'),
  until: Instant.nullable().describe('Null: that node is lost, nobody saw it end'),
  to: z.string(),
  found: FoundThere,
})
export type Moved = z.infer<typeof Moved>

/** Everything that is known of how a service holds state, each judgement with its reason. */
export const Statefulness = z
  .object({
    service: z.string(),
    stack: z.string().nullable(),
    class: StateClass,
    classWhy: z.string(),
    overruled: z.boolean().describe('By the label skep.state'),
    product: z
      .object({ name: z.string(), kind: z.string() })
      .nullable()
      .describe('What its image is known to be'),
    storage: z.array(Storage),
    placement: PlacementVerdict.nullable(),
    placementWhy: z.string(),
    pinnedTo: z.string().nullable().describe('Name of the one node'),
    pinnedBy: z.string().nullable().describe('The constraint that does it'),
    ifItMoves: IfItMoves,
    ifItMovesWhy: z.string(),
    copies: z.number().int().describe('Most replicas that share one volume on one node'),
    residency: z.array(Stay).describe('Newest first'),
    moved: z.array(Moved).describe('Volumes that left their data behind, and are so still'),
    lastMoved: Instant.nullable(),
    backup: Instant.nullable().describe('From the label skep.backup'),
    drill: Instant.nullable().describe('From the label skep.restore-drill'),
  })
  .meta({ id: 'Statefulness' })
export type Statefulness = z.infer<typeof Statefulness>

/** Every service that holds data, or might. */
export const StatefulList = z
  .object({
    asOf: Instant,
    watchingSince: Instant.nullable().describe('From when on residency is known'),
    services: z.array(Statefulness),
  })
  .meta({ id: 'StatefulList' })
export type StatefulList = z.infer<typeof StatefulList>
