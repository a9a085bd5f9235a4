import type { Millis } from './state.ts'

/** What was made of some inputs, and until when it holds without any of them changing. */
type Made<V> = { readonly value: V; readonly until: Millis | null }

export type Memo<V> = {
  /** What was made for this key, unless an input changed by identity or its time is up. */
  get(
    key: string,
    inputs: readonly unknown[],
    now: Millis,
    make: (before: V | undefined) => Made<V>,
  ): Made<V>
  /** Forgets every key but these, which are never changed in place. */
  retain(keys: { has(key: string): boolean }): void
}

export function createMemo<V>(): Memo<V> {
  const held = new Map<string, Made<V> & { readonly inputs: readonly unknown[] }>()
  let retained: { has(key: string): boolean } | null = null
  return {
    get: (key, inputs, now, make) => {
      const old = held.get(key)
      const holds =
        old !== undefined &&
        (old.until === null || now < old.until) &&
        areSame(inputs, old.inputs)
      if (holds) return old
      const made = { ...make(old?.value), inputs }
      held.set(key, made)
      return made
    },
    retain: (keys) => {
      if (keys === retained) return
      retained = keys
      for (const key of held.keys()) if (!keys.has(key)) held.delete(key)
    },
  }
}

/** A loop of its own: it is asked for every entity at every change of one. */
function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  for (let i = 0; i < one.length; i += 1) if (one[i] !== other[i]) return false
  return true
}
