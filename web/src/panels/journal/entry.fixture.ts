import type { JournalEntry, JournalPage } from '@skep/shared/contract/journal'

/** A valid entry for tests; a test names only what it is about. */
export const anEntry = (fields: Partial<JournalEntry> = {}): JournalEntry => ({
  id: 1,
  at: '2026-11-21T12:02:31.000Z',
  kind: 'transition',
  tone: 'neutral',
  subject: { kind: 'service', name: 'web' },
  related: [],
  slot: null,
  sentence: 'web converged',
  cause: null,
  actor: null,
  operation: null,
  ...fields,
})

/** A page of entries with these ids, newest first. */
export const aPage = (ids: readonly number[], next: number | null): JournalPage => ({
  entries: ids.map((id) => anEntry({ id })),
  next,
  since: '2026-11-20T08:00:00.000Z',
  retentionDays: 90,
})
