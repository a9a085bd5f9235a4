import { PostgresDialect } from 'kysely'
import { codeOf, MemoryError, wordsOf } from './errors.ts'
import type { Opened } from './sqlite.ts'

/** The longest wait for a connection, in milliseconds: a press must not hang on it. */
const connectPatience = 5_000
/** The longest wait for an answer, in milliseconds. */
const answerPatience = 30_000
const connections = 4

/** int8, which the driver reads as text: ids and milliseconds both fit a number. */
const wideInteger = 20

/** A PostgreSQL server by its URL, which may hold a password and is never repeated. */
export async function postgres(url: string): Promise<Opened<'postgres'>> {
  const place = placeOf(url)
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectPatience,
    query_timeout: answerPatience,
    keepAlive: true,
    application_name: 'skep',
    onConnect: (client) => {
      client.on('error', () => undefined)
      return client.query(durably)
    },
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === wideInteger ? Number : pg.types.getTypeParser(oid, format),
    },
  })
  // A connection that breaks tells whoever waits on it. The event is for nobody, but an
  // `error` without a listener would end the process.
  pool.on('error', () => undefined)
  const explain = (error: unknown) => explained(error, place)
  try {
    const { rows } = await pool.query<{ server_encoding: string }>('show server_encoding')
    const encoding = rows[0]?.server_encoding
    if (encoding !== 'UTF8') {
      throw new Error(
        `it is encoded in ${encoding}, which cannot hold every name. Create one with ENCODING 'UTF8'.`,
      )
    }
  } catch (error) {
    await pool.end()
    throw new MemoryError(explain(error))
  }
  return { dialect: 'postgres', place, driver: new PostgresDialect({ pool }), explain }
}

/** Where the server would answer before a write is on its disk, it is asked not to. */
const durably = `select set_config('synchronous_commit', 'on', false)
  where current_setting('synchronous_commit') = 'off'`

function placeOf(url: string): string {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new MemoryError(
      'SKEP_DATABASE_URL is no address of a PostgreSQL server, such as postgres://skep@db.example:5432/skep. Leave it out to use a file in SKEP_DATA_DIR.',
    )
  }
  // An address without a host, which the driver takes, is none to the parser.
  if (!URL.canParse(url)) return 'PostgreSQL'
  const { host, pathname, searchParams } = new URL(url)
  return `PostgreSQL at ${searchParams.get('host') ?? host}${pathname}`
}

function explained(error: unknown, place: string): string {
  const start = `Skep cannot keep its memory in ${place}:`
  const end = 'Look at SKEP_DATABASE_URL.'
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
    case 'ENOENT':
    case 'ECONNRESET':
      return `${start} no server answers there. Start it, or correct SKEP_DATABASE_URL.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${start} that name is not known here. ${end}`
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${start} the server cannot be reached. ${end}`
    case '28P01':
    case '28000':
      return `${start} the server refuses the user or the password. ${end}`
    case '3D000':
      return `${start} there is no such database. Create it with ENCODING 'UTF8'.`
    case '42501':
      return `${start} the user may not create tables. Make it the owner of the database.`
    default:
      return `${start} ${wordsOf(error)}`
  }
}
