import { z } from 'zod'
import { Tone } from './attention.ts'
import { Instant } from './instant.ts'
import { FieldChange, Reference } from './preview.ts'

/**
 * One line of the journal: something a person did through the console, or something the
 * swarm was seen to do. In the order in which it was written.
 */
export const JournalEntry = z
  .object({
    id: z.number().int(),
    at: Instant,
    kind: z.enum(['action', 'outcome', 'transition', 'spec']),
    tone: Tone,
    subject: Reference,
    related: z
      .array(Reference)
      .describe('What else it concerns, such as the node of a task'),
    slot: z.string().nullable().describe('Key of the slot, for transitions of one'),
    sentence: z.string(),
    cause: z.string().nullable().describe("The swarm's own words, unedited"),
    actor: z.string().nullable().describe('Who, for what a person did here'),
    operation: z.string().nullable().describe('Id of the operation that it belongs to'),
  })
  .meta({ id: 'JournalEntry' })
export type JournalEntry = z.infer<typeof JournalEntry>

/** A page of the journal, newest first. */
export const JournalPage = z
  .object({
    entries: z.array(JournalEntry),
    next: z.number().int().nullable().describe('Pass as `before` for the page after this'),
    since: Instant.nullable().describe('From when on the console has watched and kept'),
    retentionDays: z.number(),
  })
  .meta({ id: 'JournalPage' })
export type JournalPage = z.infer<typeof JournalPage>

/** A change in the hour before an instant, with why it is thought to matter. */
export const SuspectChange = z
  .object({
    entry: JournalEntry,
    closeness: z
      .enum(['same', 'related', 'node', 'swarm', 'other'])
      .describe('How near it is to the failing thing: itself, what it uses, where it ran'),
    why: z.string(),
    minutesBefore: z.number(),
  })
  .meta({ id: 'SuspectChange' })
export type SuspectChange = z.infer<typeof SuspectChange>

export const SuspectChanges = z
  .object({ at: Instant, subject: Reference.nullable(), changes: z.array(SuspectChange) })
  .meta({ id: 'SuspectChanges' })
export type SuspectChanges = z.infer<typeof SuspectChanges>

/** One version of a service's spec, as it was seen. */
export const SpecVersion = z
  .object({
    version: z.number().int().describe('Counted by the console, from 1 for each service'),
    specIndex: z.number().int().describe('Raft index under which it was first seen'),
    seenAt: Instant,
    image: z.string(),
    actor: z.string().nullable().describe('Who caused it, if it was asked for here'),
    operation: z.string().nullable(),
    changes: z.array(FieldChange).describe('Against the version before'),
    current: z.boolean(),
    rollbackTarget: z.boolean(),
    restorable: z
      .boolean()
      .describe('Whether it is kept whole: environment values need a key to be kept'),
  })
  .meta({ id: 'SpecVersion' })
export type SpecVersion = z.infer<typeof SpecVersion>

export const SpecHistory = z
  .object({
    service: z.string(),
    versions: z.array(SpecVersion).describe('Newest first'),
  })
  .meta({ id: 'SpecHistory' })
export type SpecHistory = z.infer<typeof SpecHistory>
