import type { Held, Standing } from './commands-tasks.ts'

/** A task that kept something, as it was last seen. */
export type Kept = Held & { node: string }

/** What the tasks of one service had before: of each slot, and of each place in a slot. */
export type Memory = {
  /** By slot: the last task that ran there; null where it mounted nothing. */
  last: ReadonlyMap<string, Kept | null>
  /** By slot and place. */
  at: ReadonlyMap<string, Kept>
}

export const noMemory: Memory = { last: new Map(), at: new Map() }

/** After these tasks of the service were seen, each marked. */
export function remembered(memory: Memory, standing: readonly Standing[]): Memory {
  const last = new Map(memory.last)
  const at = new Map(memory.at)
  for (const { slot, node, runs, held } of standing) {
    if (!runs || node === null) continue
    const kept = held && { ...held, node }
    last.set(slot, kept)
    if (kept) at.set(keyOf(slot, kept.place), kept)
  }
  return { last, at }
}

/** After tasks of these slots ended for good: what went with them is looked for no more. */
export function forgotten(memory: Memory, slots: readonly string[]): Memory {
  const gone = slots.filter((slot) => memory.last.get(slot)?.goes)
  const last = new Map([...memory.last].filter(([slot]) => !gone.includes(slot)))
  const at = new Map(
    [...memory.at].filter(
      ([key, { goes }]) => !goes || !slots.some((slot) => key.startsWith(`${slot} `)),
    ),
  )
  return { last, at }
}

/** What lay in that place when a task of the slot last had it; null: it never had it. */
export const keptAt = ({ at }: Memory, slot: string, place: string): Kept | null =>
  at.get(keyOf(slot, place)) ?? null

const keyOf = (slot: string, place: string): string => `${slot} ${place}`
