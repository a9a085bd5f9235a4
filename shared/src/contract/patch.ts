import { z } from 'zod'
import { Attention, Transition } from './attention.ts'
import { type Cluster, recentLimit } from './cluster.ts'
import { Freshness } from './freshness.ts'
import { Network } from './network.ts'
import { Node } from './node.ts'
import { Operation } from './operation.ts'
import { Overview } from './overview.ts'
import { compareSlots, type Service, ServiceHead, Slot } from './service.ts'
import { Stack } from './stack.ts'
import { Swarm } from './swarm.ts'

const named = <T extends z.ZodType>(entity: T) =>
  z.record(z.string(), entity.nullable()).optional()

/**
 * What changed since the patch before it: whole entities under their names, null for what
 * is gone. A service comes in two parts, since one task changes one slot and a service can
 * have hundreds: its head, and the slots that changed.
 */
export const Patch = z
  .object({
    epoch: z.string(),
    seq: z.number().int().describe('One more than that of the patch before'),
    freshness: Freshness,
    swarm: Swarm.optional(),
    overview: Overview.optional(),
    attention: z.array(Attention).optional().describe('The whole list, when it changed'),
    recent: z.array(Transition).optional().describe('New ones only, newest first'),
    services: named(ServiceHead),
    slots: z.record(z.string(), z.record(z.string(), Slot.nullable())).optional(),
    nodes: named(Node),
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
    freshness: patch.freshness,
    swarm: patch.swarm ?? cluster.swarm,
    overview: patch.overview ?? cluster.overview,
    attention: patch.attention ?? cluster.attention,
    recent: patch.recent
      ? [...patch.recent, ...cluster.recent].slice(0, recentLimit)
      : cluster.recent,
    services: patchServices(cluster.services, patch),
    nodes: patchNamed(cluster.nodes, patch.nodes),
    networks: patchNamed(cluster.networks, patch.networks),
    stacks: patchNamed(cluster.stacks, patch.stacks),
    operations: patchNamed(cluster.operations, patch.operations),
  }
}

type Named<T> = Record<string, T>

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

function patchServices(services: Named<Service>, patch: Patch): Named<Service> {
  if (!patch.services && !patch.slots) return services
  const next = new Map(Object.entries(services))
  for (const [name, head] of Object.entries(patch.services ?? {})) {
    if (head === null) next.delete(name)
    else next.set(name, { ...head, slots: next.get(name)?.slots ?? [] })
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

/**
 * The patch that turns one snapshot into the next, or null if nothing changed. Compares
 * identities, never contents: whoever makes snapshots keeps what did not change.
 */
export function patchBetween(before: Cluster, after: Cluster): Patch | null {
  const heads = new Map<string, ServiceHead | null>()
  const slots = new Map<string, Named<Slot | null>>()
  for (const [name, service] of changes(before.services, after.services)) {
    if (service === null) {
      heads.set(name, null)
      continue
    }
    const old = Object.hasOwn(before.services, name) ? before.services[name] : undefined
    const { slots: now, ...head } = service
    if (!old || headChanged(old, service)) heads.set(name, head)
    const changed = slotChanges(old?.slots ?? [], now)
    if (Object.keys(changed).length > 0) slots.set(name, changed)
  }
  const newest = before.recent[0]?.id ?? -1
  const patch = {
    ...(before.swarm !== after.swarm && { swarm: after.swarm }),
    ...(before.overview !== after.overview && { overview: after.overview }),
    ...(before.attention !== after.attention && { attention: after.attention }),
    ...nonEmpty(
      'recent',
      after.recent.filter(({ id }) => id > newest),
    ),
    ...nonEmpty('services', Object.fromEntries(heads)),
    ...nonEmpty('slots', Object.fromEntries(slots)),
    ...nonEmpty('nodes', Object.fromEntries(changes(before.nodes, after.nodes))),
    ...nonEmpty('networks', Object.fromEntries(changes(before.networks, after.networks))),
    ...nonEmpty('stacks', Object.fromEntries(changes(before.stacks, after.stacks))),
    ...nonEmpty(
      'operations',
      Object.fromEntries(changes(before.operations, after.operations)),
    ),
  }
  if (Object.keys(patch).length === 0) return null
  return { epoch: after.epoch, seq: before.seq + 1, freshness: after.freshness, ...patch }
}

function* changes<T>(before: Named<T>, after: Named<T>): Generator<[string, T | null]> {
  if (before === after) return
  for (const name of Object.keys(after)) {
    const entity = after[name]
    if (entity !== undefined && entity !== before[name]) yield [name, entity]
  }
  for (const name of Object.keys(before))
    if (!Object.hasOwn(after, name)) yield [name, null]
}

function headChanged(before: Service, after: Service): boolean {
  return Object.keys(ServiceHead.shape).some((key) => {
    const field = key as keyof ServiceHead // Object.keys forgets the key type
    return before[field] !== after[field]
  })
}

function slotChanges(before: Slot[], after: Slot[]): Named<Slot | null> {
  const old = new Map(before.map((slot) => [slot.key, slot]))
  const changed = new Map<string, Slot | null>()
  for (const slot of after) {
    if (old.get(slot.key) !== slot) changed.set(slot.key, slot)
    old.delete(slot.key)
  }
  for (const key of old.keys()) changed.set(key, null)
  return Object.fromEntries(changed)
}

function nonEmpty<K extends string, T extends object>(key: K, value: T) {
  return Object.keys(value).length > 0 ? { [key]: value } : {}
}
