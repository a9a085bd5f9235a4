import { createHistory, type History } from './history.ts'
import { inWords } from './in-words.ts'
import { createJournal, type Journal } from './journal.ts'
import type { Log } from './log.ts'
import { createMaintenances, type Maintenances } from './maintenance.ts'
import { createOperations, type Operations } from './operations.ts'
import { patientDatabase } from './patient-database.ts'
import { createResidencies, type Residencies } from './residency.ts'
import { createRotations, type Rotations } from './rotations.ts'
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
  readonly residency: Residencies
  readonly maintenance: Maintenances
  readonly rotations: Rotations
  /**
   * Forgets what is older than the retention. To be called now and then, such as hourly.
   * @param existing ids of the services there are; null while nobody knows
   */
  prune(existing: ReadonlySet<string> | null): Promise<void>
  /** Writes what waits, and closes the database. */
  close(): Promise<void>
}

/**
 * Opens the memory, or goes on trying while the database is away: until then its functions
 * throw a MemoryError. Whatever the database refuses later is told as one, too.
 * @throws MemoryError that says what is wrong with the key file
 */
export async function openMemory<Tracking>(
  settings: MemorySettings,
): Promise<Memory<Tracking>> {
  const { databaseUrl, dataDir, secretKeyFile, retentionDays, now, log } = settings
  const vault = await openVault(secretKeyFile)
  const database = await patientDatabase({ url: databaseUrl, dir: dataDir }, log)
  const journal = inWords(createJournal(database, { retentionDays, now, log }))
  const operations = inWords(createOperations<Tracking>(database, { retentionDays, now }))
  const history = inWords(createHistory(database, { vault, retentionDays, now }))
  const maintenance = inWords(createMaintenances(database))
  const rotations = inWords(createRotations(database))
  const residency = inWords(createResidencies(database, { retentionDays, now }))
  return {
    get place() {
      return database.place
    },
    passing: databaseUrl === null && dataDir === null,
    journal,
    operations,
    history,
    residency,
    maintenance,
    rotations,
    prune: async (existing) => {
      const entries = await journal.prune()
      const commands = await operations.prune()
      const specs = await history.prune(existing)
      const stays = await residency.prune(existing)
      if (entries + commands + specs + stays === 0) return
      log.info(
        { entries, commands, specs, stays },
        'forgot what is older than the retention',
      )
    },
    close: async () => {
      await journal.close()
      await database.close()
    },
  }
}
