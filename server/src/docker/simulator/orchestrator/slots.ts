import type { Task } from '../store/objects.ts'
import { slotKey } from '../store/store.ts'

/** The tasks that occupy one replica number, or one node. */
export type Slot = readonly Task[]

export function slotsOf(tasks: readonly Task[]): Map<string, Task[]> {
  const slots = new Map<string, Task[]>()
  for (const task of tasks) {
    const key = slotKey(task)
    const slot = slots.get(key)
    if (slot) slot.push(task)
    else slots.set(key, [task])
  }
  return slots
}

/**
 * Which slots to give up when `count` are to stay: first those that share their node with
 * the most others, and of these those that do not run.
 * @see moby/swarmkit manager/orchestrator/replicated/services.go reconcile, slot.go
 */
export function keepBalanced(slots: readonly Slot[], count: number): [Slot[], Slot[]] {
  const isRunning = (slot: Slot) => slot.some(({ Status }) => Status.State === 'running')
  const number = (slot: Slot) => slot[0]?.Slot ?? 0
  const ranked = [...slots].sort(
    (a, b) => Number(isRunning(b)) - Number(isRunning(a)) || number(a) - number(b),
  )
  const copies = new Map<string, number>()
  const indexed = ranked.map((slot) => {
    const node = slot.length === 1 ? slot[0]?.NodeID : undefined
    if (!node) return { slot, index: Number.POSITIVE_INFINITY }
    const index = (copies.get(node) ?? 0) + 1
    copies.set(node, index)
    return { slot, index }
  })
  indexed.sort((a, b) => (a.index === b.index ? 0 : a.index - b.index))
  const sorted = indexed.map(({ slot }) => slot)
  return [sorted.slice(0, count), sorted.slice(count)]
}
