import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from './databases.fixture.ts'
import { aLog, anEntry } from './entries.fixture.ts'
import { MemoryError } from './errors.ts'
import { inWords } from './in-words.ts'
import { createJournal } from './journal.ts'
import { openMemory } from './memory.ts'
import { patientDatabase } from './patient-database.ts'

/** A folder in the place of the file keeps it from being opened until it is gone. */
function blocked() {
  const dir = temporaryFolder()
  const inTheWay = join(dir, 'skep.db')
  mkdirSync(inTheWay)
  return { dir, mend: () => rmdirSync(inTheWay) }
}

test('it opens without its database, says why, and takes what waited once it is there', async () => {
  const { dir, mend } = blocked()
  const log = aLog()
  const database = await patientDatabase({ url: null, dir }, log, 10)
  const journal = createJournal(database, { retentionDays: 90, now: Date.now, log })
  journal.note([anEntry({ sentence: 'seen while nothing was kept' })])
  await expect(journal.append(anEntry())).rejects.toThrow(/that is a folder/)
  await expect(journal.page({ limit: 1 })).rejects.toThrow(MemoryError)
  expect(log.lines[0]).toBe('nothing is kept, and no command is carried out')

  mend()
  await vi.waitFor(() => expect(log.lines).toContain('the memory is there again'))
  await journal.flush()
  const { entries } = await journal.page({ limit: 10 })
  expect(entries).toMatchObject([{ sentence: 'seen while nothing was kept' }])
  await journal.close()
  await database.close()
})

test('the whole memory can be asked while it is away, and closed', async () => {
  const memory = await openMemory<null>({
    databaseUrl: null,
    dataDir: blocked().dir,
    secretKeyFile: null,
    retentionDays: 90,
    now: Date.now,
    log: aLog(),
  })
  await expect(memory.operations.open()).rejects.toThrow(MemoryError)
  await expect(memory.history.versions('web')).rejects.toThrow(MemoryError)
  await expect(memory.prune(null)).rejects.toThrow(MemoryError)
  await memory.close()
})

test.each([
  ['a code', Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })],
  ['plain words', new Error('timeout exceeded when trying to connect')],
])(
  'what the database refuses with %s is told as the memory being away',
  async (_, error) => {
    const door = inWords({ page: () => Promise.reject(error), note: () => 'at once' })
    await expect(door.page()).rejects.toThrow(MemoryError)
    await expect(door.page()).rejects.toThrow(error.message)
    expect(door.note()).toBe('at once')
  },
)

test('a fault of our own is not laid at the door of the database', async () => {
  const door = inWords({ page: () => Promise.reject(new TypeError('x is not a function')) })
  await expect(door.page()).rejects.toThrow(TypeError)
})
