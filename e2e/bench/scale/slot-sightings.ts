import { taskStates } from '@skep/shared/contract/task-state'
import type { Sighting } from '../sightings.ts'
import { type Spread, spreadOf } from '../spread.ts'
import type { SlotChange } from './swarm-words.ts'

export type SlotLateness = { late: Spread; unseen: number }

/** A slot that is scaled away goes from the page, and with it whatever its task came to. */
const order: readonly string[] = [...taskStates, 'gone']

/** Room for the states of a task before those of the next in its slot. */
const room = 100

/**
 * How far a grid of slots lagged behind the swarm. Pure. A slot shows its newest task, so a
 * state that a task reached when another had followed is nobody's to see; any later state of
 * the task, its absence, or a state of its successor's, tells of the change as well. Tasks begin
 * as new: one that is first heard of in another state was there before, and is older than all
 * that came.
 * @param until changes after this instant are not judged: they had no time to be seen
 */
export function slotLateness(
  changes: readonly SlotChange[],
  sightings: readonly Sighting[],
  until: number,
): SlotLateness {
  /** Of each slot, how many tasks have come. */
  const slots = new Map<string, number>()
  const places = new Map<string, Place>()
  const wanted: { slot: string; age: number; at: number }[] = []
  for (const { at, slot, task, state } of changes) {
    const came = slots.get(slot) ?? 0
    const place = places.get(task) ?? { slot, number: state === 'new' ? came + 1 : 0 }
    places.set(task, place)
    slots.set(slot, Math.max(came, place.number))
    if (place.number >= came && at < until)
      wanted.push({ slot, age: ageOf(place, state), at })
  }
  const seen = new Map<string, { at: number; age: number }[]>()
  for (const { at, task, state } of sightings) {
    const place = places.get(task)
    if (!place) continue
    const inSlot = seen.get(place.slot) ?? []
    seen.set(place.slot, inSlot)
    inSlot.push({ at, age: ageOf(place, state) })
  }
  const late = wanted.flatMap(({ slot, age, at }) => {
    const first = seen.get(slot)?.find((sighting) => sighting.age >= age)
    // What is shown is dated in whole milliseconds.
    return first ? [Math.max(0, first.at - at)] : []
  })
  return { late: spreadOf(late), unseen: wanted.length - late.length }
}

/** Of a task: its slot, and its number among those that came; 0 where it was there before. */
type Place = { slot: string; number: number }

const ageOf = ({ number }: Place, state: string): number =>
  number * room + order.indexOf(state)
