import { z } from 'zod'
import { Instant } from './instant.ts'
import { Check, FieldChange } from './preview.ts'
import { StoredKind, storedName } from './stored.ts'

/** How one consumer of a rotation stands. */
export const RotationState = z.enum([
  'waiting',
  'updating',
  'converged',
  'failed',
  'rolled-back',
  'superseded',
])
export type RotationState = z.infer<typeof RotationState>

export const RotationConsumer = z.object({
  service: z.string(),
  serviceId: z.string(),
  state: RotationState,
  operation: z.string().nullable().describe('Of the update, once it was sent'),
  sentence: z.string(),
  targets: z.array(z.string()).describe('Where the file is, before and after'),
  rollbackChecks: z
    .array(Check)
    .nullable()
    .describe('What stands against rolling it back, judged as read; null: nothing to undo'),
})
export type RotationConsumer = z.infer<typeof RotationConsumer>

/** The four visible steps; the last stays open until the rollback window has closed. */
export const RotationStep = z.enum(['create', 'update', 'verify', 'retire'])
export type RotationStep = z.infer<typeof RotationStep>

export const Rotation = z
  .object({
    id: z.string(),
    kind: StoredKind,
    family: z.string(),
    from: z.object({ id: z.string(), name: z.string() }),
    to: z.object({ id: z.string().nullable(), name: z.string() }),
    actor: z.string(),
    together: z.boolean().describe('Consumers at the same time, not one after another'),
    step: RotationStep,
    state: z
      .enum(['running', 'stopped', 'verified', 'retired', 'abandoned'])
      .describe("'stopped': a consumer did not converge; a person decides"),
    sentence: z.string(),
    consumers: z.array(RotationConsumer),
    startedAt: Instant,
    verifiedAt: Instant.nullable(),
    retireFrom: Instant.nullable().describe('End of the rollback window'),
    endedAt: Instant.nullable(),
    retire: z
      .array(Check)
      .describe('What stands against removing the old one, judged as this is read'),
  })
  .meta({ id: 'Rotation' })
export type Rotation = z.infer<typeof Rotation>

export const RotationList = z
  .object({ items: z.array(Rotation) })
  .meta({ id: 'RotationList' })
export type RotationList = z.infer<typeof RotationList>

/**
 * What a person can do with a rotation that is under way: go on after a stop, roll the one
 * that failed back, remove the old version, or leave it as it is.
 */
export const rotationActs = ['resume', 'rollback', 'retire', 'abandon'] as const
export const RotationAct = z.enum(rotationActs)
export type RotationAct = z.infer<typeof RotationAct>

/** Those that change the swarm: each has a preview, which is also its guard. */
export const PreviewedAct = RotationAct.exclude(['abandon'])
export type PreviewedAct = z.infer<typeof PreviewedAct>

/** Whom to roll back: one at a time, since each is a change of its own. */
export const RollbackArguments = z.object({
  service: z.string().min(1).max(300).describe('A consumer that did not converge'),
})
export type RollbackArguments = z.infer<typeof RollbackArguments>

/** An act with what it was told: the one input of its preview and of its guard. */
export type AskedAct =
  | { readonly act: 'resume' | 'retire' }
  | ({ readonly act: 'rollback' } & RollbackArguments)

/** What a rotation needs to be told, before the value: in a query, so nothing secret. */
export const RotateArguments = z.object({
  next: storedName.optional().describe('Name of the next version; proposed where left out'),
  together: z.stringbool().or(z.boolean()).default(false),
  windowHours: z.coerce
    .number()
    .int()
    .min(0)
    .max(24 * 90)
    .default(24),
})
export type RotateArguments = z.infer<typeof RotateArguments>

/**
 * What a rotation would do, for each consumer, judged before anything is created; or, for
 * one that has stopped, what going on with it would do.
 */
export const RotationPreview = z
  .object({
    kind: z.enum(['rotate', 'resume']),
    stored: StoredKind,
    name: z.string(),
    next: z.string(),
    asOf: Instant,
    basis: z.string(),
    title: z.string(),
    sentence: z.string(),
    button: z.string(),
    consumers: z.array(
      z.object({
        service: z.string(),
        restarts: z.number().int(),
        targets: z.array(z.string()),
        sentence: z.string().describe('How its update goes: order, monitor, health check'),
        changes: z.array(FieldChange).describe('The exact patch of its spec'),
      }),
    ),
    checks: z.array(Check),
    command: z.string().describe('The equivalent lines for the docker CLI'),
    typed: z.string().nullable(),
  })
  .meta({ id: 'RotationPreview' })
export type RotationPreview = z.infer<typeof RotationPreview>
