import { type TaskState, taskStates } from '@skep/shared/contract/task-state'
import type { TaskChange } from './reference.ts'
import { type Spread, spreadOf } from './spread.ts'

/**
 * A word about a task that somebody can read. A row names the task's state; a cell of the
 * slot grid has coarser words of its own.
 */
export type Sighting = {
  /** By this machine's clock, in milliseconds since 1970. */
  at: number
  task: string
  kind: 'row' | 'cell'
  word: string
}

/** How far what can be read lagged behind the engine, over all changes it has a word for. */
export type Lateness = {
  /** Milliseconds from each change to the first word that is at least as new. */
  late: Spread
  /** Of these changes, those whose own word was shown. */
  shown: number
  /** Those whose own word was never shown, since a newer one came with the same look. */
  overtaken: number
  /** Changes of which no word at least as new ever appeared: not in `late`. */
  unseen: number
  /** Of the unseen, by the state that was reached. */
  unseenStates: Readonly<Record<string, number>>
  /** Changes without a word of their own where there are only cells: not in `late`. */
  sameWord: number
}

const order: readonly string[] = taskStates
const rank = (state: string): number => order.indexOf(state)

/** The words of a cell, in the order in which a task goes through them. */
function stage(state: TaskState): number {
  if (rank(state) < rank('assigned')) return 0
  if (rank(state) < rank('running')) return 1
  return state === 'running' ? 2 : 3
}
const stageOfCell: Readonly<Record<string, number>> = {
  pending: 0,
  starting: 1,
  running: 2,
  stopping: 2,
  complete: 3,
  failed: 3,
  empty: 3,
}

/**
 * Matches what the engine did with what could be read of it. Pure. For each change: the
 * first word about that very task that is at least as new. Tasks only move forward, so an
 * earlier word that is newer tells of the change as well.
 */
export function lateness(
  changes: readonly TaskChange[],
  sightings: readonly Sighting[],
): Lateness {
  const byTask = Map.groupBy(sightings, ({ task }) => task)
  const hasRows = sightings.some(({ kind }) => kind === 'row')
  const late: number[] = []
  const unseenStates: Record<string, number> = {}
  let shown = 0
  let unseen = 0
  let sameWord = 0
  const stages = new Map<string, number>()
  for (const { task, state, at } of changes) {
    const moved = stages.get(task) !== stage(state)
    stages.set(task, stage(state))
    if (!hasRows && !moved) {
      sameWord += 1
      continue
    }
    const first = byTask
      .get(task)
      ?.filter((sighting) => tells(sighting, state, moved))
      .reduce<Sighting | null>((a, b) => (a && a.at <= b.at ? a : b), null)
    if (!first) {
      unseen += 1
      unseenStates[state] = (unseenStates[state] ?? 0) + 1
      continue
    }
    late.push(Math.max(0, first.at - at))
    if (isItsOwn(first, state)) shown += 1
  }
  const overtaken = late.length - shown
  return { late: spreadOf(late), shown, overtaken, unseen, unseenStates, sameWord }
}

/** @param moved whether the change has a word of its own in a cell */
function tells({ kind, word }: Sighting, state: TaskState, moved: boolean): boolean {
  if (kind === 'row') return rank(word) >= rank(state)
  return moved && (stageOfCell[word] ?? -1) >= stage(state)
}

const isItsOwn = ({ kind, word }: Sighting, state: TaskState): boolean =>
  kind === 'row' ? word === state : stageOfCell[word] === stage(state)
