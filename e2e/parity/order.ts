import type { TaskRecord } from './recorder.ts'

/**
 * All states of a task, in the only order in which it goes through them.
 * @see moby/swarmkit api/types.proto, TaskState
 */
const ORDER = [
  'new',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
]

/**
 * Whether tasks went through their states in order, however many of them were seen: one line
 * if all did, or each sequence that is out of order, or holds a word that is no state. That no
 * task was looked at is a line as well, as nothing is known then.
 */
export function orderLines(tasks: readonly Pick<TaskRecord, 'states'>[]): string[] {
  if (tasks.length === 0) return ['no task was seen']
  const wrong = new Set(
    tasks
      .filter(({ states }) => !isInOrder(states))
      .map(({ states }) => states.join(' → ')),
  )
  if (wrong.size === 0) return ['every task that was seen']
  return [...wrong].sort().map((sequence) => `not: ${sequence}`)
}

function isInOrder(states: readonly string[]): boolean {
  const ranks = states.map((state) => ORDER.indexOf(state))
  return ranks.every((rank, index) => rank > (ranks[index - 1] ?? -1))
}
