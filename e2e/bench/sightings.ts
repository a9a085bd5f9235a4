import { type TaskState, taskStates } from '@skep/shared/contract/task-state'
import type { TaskChange } from './reference.ts'
import { type Spread, spreadOf } from './spread.ts'

/** The state of a task, as somebody could read it. */
export type Sighting = {
  /** By this machine's clock, in milliseconds since 1970. */
  at: number
  task: string
  /** `gone` where a page that had shown the task no longer does. */
  state: string
}

/** How far what can be read lagged behind the engine. */
export type Lateness = {
  /** Milliseconds from each change to the first state of that task that is at least as new. */
  late: Spread
  /** The same, by the state that was reached. */
  byState: Readonly<Record<string, Spread>>
  /** Of these changes, those whose own state was shown. */
  shown: number
  /** Those that a newer state came together with: they were over before they were drawn. */
  overtaken: number
  /** Changes of which no state at least as new ever appeared: they are not in `late`. */
  unseen: number
  /** The unseen by the state that was reached. */
  unseenStates: Readonly<Record<string, number>>
}

const order: readonly string[] = taskStates
const rank = (state: string): number => order.indexOf(state)

/**
 * Matches what the engine did with what could be read of it. Pure. Tasks only move forward,
 * so a sighting that is newer than a change tells of the change as well.
 */
export function lateness(
  changes: readonly TaskChange[],
  sightings: readonly Sighting[],
): Lateness {
  const byTask = Map.groupBy(sightings, ({ task }) => task)
  const seen = changes.map(({ task, state, at }) => {
    const first = firstThatTells(byTask.get(task) ?? [], state)
    // The two clocks count whole milliseconds, and what is read may have been heard first.
    return (
      first && { state, exact: first.state === state, late: Math.max(0, first.at - at) }
    )
  })
  const told = seen.filter((sighting) => sighting !== null)
  const shown = told.filter(({ exact }) => exact).length
  const missed = changes.filter((_, index) => seen[index] === null)
  return {
    late: spreadOf(told.map(({ late }) => late)),
    byState: Object.fromEntries(
      [...Map.groupBy(told, ({ state }) => state)].map(([state, those]) => [
        state,
        spreadOf(those.map(({ late }) => late)),
      ]),
    ),
    shown,
    overtaken: told.length - shown,
    unseen: missed.length,
    unseenStates: Object.fromEntries(
      [...Map.groupBy(missed, ({ state }) => state)].map(([state, { length }]) => [
        state,
        length,
      ]),
    ),
  }
}

function firstThatTells(sightings: readonly Sighting[], state: TaskState): Sighting | null {
  return sightings
    .filter((sighting) => rank(sighting.state) >= rank(state))
    .reduce<Sighting | null>((a, b) => (a && a.at <= b.at ? a : b), null)
}
