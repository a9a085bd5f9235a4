type Keyed = ReadonlyMap<string, unknown>
type Origin = { readonly before: Keyed; readonly keys: ReadonlySet<string> }

const origins = new WeakMap<Keyed, Origin>()

/**
 * Notes how a map was made of another: under which keys it holds something else, or nothing
 * any more, or something for the first time. Whoever asks for that then need not go through
 * a thousand of them to find one.
 */
export function noteChanged(before: Keyed, after: Keyed, keys: ReadonlySet<string>): void {
  // Of one step only, or each map would keep all that were before it.
  origins.delete(before)
  origins.set(after, { before, keys })
}

const none: ReadonlySet<string> = new Set()

/** The keys under which two maps do not hold the very same, by identity. */
export function changedKeys(before: Keyed, after: Keyed): ReadonlySet<string> {
  if (before === after) return none
  const origin = origins.get(after)
  if (origin?.before === before) return origin.keys
  const keys = new Set<string>()
  // Not `for … of`, which makes a pair of each.
  after.forEach((value, key) => {
    if (value !== before.get(key)) keys.add(key)
  })
  before.forEach((_, key) => {
    if (!after.has(key)) keys.add(key)
  })
  return keys
}
