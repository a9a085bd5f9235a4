import { z } from 'zod'
import { Instant } from './instant.ts'

/**
 * One step of the guided order. `done` by what the swarm shows, or by a person for what it
 * cannot show: the work itself, and that the data is what it should be.
 */
export const MaintenanceStep = z.object({
  id: z
    .string()
    .describe(
      "'stop:<service>', 'drain', 'work', 'activate', 'start:<service>', 'verify:<service>'",
    ),
  title: z.string(),
  by: z.enum(['swarm', 'person']).describe('Who says that it is done'),
  state: z
    .enum(['waits', 'next', 'done', 'undone'])
    .describe('Undone: it was done, and is not any more'),
  sentence: z.string().describe('How it stands'),
  doneAt: Instant.nullable(),
  actor: z.string().nullable().describe('Who ticked it off'),
  note: z.string().nullable(),
})
export type MaintenanceStep = z.infer<typeof MaintenanceStep>

/** Work on a node in the safe order: what holds data is stopped first, on purpose. */
export const Maintenance = z
  .object({
    id: z.string(),
    node: z.string(),
    nodeId: z.string(),
    actor: z.string(),
    startedAt: Instant,
    endedAt: Instant.nullable(),
    ended: z.enum(['finished', 'abandoned']).nullable(),
    services: z.array(
      z.object({
        service: z.string(),
        replicas: z
          .number()
          .int()
          .describe('Before it was stopped: what it is brought back to'),
      }),
    ),
    steps: z.array(MaintenanceStep),
    sentence: z.string().describe("Such as 'Next: drain w1.'"),
  })
  .meta({ id: 'Maintenance' })
export type Maintenance = z.infer<typeof Maintenance>

export const MaintenanceStart = z.object({
  services: z
    .array(z.string().min(1).max(200))
    .max(100)
    .describe('Those that are stopped before the drain, in this order'),
})
export type MaintenanceStart = z.infer<typeof MaintenanceStart>

export const MaintenanceTick = z.object({
  step: z
    .string()
    .regex(/^(work|verify:.{1,200})$/, 'must be a step that a person ticks off'),
  done: z.boolean().default(true).describe('False takes the tick back'),
  note: z.string().max(2_000).optional().describe('What was done, or seen'),
})
export type MaintenanceTick = z.infer<typeof MaintenanceTick>

export const MaintenanceEnd = z.object({ as: z.enum(['finished', 'abandoned']) })
export type MaintenanceEnd = z.infer<typeof MaintenanceEnd>
