import type { Tone } from '@skep/shared/contract/attention'
import type { Slot, SlotStatus } from '@skep/shared/contract/service'
import type { Task } from '@skep/shared/contract/task'
import { slotWords, taskWords } from '@skep/shared/vocabulary'
import type { Face } from '../../ui/Cell.tsx'
import { clockTime } from '../../ui/time.ts'

/** States in the order of a task's life, as legends list them. */
export const slotStatuses = [
  'running',
  'starting',
  'pending',
  'stopping',
  'failed',
  'complete',
  'unknown',
  'empty',
] as const satisfies readonly SlotStatus[]

/** Whether the task that speaks for a slot is on an earlier spec, as far as can be told. */
export const isEarlier = ({ tasks: [task] }: Slot): boolean => task?.upToDate === false

/** What a slot's cell shows. */
export const slotFace = (slot: Slot): Face => ({
  ...slotWords[slot.status],
  hollow: isEarlier(slot),
})

/** The second task of a slot that is held by two, as when the new one starts first. */
export function otherFace({ tasks: [, task] }: Slot): Face | null {
  if (!task) return null
  return { shape: 'square', tone: taskTone(task), hollow: task.upToDate === false }
}

function taskTone({ nodeLost, state }: Task): Tone {
  return nodeLost ? 'neutral' : taskWords[state].tone
}

/** "Slot 7", or "Node n3" for a service that has one task on each node. */
export const slotName = ({ number, key }: Slot): string =>
  number === null ? `Node ${key}` : `Slot ${number}`

/** Where a task stands on the specs, or null where the engine cannot tell. */
export function specOf({ upToDate }: Task): string | null {
  if (upToDate === null) return null
  return upToDate ? 'current spec' : 'earlier spec'
}

/** A slot in one sentence, for those who cannot see its cell. */
export function slotSentence(slot: Slot): string {
  const [task, other] = slot.tasks
  const name = `${slotName(slot)}: ${slotWords[slot.status].label.toLowerCase()}`
  if (!task) return name
  return [
    `${name} since ${clockTime(Date.parse(task.since))}`,
    task.node && slot.number !== null ? `on ${task.node}` : null,
    specOf(task),
    task.error,
    other ? `also ${taskWords[other.state].label.toLowerCase()}: a second task` : null,
  ]
    .filter((part) => part !== null)
    .join(', ')
}

/** All slots in one sentence: "10 slots: 8 running, 2 starting, 5 on an earlier spec". */
export function gridSentence(slots: readonly Slot[]): string {
  const counts = countStatuses(slots)
  const parts = slotStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${slotWords[status].label.toLowerCase()}`)
  const earlier = slots.filter(isEarlier).length
  if (earlier > 0) parts.push(`${earlier} on an earlier spec`)
  const total = `${slots.length} ${slots.length === 1 ? 'slot' : 'slots'}`
  return parts.length > 0 ? `${total}: ${parts.join(', ')}` : total
}

export function countStatuses(slots: readonly Slot[]): Record<SlotStatus, number> {
  const counts = {
    running: 0,
    starting: 0,
    pending: 0,
    stopping: 0,
    failed: 0,
    complete: 0,
    unknown: 0,
    empty: 0,
  }
  for (const { status } of slots) counts[status] += 1
  return counts
}
