import { z } from 'zod'

/** What a person can ask of one node. Each has a preview, which is also its guard. */
export const nodeCommandKinds = [
  'drain',
  'pause',
  'activate',
  'promote',
  'demote',
  'labels',
  'remove',
] as const
export const NodeCommandKind = z.enum(nodeCommandKinds)
export type NodeCommandKind = z.infer<typeof NodeCommandKind>

const nothing = z.object({})

/** In a query one value comes alone. */
const some = (one: z.ZodString) =>
  z
    .union([z.array(one), one.transform((text) => [text])])
    .pipe(z.array(z.string()).max(100))
    .default([])

export const LabelsArguments = z.object({
  set: some(z.string().min(1).max(1_000)).describe("As 'key=value': added, or changed"),
  unset: some(z.string().min(1).max(500)).describe('Keys that are taken away'),
})
export type LabelsArguments = z.infer<typeof LabelsArguments>

export const RemoveNodeArguments = z.object({
  force: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .default(false)
    .describe('Also a node that is not down'),
})
export type RemoveNodeArguments = z.infer<typeof RemoveNodeArguments>

/** By kind of command. */
export const nodeCommandArguments = {
  drain: nothing,
  pause: nothing,
  activate: nothing,
  promote: nothing,
  demote: nothing,
  labels: LabelsArguments,
  remove: RemoveNodeArguments,
} as const

/** A node command with what it was told: the one input of preview and guard. */
export type NodeAsked =
  | { readonly kind: 'drain' | 'pause' | 'activate' | 'promote' | 'demote' }
  | ({ readonly kind: 'labels' } & LabelsArguments)
  | ({ readonly kind: 'remove' } & RemoveNodeArguments)
