import type { JournalEntry } from '@skep/shared/contract/journal'
import type { Operation, OperationState } from '@skep/shared/contract/operation'

/**
 * The tables, the same in both dialects: instants as the text that came in, with
 * milliseconds beside it where they are compared (text of different precision does not
 * sort); what is only read whole as JSON.
 */
export type Tables = {
  marks: MarkTable
  journal: JournalTable
  journal_reference: ReferenceTable
  operations: OperationTable
  spec_versions: SpecVersionTable
  residency: ResidencyTable
  maintenance: MaintenanceTable
  rotations: RotationTable
}

/** Numbers that there is one of: the last id of the journal, since when we watch. */
export type MarkTable = { name: MarkName; value: number }
export type MarkName = 'journal-id' | 'operation-number' | 'watching-since'

export type JournalTable = {
  id: number
  at: string
  at_ms: number
  kind: JournalEntry['kind']
  tone: JournalEntry['tone']
  subject_kind: JournalEntry['subject']['kind']
  subject_name: string
  /** JSON of Reference[]. */
  related: string
  slot: string | null
  sentence: string
  cause: string | null
  actor: string | null
  operation: string | null
}

/**
 * Which entries concern a service or a node: as their subject, or as related. Repeats what
 * a page is filtered by, so that no filter makes it read the entries of everybody.
 */
export type ReferenceTable = {
  kind: IndexedKind
  name: string
  entry_id: number
  entry_kind: JournalEntry['kind']
  /** Of a service; nobody asks a node for a slot, and each indexed one costs a write. */
  slot: string | null
}
export type IndexedKind = 'service' | 'node'

export type OperationTable = {
  id: string
  /** In the order in which they were asked for. */
  number: number
  subject_kind: Operation['subject']['kind']
  subject_name: string
  state: OperationState
  requested_ms: number
  /** JSON of the contract's Operation. */
  operation: string
  /** JSON of what its tracker needs after a restart. */
  tracking: string
}

export type SpecVersionTable = {
  service_id: string
  version: number
  service: string
  spec_index: number
  seen_at: string
  seen_ms: number
  fingerprint: string
  image: string
  /** JSON of FieldChange[], in which secret material never is. */
  changes: string
  actor: string | null
  operation: string | null
  /** The spec as the engine wrote it: sealed, or JSON where nothing in it is secret. */
  document: string | null
  /** Which key it is sealed with; null where it is not sealed. */
  key_id: string | null
}

/** Where the node-local volumes of each service were, one row for each service. */
export type ResidencyTable = {
  service_id: string
  /** Its name, by which a service that is deployed anew finds where its data was. */
  service: string
  /** JSON of Stay[], newest first. */
  stays: string
}

export type MaintenanceTable = {
  id: string
  node_id: string
  started_at: string
  ended_at: string | null
  /** JSON of the contract's Maintenance. */
  maintenance: string
}

export type RotationTable = {
  id: string
  started_at: string
  ended_at: string | null
  /** JSON of a RotationRecord, in which no value ever is. */
  rotation: string
  /** Grows by one with every write. */
  revision: number
}
