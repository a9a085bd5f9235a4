import type { SlotPhase } from '@skep/shared/contract/rollout'
import type { Slot, SlotStatus } from '@skep/shared/contract/service'
import { type Course, phaseOf } from './phase-words.ts'
import { isEarlier } from './slot-faces.ts'

/** Which slots stand out: those of one status, of one phase, or on an earlier spec. */
export type SlotFilter = SlotStatus | SlotPhase | 'earlier' | null

export const isWanted = (slot: Slot, filter: SlotFilter, course: Course | null): boolean =>
  filter === null ||
  slot.status === filter ||
  phaseOf(slot, course) === filter ||
  (filter === 'earlier' && isEarlier(slot))
