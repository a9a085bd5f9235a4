import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PostgreSQL server of a test, with one empty database after the other. */
export type Postgres = {
  /** URL of a new, empty database. */
  newDatabase(): Promise<string>
  stop(): Promise<void>
}

/** Debian keeps each version to itself, beside PATH. The newest one. */
function binaries(): string | null {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root) : []
  const newest = versions.sort((a, b) => Number(b) - Number(a))
  const folders = newest.map((version) => join(root, version, 'bin'))
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null
}

/** Why there is no PostgreSQL to test against, in one line; null where there is one. */
export const postgresUnavailable = (): string | null =>
  process.env.SKEP_TEST_POSTGRES_URL || binaries()
    ? null
    : 'no PostgreSQL: set SKEP_TEST_POSTGRES_URL, or install the package postgresql'

/**
 * The server of SKEP_TEST_POSTGRES_URL, whose user may create databases, or one of our own:
 * in a temporary folder, on a socket in it and no port, gone with this process. It syncs no
 * disk unless `durable`.
 */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const given = process.env.SKEP_TEST_POSTGRES_URL
  if (given) return databasesOf(given)
  const bin = binaries()
  if (!bin) throw new Error(`${postgresUnavailable()}`)

  const folder = mkdtempSync(join(tmpdir(), 'skep-postgres-'))
  const data = join(folder, 'data')
  const as = unprivileged(folder)
  const kind = ['-U', 'skep', '-A', 'trust', '-E', 'UTF8', '--locale', 'C', '--no-sync']
  execFileSync(join(bin, 'initdb'), ['-D', data, ...kind], { ...as, stdio: 'pipe' })

  const serve = [join(bin, 'postgres'), '-D', data, '-k', folder, '-h', '']
  if (!durable) serve.push('-F')
  // It ends with the pipe, which is closed when we are killed: at once, as nothing is kept.
  const guard = '"$@" & server=$!; cat > /dev/null; kill -QUIT $server; wait $server'
  const server = spawn('sh', ['-c', guard, 'sh', ...serve], {
    ...as,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  await ready(server)
  const { newDatabase } = databasesOf(`postgres://skep@localhost/postgres?host=${folder}`)
  return {
    newDatabase,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('close', resolve))
      server.stdin?.end()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root: then as the user that its package has made. */
function unprivileged(folder: string): { uid?: number; gid?: number; cwd: string } {
  if (process.getuid?.() !== 0) return { cwd: folder }
  const number = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const as = { uid: number('-u'), gid: number('-g'), cwd: folder }
  chownSync(folder, as.uid, as.gid)
  return as
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.on('data', (bytes: Buffer) => {
      said += bytes
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('close', () => reject(new Error(`PostgreSQL did not start: ${said}`)))
  })
}

/** Databases of a server that goes on: stopping only removes them. */
function databasesOf(url: string): Postgres {
  const names: string[] = []
  const tell = async (...commands: string[]) => {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (const command of commands) await client.query(command)
    await client.end()
  }
  return {
    newDatabase: async () => {
      const name = `skep_test_${process.pid}_${Date.now()}_${names.length}`
      await tell(`create database ${name} encoding 'UTF8' template template0`)
      names.push(name)
      const own = new URL(url)
      own.pathname = `/${name}`
      return own.href
    },
    stop: () =>
      tell(...names.splice(0).map((name) => `drop database ${name} with (force)`)),
  }
}
