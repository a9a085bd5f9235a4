import { z } from 'zod'
import { Instant } from './instant.ts'

/** What a person can ask of one service. Each has a preview, which is also its guard. */
export const commandKinds = [
  'rollback',
  'resume',
  'scale',
  'restart',
  'image',
  'settings',
  'restore',
  'swap',
  'remove',
] as const
export const CommandKind = z.enum(commandKinds)
export type CommandKind = z.infer<typeof CommandKind>

/** What a check or a journal entry speaks of; a page exists for some kinds only. */
export const Reference = z.object({
  kind: z.enum([
    'swarm',
    'service',
    'node',
    'task',
    'network',
    'secret',
    'config',
    'volume',
    'image',
  ]),
  name: z.string(),
})
export type Reference = z.infer<typeof Reference>

/**
 * One thing to know before the press. A `block` refuses the command, a `warn` must be
 * acknowledged by its id, an `info` is only told.
 */
export const Check = z
  .object({
    id: z.string().describe("Stable, such as 'previous-spec-missing'"),
    level: z.enum(['block', 'warn', 'info']),
    sentence: z.string(),
    subjects: z.array(Reference),
  })
  .meta({ id: 'Check' })
export type Check = z.infer<typeof Check>

/** One field that differs between two specs, in words. Secret material is never in here. */
export const FieldChange = z
  .object({
    path: z
      .string()
      .describe("The engine's own, such as 'TaskTemplate.ContainerSpec.Image'"),
    label: z.string().describe("The human name, such as 'Image' or 'Environment DB_HOST'"),
    before: z.string().nullable().describe('Null: not set'),
    after: z.string().nullable().describe('Null: not set any more'),
    hidden: z
      .boolean()
      .describe('The values are kept back: environment, or what looks like a credential'),
    restarts: z.boolean().describe('Whether this change replaces tasks'),
  })
  .meta({ id: 'FieldChange' })
export type FieldChange = z.infer<typeof FieldChange>

/** The sides of a rollback or of a restored version: what runs, and what would. */
export const SpecSide = z.object({
  image: z.string().describe('The full reference, with digest where it is pinned'),
  digest: z.string().nullable(),
  since: Instant.nullable().describe('When it became current, as far as is known'),
  label: z.string().describe("Such as 'version 12', 'the rollback target'"),
})
export type SpecSide = z.infer<typeof SpecSide>

/** What a command would do, judged on the freshest facts there are. */
export const Preview = z
  .object({
    kind: CommandKind,
    service: z.string(),
    asOf: Instant,
    basis: z
      .string()
      .describe('Fingerprint of what this depends on; the commit names it, or is refused'),
    title: z.string().describe("Verb and object: 'Roll back web'"),
    sentence: z.string().describe('What will happen, in one sentence'),
    button: z.string().describe("What the button says: 'Roll back web (restarts 3)'"),
    restarts: z.number().int().describe('Tasks that are replaced by others'),
    starts: z.number().int().describe('Tasks that are added'),
    stops: z.number().int().describe('Tasks that end without a successor'),
    changes: z.array(FieldChange).describe('The exact patch of the spec'),
    from: SpecSide.nullable(),
    to: SpecSide.nullable(),
    afterwards: z.string().nullable().describe('What rolling back would mean from then on'),
    checks: z.array(Check).describe('Blocks first, then warnings, then notes'),
    command: z.string().describe('The equivalent line for the docker CLI'),
    typed: z
      .string()
      .nullable()
      .describe(
        'What must be typed: the name, when the service will be down or gone, or its data may be lost',
      ),
  })
  .meta({ id: 'Preview' })
export type Preview = z.infer<typeof Preview>

/** A commit names the preview it answers, so nobody confirms what they did not see. */
export const Consent = z.object({
  basis: z.string().min(1).max(200).describe('Of the preview; refused if the facts moved'),
  acknowledged: z
    .array(z.string().max(100))
    .max(100)
    .describe('Ids of the warnings that were ticked'),
  typed: z.string().max(200).optional().describe('The name, where the preview asks for it'),
})
export type Consent = z.infer<typeof Consent>
