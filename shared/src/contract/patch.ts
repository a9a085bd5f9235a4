import { z } from 'zod'
import { Attention, compareAttention, Transition } from './attention.ts'
import { type Cluster, recentLimit } from './cluster.ts'
import { Freshness, Source } from './freshness.ts'
import { Instant } from './instant.ts'
import { Network } from './network.ts'
import { Node } from './node.ts'
import { Operation } from './operation.ts'
import { Overview } from './overview.ts'
import { compareSlots, type Service, ServiceHead, Slot } from './service.ts'
import { Stack } from './stack.ts'
import { Swarm } from './swarm.ts'

const named = <T extends z.ZodType>(entity: T) =>
  z.record(z.string(), entity.nullable()).optional()

/** Sources that were read since are named, and no others. */
const FreshnessChange = Freshness.extend({
  readAt: z.partialRecord(Source, Instant.nullable()),
}).meta({ id: 'FreshnessChange' })
export type FreshnessChange = z.infer<typeof FreshnessChange>

/**
 * What changed since the patch before it: entities under their names, null for what is gone.
 * Of services, nodes, the overview and what needs somebody only the fields that are others
 * than before come, and all of a new one: a task that changes is a count in one of each. A
 * service comes in two parts, since one task changes one slot and a service can have
 * hundreds: its head, and the slots that changed.
 */
export const Patch = z
  .object({
    epoch: z.string(),
    seq: z.number().int().describe('One more than that of the patch before'),
    freshness: FreshnessChange,
    swarm: Swarm.optional(),
    overview: Overview.partial().optional(),
    attention: named(Attention.partial()).describe('By id; in order by compareAttention'),
    recent: z.array(Transition).optional().describe('New ones only, newest first'),
    services: named(ServiceHead.partial()),
    slots: z.record(z.string(), z.record(z.string(), Slot.nullable())).optional(),
    nodes: named(Node.partial()),
    networks: named(Network),
    stacks: named(Stack),
    operations: named(Operation),
  })
  .meta({ id: 'Patch' })
export type Patch = z.infer<typeof Patch>

/** Whether a patch is the very next one for this snapshot; if not, ask for a snapshot. */
export function follows(cluster: Cluster, patch: Patch): boolean {
  return patch.epoch === cluster.epoch && patch.seq === cluster.seq + 1
}

/**
 * The snapshot after a patch that follows it. Pure; what did not change keeps its identity,
 * so that only the views of changed entities render again.
 */
export function applyPatch(cluster: Cluster, patch: Patch): Cluster {
  return {
    ...cluster,
    seq: patch.seq,
    freshness: patchFreshness(cluster.freshness, patch.freshness),
    swarm: patch.swarm ?? cluster.swarm,
    overview: patch.overview
      ? withFields(cluster.overview, patch.overview)
      : cluster.overview,
    attention: patchAttention(cluster.attention, patch.attention),
    recent: patch.recent
      ? [...patch.recent, ...cluster.recent].slice(0, recentLimit)
      : cluster.recent,
    services: patchServices(cluster.services, patch),
    nodes: patchFields(cluster.nodes, patch.nodes),
    networks: patchNamed(cluster.networks, patch.networks),
    stacks: patchNamed(cluster.stacks, patch.stacks),
    operations: patchNamed(cluster.operations, patch.operations),
  }
}

export type Named<T> = Record<string, T>

const patchFreshness = (before: Freshness, patch: FreshnessChange): Freshness => ({
  ...patch,
  readAt: { ...before.readAt, ...patch.readAt },
})

// Names come from labels and host names: a Map, unlike an object literal, takes '__proto__'.
function patchNamed<T>(entities: Named<T>, changes: Named<T | null> | undefined): Named<T> {
  if (!changes) return entities
  const next = new Map(Object.entries(entities))
  for (const [name, entity] of Object.entries(changes)) {
    if (entity === null) next.delete(name)
    else next.set(name, entity)
  }
  return Object.fromEntries(next)
}

/**
 * All that is known of an entity after some of it changed. A patch never carries a field
 * without a value, and all fields of what was not there before.
 */
const withFields = <T>(before: T | undefined, changed: Fields<T>): T =>
  ({ ...before, ...changed }) as T

/** As the schema has it; over the wire none is undefined. */
export type Fields<T> = { [K in keyof T]?: T[K] | undefined }

function patchFields<T>(
  entities: Named<T>,
  changes: Named<Fields<T> | null> | undefined,
): Named<T> {
  const whole = Object.entries(changes ?? {}).map(([name, fields]): [string, T | null] => [
    name,
    fields && withFields(own(entities, name), fields),
  ])
  return patchNamed(entities, changes && Object.fromEntries(whole))
}

function patchAttention(rows: Attention[], changes: Patch['attention']): Attention[] {
  if (!changes) return rows
  return Object.values(patchFields(byId(rows), changes)).sort(compareAttention)
}

export const byId = (rows: Attention[]): Named<Attention> =>
  Object.fromEntries(rows.map((row) => [row.id, row]))

export const own = <T>(entities: Named<T>, name: string): T | undefined =>
  Object.hasOwn(entities, name) ? entities[name] : undefined

function patchServices(services: Named<Service>, patch: Patch): Named<Service> {
  if (!patch.services && !patch.slots) return services
  const next = new Map(Object.entries(services))
  for (const [name, head] of Object.entries(patch.services ?? {})) {
    if (head === null) next.delete(name)
    else {
      const old = next.get(name)
      next.set(name, { ...withFields<ServiceHead>(old, head), slots: old?.slots ?? [] })
    }
  }
  for (const [name, changes] of Object.entries(patch.slots ?? {})) {
    const service = next.get(name)
    if (service) next.set(name, { ...service, slots: patchSlots(service.slots, changes) })
  }
  return Object.fromEntries(next)
}

function patchSlots(slots: Slot[], changes: Named<Slot | null>): Slot[] {
  const kept = slots.filter((slot) => !Object.hasOwn(changes, slot.key))
  const changed = Object.values(changes).filter((slot) => slot !== null)
  return [...kept, ...changed].sort(compareSlots)
}
