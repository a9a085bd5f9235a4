import type { AffectedTask, TaskOutcome } from '@skep/shared/contract/node-preview'
import type { FilterId } from '@skep/shared/contract/placement'
import { counted } from '../words.ts'

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
