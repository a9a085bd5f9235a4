import type { Tone } from '@skep/shared/contract/attention'
import type { Slot } from '@skep/shared/contract/service'
import type { Task } from '@skep/shared/contract/task'
import { slotWords, taskWords } from '@skep/shared/vocabulary'
import type { Face } from '../../ui/Cell.tsx'

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
