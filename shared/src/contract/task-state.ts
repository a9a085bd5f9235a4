import { z } from 'zod'

/**
 * The states of a task, in swarmkit's order: a task only ever moves to the right.
 * `remove` is a desired state only; `orphaned` marks a task whose node was lost for a day.
 * @see moby/swarmkit api/types.proto
 */
export const taskStates = [
  'new',
  'allocated',
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
] as const

export const TaskState = z.enum(taskStates)
export type TaskState = z.infer<typeof TaskState>
