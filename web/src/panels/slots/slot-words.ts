import type { Slot, SlotStatus } from '@skep/shared/contract/service'
import type { Task } from '@skep/shared/contract/task'
import { slotWords, taskWords } from '@skep/shared/vocabulary'
import { clockTime } from '../../ui/time.ts'
import { counted } from '../../ui/words.ts'
import { type Course, phaseOf, phaseWords } from './phase-words.ts'
import { isEarlier } from './slot-faces.ts'

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

/** "Slot 7", or "Node n3" for a service that has one task on each node. */
export const slotName = ({ number, key }: Pick<Slot, 'number' | 'key'>): string =>
  number === null ? `Node ${key}` : `Slot ${number}`

/** Where a task stands on the specs, or null where the engine cannot tell. */
export function specOf({ upToDate }: Task): string | null {
  if (upToDate === null) return null
  return upToDate ? 'current spec' : 'earlier spec'
}

/** Where a slot is on its way, in a word; null at rest. */
export function phaseWord(slot: Slot, course: Course | null): string | null {
  const phase = phaseOf(slot, course)
  return course && phase && phaseWords[course][phase]
}

/** "3 failed tasks remembered": the swarm forgets the oldest, so there may have been more. */
export const restartWords = ({ restarts }: Slot): string | null =>
  restarts > 0 ? `${counted(restarts, 'failed task')} remembered` : null

/** A slot in one sentence, for those who cannot see its cell. */
export function slotSentence(slot: Slot, course: Course | null = null): string {
  const [task, other] = slot.tasks
  const status = slotWords[slot.status].label.toLowerCase()
  const phase = phaseWord(slot, course)
  return [
    `${slotName(slot)}: ${status}${task ? ` since ${clockTime(Date.parse(task.since))}` : ''}`,
    phase === status ? null : phase,
    task?.node && slot.number !== null ? `on ${task.node}` : null,
    task ? specOf(task) : null,
    task?.error ?? null,
    other ? `also ${taskWords[other.state].label.toLowerCase()}: a second task` : null,
    restartWords(slot),
  ]
    .filter((part) => part !== null)
    .join(', ')
}

/**
 * All slots in one sentence: "10 slots: 8 running, 2 starting", and on a course "10 slots:
 * 4 updated, 2 in flight, 1 verifying, 3 to update, 5 on an earlier spec".
 */
export function gridSentence(slots: readonly Slot[], course: Course | null = null): string {
  const parts = course ? phaseParts(slots, course) : statusParts(slots)
  const earlier = slots.filter(isEarlier).length
  if (earlier > 0) parts.push(`${earlier} on an earlier spec`)
  const total = counted(slots.length, 'slot')
  return parts.length > 0 ? `${total}: ${parts.join(', ')}` : total
}

function statusParts(slots: readonly Slot[]): string[] {
  const counts = countStatuses(slots)
  return slotStatuses
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${slotWords[status].label.toLowerCase()}`)
}

/** What is done comes first; what has failed is said whatever its phase. */
const spokenPhases = ['updated', 'in-flight', 'verifying', 'to-update'] as const

function phaseParts(slots: readonly Slot[], course: Course): string[] {
  const byPhase = Map.groupBy(slots, (slot) => phaseOf(slot, course))
  const without = byPhase.get(null) ?? []
  const failed = slots.filter((slot) => slot.status === 'failed' && !without.includes(slot))
  const parts = spokenPhases.flatMap((phase) => {
    const those = byPhase.get(phase)
    return those ? [`${those.length} ${phaseWords[course][phase]}`] : []
  })
  if (failed.length > 0) parts.push(`${failed.length} failed`)
  return [...parts, ...statusParts(without)]
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
