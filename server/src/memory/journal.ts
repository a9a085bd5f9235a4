import type { JournalEntry, JournalPage } from '@skep/shared/contract/journal'
import { sql } from 'kysely'
import { advance, type Database } from './database.ts'
import { entryOf, keyed, type NewEntry, rowsOf } from './journal-rows.ts'
import { createWriter } from './journal-writer.ts'
import type { Log } from './log.ts'
import type { IndexedKind } from './schema.ts'

export type { NewEntry } from './journal-rows.ts'

/** What a page is about; without any of it, everything. */
export type PageQuery = {
  service?: string | undefined
  node?: string | undefined
  kind?: JournalEntry['kind'] | undefined
  /** Key of a slot of the service; not looked at without one. */
  slot?: string | undefined
  /** Who acted; with a service or a node, not looked at. */
  actor?: string | undefined
  /** Instants, both included. */
  from?: string | undefined
  to?: string | undefined
  /** The `next` of the page before this one. */
  before?: number | undefined
  limit: number
}

/** What people did through the console, and what the swarm was seen to do, in order. */
export type Journal = {
  /**
   * Writes an entry, after all that was handed over before it. Answers its id once it would
   * survive the loss of power. @throws MemoryError when it cannot be written now
   */
  append(entry: NewEntry): Promise<number>
  /** Takes what was observed, to be written within a quarter of a second. */
  note(entries: readonly NewEntry[]): void
  /** Newest first. What was noted in the last quarter of a second may be missing. */
  page(query: PageQuery): Promise<JournalPage>
  /** Entries of a span of time, both ends included, newest first. */
  between(from: string, to: string, limit: number): Promise<JournalEntry[]>
  /** Writes what waits. @throws when it cannot */
  flush(): Promise<void>
  /** Forgets what is older than the retention; answers how many entries that were. */
  prune(): Promise<number>
  /** Writes what waits, if it can. Leaves the database open. */
  close(): Promise<void>
}

export type JournalSettings = {
  retentionDays: number
  /** The present, in milliseconds. */
  now: () => number
  log: Log
}

/** `since`: the least id. */
type Bounded = PageQuery & { since?: number }

const day = 86_400_000
const mostInPage = 500
/** Rows of one insert. SQLite takes 32,766 parameters. */
const rowsAtOnce = 2_000
/** Entries forgotten in one transaction: about 30 ms of SQLite. */
const forgottenAtOnce = 1_000

/** The index of what is no transition serves a query only that says so in the same words. */
const transition = sql.lit<JournalEntry['kind']>('transition')
const isRare = (kind: PageQuery['kind']) => kind !== undefined && kind !== 'transition'

export function createJournal(database: Database, settings: JournalSettings): Journal {
  const { retentionDays, now, log } = settings

  const store = (entries: readonly NewEntry[]) =>
    database.write(async (transaction) => {
      const last = await advance(transaction, 'journal-id', entries.length)
      const first = last - entries.length + 1
      const rows = entries.map((entry, index) => rowsOf(entry, first + index, now()))
      const journal = rows.map(({ entry }) => entry)
      await transaction.insertInto('journal').values(journal).execute()
      const references = rows.flatMap((row) => row.references)
      for (let at = 0; at < references.length; at += rowsAtOnce) {
        const some = references.slice(at, at + rowsAtOnce)
        await transaction.insertInto('journal_reference').values(some).execute()
      }
      return journal.map(({ id }) => id)
    })
  const writer = createWriter(store, now, log)

  /** The newest ids of what concerns a service or a node, from the index alone. */
  const concerning = (kind: IndexedKind, name: string, query: Bounded, most: number) => {
    let ids = database.read
      .selectFrom('journal_reference as reference')
      .select('reference.entry_id')
      .where('reference.kind', '=', kind)
      .where('reference.name', '=', keyed(name))
      .orderBy('reference.entry_id', 'desc')
      .limit(most)
    if (query.kind !== undefined) ids = ids.where('reference.entry_kind', '=', query.kind)
    if (isRare(query.kind)) ids = ids.where('reference.entry_kind', '<>', transition)
    if (kind === 'service' && query.slot !== undefined) {
      ids = ids.where('reference.slot', '=', keyed(query.slot))
    }
    if (query.before !== undefined) {
      ids = ids.where('reference.entry_id', '<', query.before)
    }
    if (query.since !== undefined) {
      ids = ids.where('reference.entry_id', '>=', query.since)
    }
    if (kind === 'node' || query.node === undefined) return ids
    const node = keyed(query.node)
    return ids.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('journal_reference as other')
          .select('other.entry_id')
          .where('other.kind', '=', 'node')
          .where('other.name', '=', node)
          .whereRef('other.entry_id', '=', 'reference.entry_id'),
      ),
    )
  }

  /** The id of the first entry that is no older than an instant, or none. */
  const firstFrom = async (at: number): Promise<number | undefined> => {
    const first = await database.read
      .selectFrom('journal')
      .select('id')
      .where('at_ms', '>=', at)
      .orderBy('at_ms')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    return first?.id
  }

  /** The query with its instants as ids, which are in the order of the writing. */
  const bounded = async (query: PageQuery): Promise<Bounded> => {
    const { from, to, before = Number.MAX_SAFE_INTEGER } = query
    const after = to === undefined ? undefined : await firstFrom(Date.parse(to) + 1)
    const since = from === undefined ? 0 : await firstFrom(Date.parse(from))
    return {
      ...query,
      before: Math.min(before, after ?? before),
      since: since ?? Number.MAX_SAFE_INTEGER,
    }
  }

  const page = async (asked: PageQuery): Promise<JournalPage> => {
    const query = await bounded(asked)
    const limit = Math.max(1, Math.min(query.limit, mostInPage))
    let entries = database.read.selectFrom('journal').selectAll().orderBy('id', 'desc')
    if (query.service !== undefined) {
      const ids = concerning('service', query.service, query, limit + 1)
      entries = entries.where('id', 'in', ids)
    } else if (query.node !== undefined) {
      entries = entries.where('id', 'in', concerning('node', query.node, query, limit + 1))
    } else {
      if (query.kind !== undefined) entries = entries.where('kind', '=', query.kind)
      if (isRare(query.kind)) entries = entries.where('kind', '<>', transition)
      if (query.actor !== undefined) entries = entries.where('actor', '=', query.actor)
      if (query.before !== undefined) entries = entries.where('id', '<', query.before)
      if (query.since !== undefined) entries = entries.where('id', '>=', query.since)
    }
    const rows = await entries.limit(limit + 1).execute()
    const shown = rows.slice(0, limit)
    return {
      entries: shown.map(entryOf),
      next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
      since: await since(),
      retentionDays,
    }
  }

  const since = async () => {
    const mark = await database.read
      .selectFrom('marks')
      .select('value')
      .where('name', '=', 'watching-since')
      .executeTakeFirstOrThrow()
    return new Date(Math.max(mark.value, now() - retentionDays * day)).toISOString()
  }

  const between = async (from: string, to: string, limit: number) => {
    const rows = await database.read
      .selectFrom('journal')
      .selectAll()
      .where('at_ms', '>=', Date.parse(from))
      .where('at_ms', '<=', Date.parse(to))
      .orderBy('at_ms', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(entryOf)
  }

  /** The oldest of what is too old, in a transaction of its own. */
  const forgetSome = () =>
    database.write(async (transaction) => {
      const old = await transaction
        .selectFrom('journal')
        .select('id')
        .where('at_ms', '<', now() - retentionDays * day)
        .orderBy('at_ms')
        .limit(forgottenAtOnce)
        .execute()
      if (old.length === 0) return 0
      const ids = old.map(({ id }) => id)
      await transaction
        .deleteFrom('journal_reference')
        .where('entry_id', 'in', ids)
        .execute()
      await transaction.deleteFrom('journal').where('id', 'in', ids).execute()
      return ids.length
    })

  const prune = async () => {
    let forgotten = 0
    for (let some = await forgetSome(); some > 0; some = await forgetSome()) {
      forgotten += some
      // SQLite answers without ever leaving the turn; others have work to do.
      await new Promise((resume) => setImmediate(resume))
    }
    return forgotten
  }

  const { append, note, flush, close } = writer
  return { append, note, page, between, flush, prune, close }
}
