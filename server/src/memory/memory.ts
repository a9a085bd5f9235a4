import { openDatabase } from './database.ts'
import { createHistory, type History } from './history.ts'
import { createJournal, type Journal } from './journal.ts'
import type { Log } from './log.ts'
import { createOperations, type Operations } from './operations.ts'
import { openVault } from './vault.ts'

export type MemorySettings = {
  /** A postgres:// URL; null for a file in `dataDir`. */
  databaseUrl: string | null
  /** Folder of the file; null to remember until the end of the process only. */
  dataDir: string | null
  /** File of the key that seals specs; null to keep none that holds something hidden. */
  secretKeyFile: string | null
  retentionDays: number
  /** The present, in milliseconds. */
  now: () => number
  log: Log
}

/** All that outlives a restart of the console. */
export type Memory<Tracking> = {
  /** Where it is, for people; without a password. */
  readonly place: string
  /** Whether it is gone with the process. */
  readonly passing: boolean
  readonly journal: Journal
  readonly operations: Operations<Tracking>
  readonly history: History
  /**
   * Forgets what is older than the retention. To be called now and then, such as hourly.
   * @param existing ids of the services there are; null while nobody knows
   */
  prune(existing: ReadonlySet<string> | null): Promise<void>
  /** Writes what waits, and closes the database. */
  close(): Promise<void>
}

/** @throws MemoryError that says what to mend */
export async function openMemory<Tracking>(
  settings: MemorySettings,
): Promise<Memory<Tracking>> {
  const { databaseUrl, dataDir, secretKeyFile, retentionDays, now, log } = settings
  const vault = await openVault(secretKeyFile)
  const database = await openDatabase({ url: databaseUrl, dir: dataDir })
  const journal = createJournal(database, { retentionDays, now, log })
  const operations = createOperations<Tracking>(database, { retentionDays, now })
  const history = createHistory(database, { vault, retentionDays, now })
  return {
    place: database.place,
    passing: databaseUrl === null && dataDir === null,
    journal,
    operations,
    history,
    prune: async (existing) => {
      const entries = await journal.prune()
      const commands = await operations.prune()
      const specs = await history.prune(existing)
      if (entries + commands + specs === 0) return
      log.info({ entries, commands, specs }, 'forgot what is older than the retention')
    },
    close: async () => {
      await journal.close()
      await database.close()
    },
  }
}
