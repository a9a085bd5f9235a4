import type { Attention } from './attention.ts'
import type { Cluster } from './cluster.ts'
import type { Freshness } from './freshness.ts'
import {
  byId,
  type Fields,
  type FreshnessChange,
  type Named,
  own,
  type Patch,
} from './patch.ts'
import type { ServiceHead, Slot } from './service.ts'

/**
 * The patch that turns one snapshot into the next, or null if nothing changed. Compares
 * identities, never contents: whoever makes snapshots keeps what did not change.
 */
export function patchBetween(before: Cluster, after: Cluster): Patch | null {
  const heads = new Map<string, Fields<ServiceHead> | null>()
  const slots = new Map<string, Named<Slot | null>>()
  for (const [name, service] of changes(before.services, after.services)) {
    if (service === null) {
      heads.set(name, null)
      continue
    }
    const old = own(before.services, name)
    const { slots: now, ...head } = service
    const fields = fieldsChanged(old, head)
    if (Object.keys(fields).length > 0) heads.set(name, fields)
    const changed = slotChanges(old?.slots ?? [], now)
    if (Object.keys(changed).length > 0) slots.set(name, changed)
  }
  const newest = before.recent[0]?.id ?? -1
  const patch = {
    ...(before.swarm !== after.swarm && { swarm: after.swarm }),
    ...nonEmpty('overview', fieldsChanged(before.overview, after.overview)),
    ...nonEmpty('attention', attentionChanges(before.attention, after.attention)),
    ...nonEmpty(
      'recent',
      after.recent.filter(({ id }) => id > newest),
    ),
    ...nonEmpty('services', Object.fromEntries(heads)),
    ...nonEmpty('slots', Object.fromEntries(slots)),
    ...nonEmpty('nodes', Object.fromEntries(fieldChanges(before.nodes, after.nodes))),
    ...nonEmpty('networks', Object.fromEntries(changes(before.networks, after.networks))),
    ...nonEmpty('stacks', Object.fromEntries(changes(before.stacks, after.stacks))),
    ...nonEmpty(
      'operations',
      Object.fromEntries(changes(before.operations, after.operations)),
    ),
  }
  if (Object.keys(patch).length === 0) return null
  const freshness = sourcesRead(before.freshness, after.freshness)
  return { epoch: after.epoch, seq: before.seq + 1, freshness, ...patch }
}

type Origin = { readonly before: object; readonly changed: readonly string[] }

const origins = new WeakMap<object, Origin>()

/**
 * Notes how a record was made of another: of which names the entity is another one, all the
 * rest being the very same under the same names in the same order. `changes` then need not
 * go through a thousand of them to find one.
 */
export function noteOrigin<T>(
  before: Named<T>,
  after: Named<T>,
  changed: readonly string[],
): void {
  // Of one step only, or each record would keep all that were before it.
  origins.delete(before)
  origins.set(after, { before, changed })
}

/**
 * The names whose entity is another one, or null where it is gone. Two records that list the
 * same names in the same order, as one snapshot and the next mostly do, are gone through side
 * by side: looking up a thousand names takes twenty times as long.
 */
export function* changes<T>(
  before: Named<T>,
  after: Named<T>,
): Generator<[string, T | null]> {
  if (before === after) return
  const origin = origins.get(after)
  if (origin?.before === before) {
    for (const name of origin.changed) {
      const entity = after[name]
      if (entity !== undefined) yield [name, entity]
    }
    return
  }
  const names = Object.keys(after)
  const held = Object.keys(before)
  const isAligned =
    names.length === held.length && names.every((name, place) => name === held[place])
  if (isAligned) {
    const old = Object.values(before)
    for (const [place, entity] of Object.values(after).entries()) {
      const name = names[place]
      if (entity !== old[place] && name !== undefined) yield [name, entity]
    }
    return
  }
  for (const name of names) {
    const entity = after[name]
    if (entity !== undefined && entity !== before[name]) yield [name, entity]
  }
  for (const name of held) if (!Object.hasOwn(after, name)) yield [name, null]
}

/** Those of `after` that are not the same, by identity. */
function fieldsChanged<T extends object>(before: T | undefined, after: T): Fields<T> {
  if (before === undefined) return after
  const held = new Map<string, unknown>(Object.entries(before))
  const changed = Object.entries(after).filter(([key, value]) => held.get(key) !== value)
  return Object.fromEntries(changed) as Fields<T> // the entries of a T
}

function* fieldChanges<T extends object>(
  before: Named<T>,
  after: Named<T>,
): Generator<[string, Fields<T> | null]> {
  for (const [name, entity] of changes(before, after)) {
    yield [name, entity && fieldsChanged(own(before, name), entity)]
  }
}

function attentionChanges(
  before: Attention[],
  after: Attention[],
): Named<Fields<Attention> | null> {
  if (before === after) return {}
  return Object.fromEntries(fieldChanges(byId(before), byId(after)))
}

function sourcesRead(before: Freshness, after: Freshness): FreshnessChange {
  const held = new Map<string, string | null>(Object.entries(before.readAt))
  const read = Object.entries(after.readAt).filter(([key, at]) => held.get(key) !== at)
  return { ...after, readAt: Object.fromEntries(read) }
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
