import { z } from 'zod'
import { Instant } from './instant.ts'
import { TaskState } from './task-state.ts'

/** One task as every screen shows it. Never holds environment values or labels. */
export const Task = z
  .object({
    id: z.string(),
    service: z.string().describe('Name of the service, or its id once the service is gone'),
    slot: z.number().int().nullable().describe('Replica number; null for global services'),
    node: z
      .string()
      .nullable()
      .describe('Name of the node; null until the scheduler chose'),
    state: TaskState.describe('What was observed'),
    desired: TaskState.describe('What the swarm wants of this task'),
    since: Instant.describe('When the observed state began, by the reporting clock'),
    message: z.string().describe("The stage word of the swarm, such as 'preparing'"),
    error: z.string().nullable().describe("The swarm's own error text, unedited"),
    exitCode: z.number().int().nullable(),
    upToDate: z
      .boolean()
      .nullable()
      .describe('On the current spec; null when the engine cannot tell'),
    nodeLost: z
      .boolean()
      .describe('Its node is down or gone: the observed state is old news'),
  })
  .meta({ id: 'Task' })
export type Task = z.infer<typeof Task>

/** A task in the history of its service, with what only the detail page needs. */
export const TaskRecord = Task.extend({
  image: z.string(),
  createdAt: Instant,
  containerId: z.string().nullable(),
}).meta({ id: 'TaskRecord' })
export type TaskRecord = z.infer<typeof TaskRecord>

/** Every task the swarm still remembers of one service, newest first within a slot. */
export const TaskHistory = z
  .object({
    service: z.string(),
    asOf: Instant.describe('When these tasks were last read from the engine'),
    retained: z
      .number()
      .int()
      .describe('Tasks the swarm keeps per slot; negative: for ever'),
    tasks: z.array(TaskRecord),
  })
  .meta({ id: 'TaskHistory' })
export type TaskHistory = z.infer<typeof TaskHistory>
