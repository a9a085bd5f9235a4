import { z } from 'zod'
import { StoredKind, storedName } from './stored.ts'

/**
 * What each command needs to be told, in the query of its preview and in the body of its
 * commit alike. Limits are those of sense; the engine's own refusals are prechecked.
 */

/** No cluster of this size exists: more is a slip of the finger. */
export const mostReplicas = 100_000

const nothing = z.object({})

/** Query strings bring text; bodies bring numbers, and nothing that only looks like one. */
const numberIn = (least: number, most: number) =>
  z
    .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number')])
    .transform(Number)
    .pipe(z.number().min(least).max(most))

const wholeIn = (least: number, most: number) =>
  numberIn(least, most).pipe(z.number().int())

const milliseconds = wholeIn(0, 24 * 3_600_000)

export const ScaleArguments = z.object({
  replicas: wholeIn(0, mostReplicas).describe('Replicas, or completions of a job'),
})
export type ScaleArguments = z.infer<typeof ScaleArguments>

export const ImageArguments = z.object({
  image: z
    .string()
    .min(1)
    .max(512)
    .describe('A reference; its digest is asked of the registry by the engine'),
})
export type ImageArguments = z.infer<typeof ImageArguments>

/** What is left out stays as it is. Times in milliseconds. */
export const SettingsArguments = z.object({
  parallelism: wholeIn(0, mostReplicas).optional(),
  delay: milliseconds.optional(),
  monitor: milliseconds.optional(),
  order: z.enum(['stop-first', 'start-first']).optional(),
  maxFailureRatio: numberIn(0, 1).optional(),
  failureAction: z.enum(['pause', 'continue', 'rollback']).optional(),
  rollbackParallelism: wholeIn(0, mostReplicas).optional(),
  rollbackDelay: milliseconds.optional(),
  rollbackMonitor: milliseconds.optional(),
  rollbackOrder: z.enum(['stop-first', 'start-first']).optional(),
  rollbackMaxFailureRatio: numberIn(0, 1).optional(),
  rollbackFailureAction: z.enum(['pause', 'continue']).optional(),
})
export type SettingsArguments = z.infer<typeof SettingsArguments>

export const RestoreArguments = z.object({
  version: wholeIn(1, Number.MAX_SAFE_INTEGER).describe('Its number in the spec history'),
})
export type RestoreArguments = z.infer<typeof RestoreArguments>

/** Ids, as the engine gives them. */
const storedId = z.string().min(1).max(64)

/** A secret or config in place of another one, wherever the service refers to that. */
export const SwapArguments = z.object({
  stored: StoredKind,
  from: storedId.describe('Id of the one that the service refers to'),
  to: storedId.describe('Id of the one that takes its place'),
  toName: storedName.describe('Its name: the engine takes the two together only'),
})
export type SwapArguments = z.infer<typeof SwapArguments>

/** By kind of command. */
export const commandArguments = {
  rollback: nothing,
  resume: nothing,
  scale: ScaleArguments,
  restart: nothing,
  image: ImageArguments,
  settings: SettingsArguments,
  restore: RestoreArguments,
  swap: SwapArguments,
  remove: nothing,
} as const

/** A command with what it was told: the one input of preview and guard. */
export type Asked =
  | { readonly kind: 'rollback' | 'resume' | 'restart' | 'remove' }
  | ({ readonly kind: 'scale' } & ScaleArguments)
  | ({ readonly kind: 'image' } & ImageArguments)
  | ({ readonly kind: 'settings' } & SettingsArguments)
  | ({ readonly kind: 'restore' } & RestoreArguments)
  | ({ readonly kind: 'swap' } & SwapArguments)
