import { z } from 'zod'
import { Instant } from './instant.ts'

export const Tone = z.enum(['ok', 'progress', 'warning', 'critical', 'neutral'])
export type Tone = z.infer<typeof Tone>

export const Subject = z.object({
  kind: z.enum(['swarm', 'service', 'node']),
  name: z.string(),
})
export type Subject = z.infer<typeof Subject>

/** What needs a human: also a rotation, which has its id for a name. */
export const AttentionSubject = Subject.extend({
  kind: z.enum([...Subject.shape.kind.options, 'rotation']),
})
export type AttentionSubject = z.infer<typeof AttentionSubject>

/** The fixed order of attention: the lower, the more urgent. Explained on request. */
export const attentionKinds = [
  'quorum',
  'state-stranded',
  'service-down',
  'update-paused',
  'rolled-back',
  'rotation-stopped',
  'service-degraded',
  'unplaced',
  'node-down',
  'stuck',
  'misplaced',
  'flapping',
  'replicas-on-local',
  'window-closed',
  'posture',
] as const
export const AttentionKind = z.enum(attentionKinds)
export type AttentionKind = z.infer<typeof AttentionKind>

/** One thing that needs a human. */
export const Attention = z
  .object({
    id: z.string().describe('Stable while the same thing needs the same human'),
    kind: AttentionKind,
    tone: z.enum(['critical', 'warning', 'neutral']),
    subject: AttentionSubject,
    title: z.string().describe("Such as 'payments-api is down'"),
    detail: z.string().describe("Such as '0 of 4 running'"),
    cause: z.string().nullable().describe("The swarm's own words, unedited"),
    since: Instant.nullable(),
  })
  .meta({ id: 'Attention' })
export type Attention = z.infer<typeof Attention>

const tones: readonly Attention['tone'][] = ['critical', 'warning', 'neutral']

/**
 * The order of every list of attention: by kind; within one what is critical first, then by
 * id, so that rows stay where they are. Of the rows alone: who has them has their order.
 */
export const compareAttention = (a: Attention, b: Attention): number =>
  attentionKinds.indexOf(a.kind) - attentionKinds.indexOf(b.kind) ||
  tones.indexOf(a.tone) - tones.indexOf(b.tone) ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Something that was observed to happen. */
export const Transition = z
  .object({
    id: z.number().int().describe('Grows by one; unique within an epoch'),
    at: Instant.describe('When the console observed it'),
    subject: Subject,
    tone: Tone,
    sentence: z.string(),
  })
  .meta({ id: 'Transition' })
export type Transition = z.infer<typeof Transition>
