import { Kysely, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import { codeOf, MemoryError, wordsOf } from './errors.ts'
import { migrations } from './migrations/list.ts'
import { postgres } from './postgres.ts'
import type { MarkName, Tables } from './schema.ts'
import { sqlite } from './sqlite.ts'

export type Dialect = 'sqlite' | 'postgres'

/** The one door to what outlives a restart. */
export type Database = {
  readonly dialect: Dialect
  /** Where it is, for people; without a password. */
  readonly place: string
  /** Ask for it at each use: while the database is away it throws. @see patient-database.ts */
  readonly read: Kysely<Tables>
  /**
   * Does work in a transaction, one at a time and in the order in which it was asked for.
   * Once the promise resolves, the work survives the loss of the process and of power.
   * @throws whatever the work or the database throws; then nothing of it is kept
   */
  write<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type DatabaseSettings = {
  /** A postgres:// URL; null for a file in `dir`. */
  url: string | null
  /** Folder of the file, made where there is none; null to remember until the end only. */
  dir: string | null
}

/**
 * Opens the database and brings its tables up to date.
 * @throws MemoryError that says what is wrong with the folder or the server, and what to do
 */
export async function openDatabase({ url, dir }: DatabaseSettings): Promise<Database> {
  const { dialect, place, driver, explain } =
    url === null ? await sqlite(dir) : await postgres(url)
  const read = new Kysely<Tables>({ dialect: driver })
  const provider = { getMigrations: async () => migrations(dialect) }
  const { error } = await new Migrator({ db: read, provider }).migrateToLatest()
  if (error !== undefined) {
    await read.destroy()
    throw new MemoryError(
      wordsOf(error).startsWith('corrupted migrations')
        ? `${place} was written by a newer Skep. Start that one, or name another place.`
        : explain(error),
    )
  }

  let last: Promise<unknown> = Promise.resolve()
  const write: Database['write'] = (work) => {
    const mine = last.then(() => read.transaction().execute(work))
    last = mine.catch(() => undefined)
    return mine
  }
  const close = async () => {
    await last
    await read.destroy()
  }
  return { dialect, place, read, write, close }
}

/**
 * Adds to a mark and answers its new value. It holds the row until the transaction ends, so
 * the writers of several consoles on one server wait for each other: what is numbered by a
 * mark becomes visible in the order of its numbers, which are never given twice.
 */
export async function advance(
  transaction: Transaction<Tables>,
  name: MarkName,
  by: number,
): Promise<number> {
  const { value } = await transaction
    .updateTable('marks')
    .set((row) => ({ value: row('value', '+', by) }))
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}

/**
 * Whether the database refuses what is to be written, whenever it is tried: the words do not
 * fit its columns. Anything else may pass.
 */
export function isRefusal(error: unknown): boolean {
  return /^(2[23]\w{3}|SQLITE_(CONSTRAINT|MISMATCH|TOOBIG).*)$/.test(codeOf(error))
}
