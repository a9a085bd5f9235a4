import { z } from 'zod'
import { Instant } from './instant.ts'
import { Check } from './preview.ts'

/** Secrets and configs: what the swarm keeps by name and hands to tasks as files. */
export const storedKinds = ['secret', 'config'] as const
export const StoredKind = z.enum(storedKinds)
export type StoredKind = z.infer<typeof StoredKind>

/**
 * Why a service counts as a consumer: its spec names the object; a task that still runs was
 * made from an older spec that did; its rollback target does, alone or beside the others. The
 * engine itself looks at the first kind alone before it removes an object.
 */
export const ConsumerRole = z.enum(['current', 'older-task', 'rollback-target'])
export type ConsumerRole = z.infer<typeof ConsumerRole>

/** Where a service finds the object in its containers, and who may read it there. */
export const StoredMount = z.object({
  target: z.string().describe('The whole path, such as /run/secrets/db_password'),
  uid: z.string(),
  gid: z.string(),
  mode: z.string().describe("Octal, such as '0444'"),
  finding: z
    .string()
    .nullable()
    .describe('What is wrong with it, such as a mode that its user cannot read'),
})
export type StoredMount = z.infer<typeof StoredMount>

export const Consumer = z.object({
  service: z.string(),
  stack: z.string().nullable(),
  roles: z.array(ConsumerRole).describe('At least one'),
  tasks: z.number().int().describe('Tasks that hold it and have not ended, of any spec'),
  mounts: z.array(StoredMount).describe('By the spec of now; empty where that has none'),
})
export type Consumer = z.infer<typeof Consumer>

/** A cluster volume whose driver is given a secret. The engine does not look at these. */
export const VolumeHolder = z.object({
  volume: z.string(),
  key: z.string().describe('What the driver knows the value by'),
})
export type VolumeHolder = z.infer<typeof VolumeHolder>

export const StoredFlag = z.enum([
  'unused',
  'only-rollback',
  'old-version',
  'shared-widely',
  'credential-like',
  'rotation-due',
])
export type StoredFlag = z.infer<typeof StoredFlag>

/** One secret or config. Of a secret's value nothing is known here, and nothing is kept. */
export const Stored = z
  .object({
    id: z.string(),
    kind: StoredKind,
    name: z.string(),
    family: z.string().describe('The name without its version'),
    version: z.string().nullable().describe("As written, such as 'v7' or '2026_11'"),
    newest: z.boolean().describe('Whether no other of its family is newer'),
    createdAt: Instant,
    updatedAt: Instant,
    labels: z.record(z.string(), z.string()),
    stack: z.string().nullable(),
    driver: z.string().nullable().describe('Of a secret that the swarm asks elsewhere for'),
    templating: z.string().nullable(),
    bytes: z.number().int().nullable().describe('Of a config; null for a secret'),
    consumers: z.array(Consumer).describe('By name of the service'),
    volumes: z.array(VolumeHolder).describe('By name; empty for a config'),
    flags: z.array(StoredFlag),
  })
  .meta({ id: 'Stored' })
export type Stored = z.infer<typeof Stored>

export const StoredList = z
  .object({ asOf: Instant, items: z.array(Stored) })
  .meta({ id: 'StoredList' })
export type StoredList = z.infer<typeof StoredList>

/** What a list of thousands says of one: who uses it, but not how each of them has it. */
export const StoredEntry = Stored.omit({ updatedAt: true })
  .extend({ consumers: z.array(Consumer.pick({ service: true, roles: true })) })
  .meta({ id: 'StoredEntry' })
export type StoredEntry = z.infer<typeof StoredEntry>

export const StoredIndex = z
  .object({ asOf: Instant, items: z.array(StoredEntry) })
  .meta({ id: 'StoredIndex' })
export type StoredIndex = z.infer<typeof StoredIndex>

export const StoredOne = z
  .object({ asOf: Instant, stored: Stored })
  .meta({ id: 'StoredOne' })
export type StoredOne = z.infer<typeof StoredOne>

/** What a config holds, as far as it may be shown. */
export const ConfigContent = z
  .object({
    name: z.string(),
    bytes: z.number().int(),
    kind: z.enum(['text', 'binary']),
    text: z.string().nullable().describe('Null for binary content'),
    masked: z
      .number()
      .int()
      .describe('Lines that look like credentials and are kept back unless asked for'),
    finalNewline: z.boolean(),
    same: z
      .boolean()
      .nullable()
      .describe(
        'Whether all of it, with what is kept back, is what another one holds; null where none was named',
      ),
  })
  .meta({ id: 'ConfigContent' })
export type ConfigContent = z.infer<typeof ConfigContent>

/** Limits of the engine, in bytes: a payload is smaller than this, and not empty. */
export const payloadLimit: Readonly<Record<StoredKind, number>> = {
  secret: 512_000,
  config: 1_024_000,
}

/**
 * Why the engine would not take a payload of so many bytes; null where it would.
 * @see swarmkit api/validation/secrets.go, manager/controlapi/config.go
 */
export function payloadProblem(kind: StoredKind, bytes: number): string | null {
  if (bytes === 0) return `A ${kind} cannot be empty.`
  const most = payloadLimit[kind]
  if (bytes < most) return null
  return `A ${kind} holds less than ${most.toLocaleString('en')} bytes; this is ${bytes.toLocaleString('en')}.`
}

/** What the engine takes for a name. @see swarmkit manager/controlapi/common.go */
export const storedName = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/,
    'letters, digits, - _ and . between letters or digits',
  )

/** The payload comes in the body alone, as base64, and is never written down. */
export const CreateStored = z.object({
  name: storedName,
  data: z.base64().max(1_400_000),
  labels: z.record(z.string().max(200), z.string().max(1_000)).default({}),
})
export type CreateStored = z.infer<typeof CreateStored>

export const Created = z
  .object({ id: z.string(), name: z.string() })
  .meta({ id: 'Created' })
export type Created = z.infer<typeof Created>

/** What removing a secret or config would do, and what stands against it. */
export const StoredPreview = z
  .object({
    kind: z.literal('remove'),
    names: z.array(z.string()).describe('What goes: one, or the old versions of a family'),
    keeps: z.array(z.string()).describe('Of the family, newest first'),
    asOf: Instant,
    basis: z.string(),
    title: z.string(),
    sentence: z.string(),
    button: z.string(),
    checks: z.array(Check),
    command: z.string(),
    typed: z.string().nullable(),
  })
  .meta({ id: 'StoredPreview' })
export type StoredPreview = z.infer<typeof StoredPreview>
