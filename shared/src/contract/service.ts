import { z } from 'zod'
import { Instant } from './instant.ts'
import { Rollout, SlotPhase } from './rollout.ts'
import { StateBadge } from './stateful.ts'
import { Task } from './task.ts'

export const ServiceMode = z.enum(['replicated', 'global', 'replicated-job', 'global-job'])
export type ServiceMode = z.infer<typeof ServiceMode>

/**
 * The one word a service gets. Only `converged` is green; `complete` and `scaled-to-zero`
 * are at rest; a rollback is never success.
 */
export const Verdict = z.enum([
  'converged',
  'verifying',
  'converging',
  'updating',
  'rolling-back',
  'running-job',
  'paused',
  'rollback-paused',
  'rolled-back',
  'degraded',
  'flapping',
  'down',
  'scaled-to-zero',
  'complete',
  'unknown',
])
export type Verdict = z.infer<typeof Verdict>

/** What a slot's cell shows: the state of the task that holds it. */
export const SlotStatus = z.enum([
  'running',
  'starting',
  'pending',
  'stopping',
  'failed',
  'complete',
  'unknown',
  'empty',
])
export type SlotStatus = z.infer<typeof SlotStatus>

export const Slot = z
  .object({
    key: z.string().describe('Replica number, or node name for global services'),
    number: z.number().int().nullable(),
    status: SlotStatus,
    tasks: z
      .array(Task)
      .describe('Tasks that hold the slot now, the one that speaks for it first'),
    phase: SlotPhase.nullable().describe('During a rollout; null when there is none'),
    restarts: z
      .number()
      .int()
      .describe('Failed tasks of this slot that the swarm still remembers'),
  })
  .meta({ id: 'Slot' })
export type Slot = z.infer<typeof Slot>

export const Convergence = z
  .object({
    verdict: Verdict,
    sentence: z.string().describe("Such as '7 of 10 running'"),
    since: Instant.nullable().describe('When this verdict became true, as far as is known'),
    stableAt: Instant.nullable().describe('End of the monitor window while verifying'),
    cause: z.string().nullable().describe("The swarm's own words, unedited"),
    culprit: z
      .string()
      .nullable()
      .describe('Id of the task that the swarm names as the cause'),
    certainty: z
      .enum(['spec', 'image'])
      .describe(
        'Whether the engine said which tasks are up to date, or only images compare',
      ),
  })
  .meta({ id: 'Convergence' })
export type Convergence = z.infer<typeof Convergence>

export const UpdateState = z.enum([
  'updating',
  'completed',
  'paused',
  'rollback_started',
  'rollback_completed',
  'rollback_paused',
])
export type UpdateState = z.infer<typeof UpdateState>

export const PublishedPort = z.object({
  published: z.number().int().nullable().describe('Null where the swarm has yet to choose'),
  target: z.number().int(),
  protocol: z.string(),
  mode: z.enum(['ingress', 'host']),
})
export type PublishedPort = z.infer<typeof PublishedPort>

/** A service without its slots: what changes when one task changes stays small. */
export const ServiceHead = z.object({
  id: z.string(),
  name: z.string(),
  stack: z.string().nullable(),
  mode: ServiceMode,
  image: z.string().describe('The full reference, with digest where it is pinned'),
  createdAt: Instant,
  updatedAt: Instant,
  convergence: Convergence,
  running: z.number().int().describe('Slots that hold a running task on a node in contact'),
  desired: z.number().int().describe('Replicas, eligible nodes, or completions of a job'),
  upToDate: z.number().int().describe('Of the running slots, those on the current spec'),
  completed: z.number().int().describe('Completions of the current job iteration'),
  recentFailures: z.number().int().describe('Task failures seen in the last ten minutes'),
  update: z
    .object({
      state: UpdateState,
      message: z.string(),
      startedAt: Instant.nullable(),
      completedAt: Instant.nullable(),
    })
    .nullable(),
  rollout: Rollout.nullable().describe('While one runs or is paused'),
  ports: z.array(PublishedPort),
  networks: z.array(z.string()).describe('Names of the networks its tasks join'),
  state: StateBadge.nullable().describe('How it holds data; null where it holds none'),
  hasHealthCheck: z.boolean().describe('In the spec; one baked into the image is not seen'),
})
export type ServiceHead = z.infer<typeof ServiceHead>

export const Service = ServiceHead.extend({
  slots: z.array(Slot).describe('Ordered by compareSlots'),
}).meta({ id: 'Service' })
export type Service = z.infer<typeof Service>

/** Replicas by number, then nodes by name: the order of every slot grid. */
export function compareSlots(a: Slot, b: Slot): number {
  if (a.number !== null && b.number !== null) return a.number - b.number
  if (a.number !== null) return -1
  if (b.number !== null) return 1
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}
