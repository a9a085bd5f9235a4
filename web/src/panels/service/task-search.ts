import type { Service } from '@skep/shared/contract/service'
import { slotWords } from '@skep/shared/vocabulary'
import {
  type Course,
  courseOf,
  phaseOf,
  phaseWords,
  slotPhases,
} from '../slots/phase-words.ts'
import { slotStatuses } from '../slots/slot-words.ts'
import type { TaskGroup } from './task-groups.ts'

/** What the address of a tasks tab asks for. */
export type TaskSearch = { slot?: string; state?: string; phase?: string }

/** What the address asks for, in words; null for all. */
export function onlyWords(
  { slot, state, phase }: TaskSearch,
  course: Course | null,
): string | null {
  if (slot !== undefined) return `slot ${slot}`
  const isState = slotStatuses.find((status) => status === state)
  const isPhase = slotPhases.find((one) => one === phase)
  const parts = [
    isState && slotWords[isState].label.toLowerCase(),
    isPhase && phaseWords[course ?? 'update'][isPhase],
  ].filter((part) => part !== undefined)
  return parts.length > 0 ? `slots that are ${parts.join(' and ')}` : null
}

/** Whether a group of tasks is of a slot that the address asks for. */
export function asked({ slot, state, phase }: TaskSearch, service: Service) {
  if (slot !== undefined) return ({ key }: TaskGroup) => key === slot
  const course = courseOf(service)
  const keys = new Set(
    service.slots
      .filter((one) => state === undefined || one.status === state)
      .filter((one) => phase === undefined || phaseOf(one, course) === phase)
      .map(({ key }) => key),
  )
  return ({ key, asked }: TaskGroup) => asked && keys.has(key)
}
