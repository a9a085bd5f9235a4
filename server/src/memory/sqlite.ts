import { closeSync, fchmodSync, mkdirSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Dialect as Driver, SqliteDialect } from 'kysely'
import { codeOf, MemoryError, wordsOf } from './errors.ts'

/** What database.ts needs of a dialect. */
export type Opened<Name extends string> = {
  dialect: Name
  place: string
  driver: Driver
  /** A failure to open it, in words that say what to do. */
  explain(error: unknown): string
}

/**
 * Waiting for a lock stops the whole process, since SQLite is called in place; nobody but a
 * backup should ever hold one. In milliseconds.
 */
const lockPatience = 2_000

/** `skep.db` in a folder that is ours alone, or a database in memory where there is none. */
export async function sqlite(dir: string | null): Promise<Opened<'sqlite'>> {
  const place = dir === null ? 'memory' : join(resolve(dir), 'skep.db')
  const explain = (error: unknown) => explained(error, place)
  try {
    if (dir !== null) keepPrivate(dir, place)
    const { default: BetterSqlite } = await import('better-sqlite3')
    const database = new BetterSqlite(dir === null ? ':memory:' : place, {
      timeout: lockPatience,
    })
    try {
      database.pragma('journal_mode = WAL')
      // NORMAL would lose what was last committed when the power fails. Each commit costs a
      // sync of the disk: one per batch of transitions, which is twenty a second at most.
      database.pragma('synchronous = FULL')
      // In pages of 4 KiB. A batch touches pages all over the indexes; the more batches wait
      // for a checkpoint, the fewer times the same page is written to the file.
      database.pragma('wal_autocheckpoint = 8000')
      database.pragma('journal_size_limit = 67108864')
    } catch (error) {
      database.close()
      throw error
    }
    return { dialect: 'sqlite', place, driver: new SqliteDialect({ database }), explain }
  } catch (error) {
    throw new MemoryError(explain(error))
  }
}

/** A folder that was there keeps its mode: it may be everybody's, such as /tmp. */
function keepPrivate(dir: string, file: string) {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  // SQLite gives the files beside it, which hold the same rows, the mode of this one.
  const handle = openSync(file, 'a', 0o600)
  fchmodSync(handle, 0o600)
  closeSync(handle)
}

function explained(error: unknown, place: string): string {
  const start = `Skep cannot keep its memory in ${place}:`
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
      return `${start} it may not write there. Let the user that runs Skep write to that folder, or name another with SKEP_DATA_DIR.`
    case 'ENOTDIR':
    case 'EEXIST':
      return `${start} a part of that path is a file. Name a folder with SKEP_DATA_DIR.`
    case 'EISDIR':
      return `${start} that is a folder. Name another with SKEP_DATA_DIR.`
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return `${start} the disk is full.`
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `${start} the file there is damaged, or is no SQLite database. Put a backup in its place, or move it away to begin anew.`
    case 'SQLITE_BUSY':
      return `${start} another program holds it locked. Is a second Skep running?`
    default:
      return `${start} ${wordsOf(error)}`
  }
}
