/**
 * The new value, in which every part that equals its old counterpart is the old part, by
 * identity; the old value itself where nothing differs. Views compare references, so what
 * did not change is neither sent nor rendered again. For plain data: objects and arrays of
 * them, without cycles.
 */
export function keepIdentity<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after
  // Each branch returns `before` only where it equals `after` in every part, so it is a T.
  if (Array.isArray(before) && Array.isArray(after)) return keepArray(before, after) as T
  if (isRecord(before) && isRecord(after)) return keepRecord(before, after) as T
  return after
}

function keepArray(before: unknown[], after: unknown[]): unknown[] {
  const kept = after.map((part, i) => keepIdentity(before[i], part))
  const same = kept.length === before.length && kept.every((part, i) => part === before[i])
  return same ? before : kept
}

type PlainRecord = Record<string, unknown>

function keepRecord(before: PlainRecord, after: PlainRecord): PlainRecord {
  const keys = Object.keys(after)
  let same = keys.length === Object.keys(before).length
  const parts = keys.map((key) => {
    const isHeld = Object.hasOwn(before, key)
    const part = keepIdentity(isHeld ? before[key] : undefined, after[key])
    same &&= isHeld && part === before[key]
    return part
  })
  // Mostly it is the same, and then nothing more is made.
  if (same) return before
  // Names of services and nodes are keys here: fromEntries, unlike `=`, takes '__proto__'.
  return Object.fromEntries(keys.map((key, i) => [key, parts[i]]))
}

const isRecord = (value: unknown): value is PlainRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same for a list of parts that are known by a key, wherever in the list they stand. */
export function keepByKey<T>(before: T[], after: T[], keyOf: (part: T) => string): T[] {
  const held = new Map(before.map((part) => [keyOf(part), part]))
  const kept = after.map((part) => keepIdentity(held.get(keyOf(part)), part))
  const same = kept.length === before.length && kept.every((part, i) => part === before[i])
  return same ? before : kept
}
