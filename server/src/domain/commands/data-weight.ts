import type { Service } from '../state.ts'
import type { Place } from '../statefulness/places.ts'
import { stateClass } from '../statefulness/state-class.ts'

/**
 * How much it matters that what is in a place is not found again: `grave` is data, `some` is
 * what may be data or is only read, `little` is what the service can do without.
 */
export type Weight = 'grave' | 'some' | 'little'

export function weightOf(service: Service, place: Place): Weight {
  const { holdsData, isCache, readOnly, kind } = place
  if (isCache || stateClass(service).class === 'soft') return 'little'
  if (readOnly) return 'some'
  if (holdsData === true) return 'grave'
  // What is put in memory was never meant to last.
  return kind === 'tmpfs' ? 'little' : 'some'
}

const order: Readonly<Record<Weight, number>> = { grave: 0, some: 1, little: 2 }

/** Gravest first. */
export const byWeight = (a: { weight: Weight }, b: { weight: Weight }): number =>
  order[a.weight] - order[b.weight]

/** Whether what is in it goes with its task, or may: no other task is given it. */
export const goesWithTask = ({ fate, kind }: Place): boolean =>
  fate === 'empty' ||
  (fate === 'unknown' && (kind === 'anonymous' || kind === 'container-layer'))
