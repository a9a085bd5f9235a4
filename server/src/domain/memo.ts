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
  /** Forgets every key but these. */
  retain(keys: { has(key: string): boolean }): void
}

export function createMemo<V>(): Memo<V> {
  const held = new Map<string, Made<V> & { readonly inputs: readonly unknown[] }>()
  return {
    get: (key, inputs, now, make) => {
      const old = held.get(key)
      const holds =
        old !== undefined &&
        (old.until === null || now < old.until) &&
        inputs.every((input, i) => input === old.inputs[i])
      if (holds) return old
      const made = { ...make(old?.value), inputs }
      held.set(key, made)
      return made
    },
    retain: (keys) => {
      for (const key of held.keys()) if (!keys.has(key)) held.delete(key)
    },
  }
}
