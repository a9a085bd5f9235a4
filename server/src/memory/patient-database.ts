import { type Database, type DatabaseSettings, openDatabase } from './database.ts'
import { MemoryError } from './errors.ts'
import type { Log } from './log.ts'

/** Between two attempts to open it, in milliseconds: a locked file stops us for a while. */
const retryAfter = 15_000

/**
 * The database, also where it cannot be opened yet: a console without its memory still shows
 * the swarm, which is when it is needed most. Until it opens, and it is tried again and
 * again, whatever is asked of it throws the MemoryError that says what to mend.
 */
export async function patientDatabase(
  settings: DatabaseSettings,
  log: Log,
  pause = retryAfter,
): Promise<Database> {
  let database: Database | null = null
  let away = new MemoryError('The memory is closed.')
  let timer: NodeJS.Timeout | undefined
  let attempt = Promise.resolve()

  const tryToOpen = async () => {
    try {
      const opened = await openDatabase(settings)
      if (timer) log.info({ place: opened.place }, 'the memory is there again')
      database = opened
    } catch (error) {
      if (!(error instanceof MemoryError)) throw error
      if (error.message !== away.message) {
        log.warn(
          { reason: error.message },
          'nothing is kept, and no command is carried out',
        )
      }
      away = error
      timer = setTimeout(() => {
        attempt = tryToOpen().catch((err) => log.warn({ err }, 'the memory is lost'))
      }, pause).unref()
    }
  }
  await tryToOpen()

  const opened = (): Database => {
    if (database) return database
    throw away
  }
  return {
    get place() {
      return database?.place ?? (settings.url === null ? 'a file' : 'PostgreSQL')
    },
    get dialect() {
      return settings.url === null ? 'sqlite' : 'postgres'
    },
    get read() {
      return opened().read
    },
    write: async (work) => opened().write(work),
    close: async () => {
      clearTimeout(timer)
      await attempt
      clearTimeout(timer)
      await database?.close()
    },
  }
}
