import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { advance, type Database, openDatabase } from './database.ts'
import { onEachDatabase, temporaryFolder } from './databases.fixture.ts'
import { aLog, anEntry } from './entries.fixture.ts'
import { MemoryError } from './errors.ts'
import { createJournal } from './journal.ts'
import { openMemory } from './memory.ts'

const mode = (path: string) => statSync(path).mode & 0o777

onEachDatabase('a database', (fresh, kind) => {
  test('keeps nothing of work that failed, and goes on', async () => {
    const database = await (await fresh()).open()
    const work = database.write(async (transaction) => {
      await advance(transaction, 'journal-id', 7)
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await database.write((one) => advance(one, 'journal-id', 1))).toBe(1)
  })

  test('does one work at a time, in the order in which it was asked for', async () => {
    const database = await (await fresh()).open()
    const seen: number[] = []
    await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        database.write(async (transaction) => {
          seen.push(i)
          expect(await advance(transaction, 'operation-number', 1)).toBe(i + 1)
          seen.push(i)
        }),
      ),
    )
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i >> 1))
  })

  if (kind !== 'SQLite in memory')
    test('of a newer console is left alone', async () => {
      const place = await fresh()
      const newer = await place.open()
      await sql`insert into kysely_migration (name, timestamp) values ('999-later', 'x')`.execute(
        newer.read,
      )
      await newer.close()
      await expect(place.open()).rejects.toThrow(/written by a newer Skep/)
    })

  if (kind === 'PostgreSQL')
    test('may break a connection at any time', async () => {
      const place = await fresh()
      const database = await place.open()
      const other = await place.open()
      const journal = createJournal(database, {
        retentionDays: 1,
        now: Date.now,
        log: aLog(),
      })
      await journal.append(anEntry())
      const broken = () =>
        sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(other.read)

      const pending = database.write(async (transaction) => {
        await broken()
        await advance(transaction, 'journal-id', 1)
      })
      await expect(pending).rejects.toThrow()
      await broken()
      journal.note([anEntry()])
      const appended = await Promise.allSettled(
        [1, 2, 3, 4].map(() => journal.append(anEntry())),
      )
      const refused = appended.filter(({ status }) => status === 'rejected').length
      expect(await journal.append(anEntry())).toBeGreaterThan(1)
      const { entries } = await journal.page({ limit: 100 })
      expect(entries).toHaveLength(1 + 1 + (4 - refused) + 1)
    })

  if (kind === 'PostgreSQL')
    test('has what is committed on its disk', async () => {
      const database = await (await fresh()).open()
      const settings = sql<{
        value: string
      }>`select current_setting('synchronous_commit') as value`
      await sql`do $$ begin execute
      format('alter database %I set synchronous_commit to off', current_database()); end $$`.execute(
        database.read,
      )
      const { rows } = await settings.execute(database.read)
      expect(rows).toEqual([{ value: 'on' }])
    })
})

describe('the file', () => {
  const opened = async (dir: string, use: (database: Database) => void) => {
    const database = await openDatabase({ url: null, dir })
    try {
      use(database)
    } finally {
      await database.close()
    }
  }

  test('is readable for nobody else, like its folder', async () => {
    const dir = join(temporaryFolder(), 'new', 'folder')
    await opened(dir, ({ place }) => {
      expect(place).toBe(join(dir, 'skep.db'))
      expect(mode(dir)).toBe(0o700)
      for (const name of ['skep.db', 'skep.db-wal', 'skep.db-shm']) {
        expect(mode(join(dir, name))).toBe(0o600)
      }
    })
  })

  test('that was readable is so no more; a folder that was there stays as it is', async () => {
    const dir = temporaryFolder()
    chmodSync(dir, 0o755)
    writeFileSync(join(dir, 'skep.db'), '', { mode: 0o644 })
    await opened(dir, () => {
      expect(mode(join(dir, 'skep.db'))).toBe(0o600)
      expect(mode(dir)).toBe(0o755)
    })
  })

  test('syncs the disk at each commit', async () => {
    const database = await openDatabase({ url: null, dir: temporaryFolder() })
    const pragma = async (name: string) => {
      const { rows } = await sql
        .raw<Record<string, unknown>>(`pragma ${name}`)
        .execute(database.read)
      return rows[0]
    }
    expect(await pragma('synchronous')).toEqual({ synchronous: 2 })
    expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' })
    await database.close()
  })

  test.each([
    {
      what: 'a folder below a file',
      make: (dir: string) => {
        writeFileSync(join(dir, 'file'), '')
        return join(dir, 'file', 'data')
      },
      words: /a part of that path is a file.*SKEP_DATA_DIR/,
    },
    {
      what: 'a folder in its place',
      make: (dir: string) => {
        mkdirSync(join(dir, 'skep.db'))
        return dir
      },
      words: /that is a folder/,
    },
    {
      what: 'something else in its place',
      make: (dir: string) => {
        writeFileSync(join(dir, 'skep.db'), 'a shopping list, not a database, '.repeat(100))
        return dir
      },
      words: /damaged, or is no SQLite database/,
    },
  ])('says what is wrong with $what', async ({ make, words }) => {
    const dir = make(temporaryFolder())
    const opening = openDatabase({ url: null, dir })
    await expect(opening).rejects.toThrow(MemoryError)
    await expect(opening).rejects.toThrow(words)
  })

  test('says that it may not write', async () => {
    // Not even root may, unlike in a folder without the permission.
    const opening = openDatabase({ url: null, dir: '/proc/self/fdinfo' })
    await expect(opening).rejects.toThrow(/^Skep cannot keep its memory in \/proc/)
  })
})

describe('a server', () => {
  test.each(['mysql://x', 'db.example', '', 'file:///etc/passwd'])(
    'is not named by %j',
    async (url) => {
      const opening = openDatabase({ url, dir: null })
      await expect(opening).rejects.toThrow(/SKEP_DATABASE_URL is no address/)
    },
  )

  test('that is not there is named, without the password', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const address = holder.address()
    const port = typeof address === 'object' ? address?.port : 0
    await new Promise((resolve) => holder.close(resolve))

    const opening = openDatabase({
      url: `postgres://skep:hunter2@127.0.0.1:${port}/skep`,
      dir: null,
    })
    await expect(opening).rejects.toThrow(
      `Skep cannot keep its memory in PostgreSQL at 127.0.0.1:${port}/skep: no server answers there.`,
    )
    await expect(opening).rejects.not.toThrow(/hunter2/)
  })
})

describe('the memory', () => {
  const settings = {
    databaseUrl: null,
    dataDir: null,
    secretKeyFile: null,
    retentionDays: 90,
    now: Date.now,
    log: aLog(),
  }

  test('is one door to all of it, and forgets all of it by age', async () => {
    const log = aLog()
    const memory = await openMemory<null>({ ...settings, log })
    expect(memory).toMatchObject({ place: 'memory', passing: true })
    await memory.journal.append(anEntry({ at: '2020-01-01T00:00:00Z' }))
    await memory.prune(null)
    expect((await memory.journal.page({ limit: 1 })).entries).toEqual([])
    expect(log.lines).toEqual(['forgot what is older than the retention'])
    await memory.close()
  })

  test('writes what waits before it closes', async () => {
    const dataDir = temporaryFolder()
    const memory = await openMemory<null>({ ...settings, dataDir })
    memory.journal.note([anEntry()])
    await memory.close()
    expect(existsSync(join(dataDir, 'skep.db'))).toBe(true)
    const again = await openMemory<null>({ ...settings, dataDir })
    expect((await again.journal.page({ limit: 1 })).entries).toHaveLength(1)
    await again.close()
  })
})
