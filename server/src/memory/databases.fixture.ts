import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, onTestFinished } from 'vitest'
import { type Database, openDatabase } from './database.ts'
import { type Postgres, postgresUnavailable, startPostgres } from './postgres.fixture.ts'

/** An empty database of a test, which is closed and removed after it. */
export type TestDatabase = {
  /** Opens it; as often as wanted, where it outlives being closed. */
  open(): Promise<Database>
}

type Kind = 'SQLite in memory' | 'SQLite in a file' | 'PostgreSQL'

/** For a server to start, or to stop, on a busy machine, in milliseconds. */
const patience = 60_000

/**
 * Describes the same on each database there is. Without a PostgreSQL it says so and goes on,
 * except where CI=true promises one.
 */
export function onEachDatabase(
  about: string,
  tests: (fresh: () => Promise<TestDatabase>, kind: Kind) => void,
) {
  describe(`${about}, SQLite in memory`, () => {
    const opened = closedAfterEach()
    tests(
      async () => ({ open: () => opened({ url: null, dir: null }) }),
      'SQLite in memory',
    )
  })

  describe(`${about}, SQLite in a file`, () => {
    const opened = closedAfterEach()
    tests(async () => {
      const dir = temporaryFolder()
      return { open: () => opened({ url: null, dir }) }
    }, 'SQLite in a file')
  })

  const missing = postgresUnavailable()
  if (missing && process.env.CI !== 'true') {
    describe.skip(`${about}, PostgreSQL (${missing})`, () =>
      tests(neverAsked, 'PostgreSQL'))
    return
  }
  describe(`${about}, PostgreSQL`, () => {
    let server: Postgres
    beforeAll(async () => {
      server = await startPostgres()
    }, patience)
    afterAll(() => server?.stop(), patience)
    const opened = closedAfterEach()
    tests(async () => {
      const url = await server.newDatabase()
      return { open: () => opened({ url, dir: null }) }
    }, 'PostgreSQL')
  })
}

const neverAsked = (): Promise<TestDatabase> => Promise.reject(new Error('skipped'))

function closedAfterEach(): typeof openDatabase {
  const open: Database[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((database) => database.close()))
  })
  return async (settings) => {
    const database = await openDatabase(settings)
    open.push(database)
    return database
  }
}

/** A folder that is removed after the test that asks for it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'skep-memory-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
