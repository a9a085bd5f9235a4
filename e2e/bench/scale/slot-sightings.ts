import { taskStates } from '@skep/shared/contract/task-state'
import type { Sighting } from '../sightings.ts'
import { type Spread, spreadOf } from '../spread.ts'
import type { SlotChange } from './swarm-words.ts'

export type SlotLateness = { late: Spread; unseen: number }

const order: readonly string[] = taskStates

/** Room for the states of a task before those of the next in its slot. */
const room = 100

/**
 * How far a grid of slots lagged behind the swarm. Pure. A slot shows its newest task, so a
 * state that a task reached when another had followed is nobody's to see; any later state of
 * the task, or one of its successor's, tells of the change as well.
 * @param until changes after this instant are not judged: they had no time to be seen
 */
export function slotLateness(
  changes: readonly SlotChange[],
  sightings: readonly Sighting[],
  until: number,
): SlotLateness {
  const slots = new Map<string, string[]>()
  const places = new Map<string, Place>()
  const wanted: { slot: string; age: number; at: number }[] = []
  for (const { at, slot, task, state } of changes) {
    const tasks = slots.get(slot) ?? []
    slots.set(slot, tasks)
    const place = places.get(task) ?? { slot, number: tasks.push(task) }
    places.set(task, place)
    const isNewest = place.number === tasks.length
    if (isNewest && at < until) wanted.push({ slot, age: ageOf(place, state), at })
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

/** Of a task: its slot, and how many were there before it. */
type Place = { slot: string; number: number }

const ageOf = ({ number }: Place, state: string): number =>
  number * room + order.indexOf(state)
