import type { AffectedTask, TaskOutcome } from '@skep/shared/contract/node-preview'
import type { FilterId } from '@skep/shared/contract/placement'
import { counted } from '../words.ts'
import type { Leaving } from './leaving.ts'

const outcomeWords: Readonly<Record<TaskOutcome, string>> = {
  moves: 'moves',
  'may-wait': 'may wait',
  waits: 'waits',
  stops: 'stops',
  'not-replaced': 'not replaced',
  stays: 'stays',
  fails: 'fails',
}

const order: readonly TaskOutcome[] = [
  'moves',
  'may-wait',
  'waits',
  'stops',
  'not-replaced',
  'fails',
  'stays',
]

/** `moves 9, stops 3`: how many tasks come to which end. */
export function outcomeCounts(tasks: readonly AffectedTask[]): string {
  const counts = Map.groupBy(tasks, ({ outcome }) => outcome)
  return order
    .flatMap((outcome) => {
      const count = counts.get(outcome)?.length
      return count ? `${outcomeWords[outcome]} ${count}` : []
    })
    .join(', ')
}

const outcomeSentences: Readonly<Record<TaskOutcome, (count: number) => string>> = {
  moves: (n) => `${counted(n, 'task')} ${n === 1 ? 'moves' : 'move'} to other nodes`,
  'may-wait': (n) => `${counted(n, 'task')} may have to wait`,
  waits: (n) => `${counted(n, 'task')} will wait`,
  stops: (n) => `${counted(n, 'task')} ${n === 1 ? 'stops' : 'stop'}`,
  'not-replaced': (n) => `${counted(n, 'task is', 'tasks are')} not replaced`,
  stays: (n) => `${counted(n, 'task of a job runs', 'tasks of jobs run')} on`,
  fails: (n) => `${counted(n, 'task')} would fail elsewhere`,
}

/** `9 tasks move to other nodes, 3 tasks stop.` */
export function outcomeSentence(tasks: readonly AffectedTask[], nothing: string): string {
  const counts = Map.groupBy(tasks, ({ outcome }) => outcome)
  const parts = order.flatMap((outcome) => {
    const count = counts.get(outcome)?.length
    return count ? outcomeSentences[outcome](count) : []
  })
  return parts.length === 0 ? nothing : `${parts.join(', ')}.`
}

/**
 * The tasks that a change of their node makes anew on it, apart from those that it evicts.
 * @param leaving why each of them leaves
 */
export function anewAmong(
  tasks: readonly AffectedTask[],
  leaving: readonly Leaving[],
): { readonly anew: readonly AffectedTask[]; readonly evicted: readonly AffectedTask[] } {
  const ids = new Set(
    leaving.flatMap(({ task, reason }) => (reason === 'outdated' ? task.id : [])),
  )
  return {
    anew: tasks.filter(({ task }) => ids.has(task)),
    evicted: tasks.filter(({ task }) => !ids.has(task)),
  }
}

/** `1 task is made anew here.`; null where none is. */
export const anewSentence = ({ length }: readonly AffectedTask[]): string | null =>
  length === 0 ? null : `${counted(length, 'task is', 'tasks are')} made anew here.`

/** What a button counts, such as `evicts 2, renews 1`; those that are zero are left out. */
export const counts = (parts: Readonly<Record<string, number>>): string =>
  Object.entries(parts)
    .flatMap(([verb, count]) => (count > 0 ? `${verb} ${count}` : []))
    .join(', ')

const filterWords: Readonly<Record<FilterId, string>> = {
  ready: 'not available for new tasks',
  resources: 'too little left to reserve',
  plugins: 'a plugin is missing',
  constraints: 'its constraints are not met',
  platform: 'another platform',
  'host-port': 'its host port is taken',
  'max-replicas': 'its replicas per node are used up',
  volumes: 'its cluster volume is out of reach',
}

/** Which filters refuse how many of the other nodes; null where none does. */
export function refusedWords(refusals: readonly FilterId[]): string | null {
  const counts = new Map<FilterId, number>()
  for (const filter of refusals) {
    counts.set(filter, (counts.get(filter) ?? 0) + 1)
  }
  if (counts.size === 0) return null
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([filter, count]) => `${filterWords[filter]} on ${counted(count, 'node')}`)
    .join('; ')
}
