import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseSettings, openDatabase } from '../../server/src/memory/database.ts'
import {
  createJournal,
  type Journal,
  type NewEntry,
  type PageQuery,
} from '../../server/src/memory/journal.ts'
import {
  postgresUnavailable,
  startPostgres,
} from '../../server/src/memory/postgres.fixture.ts'
import type { Figure, Findings } from './figure.ts'
import type { Measure } from './options.ts'
import { type Spread, spreadOf } from './spread.ts'

/** Rows in a second that the journal must take, and milliseconds that a page may. */
const target = { rows: 5_000, page: 50 }

/** What a busy swarm hands over at once: a node with many tasks has failed. */
const burst = 5_000
const services = 200
const nodes = 25
const reads = 50
const pageSize = 50
const month = 30 * 86_400_000

/**
 * The journal on its own, without a swarm: a million observed transitions are handed to it in
 * bursts, each of which is on the disk before the next; then pages of a service are read, of
 * the ways in which they are asked for in turn, beside nothing else.
 */
export async function measureJournal({ measure }: { measure: Measure }): Promise<Findings> {
  const folder = await mkdtemp(join(tmpdir(), 'skep-bench-journal-'))
  try {
    const figures = await measureOn('SQLite', { url: null, dir: folder }, measure.rows)
    const missing = postgresUnavailable()
    if (missing) {
      console.log(`Not measured on PostgreSQL: ${missing}`)
      return { figures, standings: [] }
    }
    const server = await startPostgres({ durable: true })
    try {
      const settings = { url: await server.newDatabase(), dir: null }
      figures.push(...(await measureOn('PostgreSQL', settings, measure.rows)))
    } finally {
      await server.stop()
    }
    return { figures, standings: [] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureOn(
  where: string,
  settings: DatabaseSettings,
  rows: number,
): Promise<Figure[]> {
  const database = await openDatabase(settings)
  try {
    const log = {
      info: () => undefined,
      warn: (_: object, said: string) => console.error(said),
    }
    const journal = createJournal(database, { retentionDays: 90, now: Date.now, log })
    const written = await fill(journal, rows)
    const { pages, appended } = await read(journal, rows)
    await journal.close()
    const size = `${rows.toLocaleString('en')} rows`
    const slowest = Math.max(...Object.values(pages).map(({ p95 }) => p95))
    return [
      {
        name: `journal writes, batched, ${where}`,
        target: '≥ 5,000 rows/s',
        result: `${written.perSecond.toLocaleString('en')} rows/s over ${size}`,
        reached: written.perSecond >= target.rows,
        data: { ...written, appended },
      },
      {
        name: `a service's timeline page at ${size}, ${where}`,
        target: `≤ ${target.page} ms`,
        result: `${slowest} ms p95, the slowest of ${Object.keys(pages).length} ways to ask`,
        reached: slowest <= target.page,
        data: { pages, entries: pageSize },
      },
    ]
  } finally {
    await database.close()
  }
}

async function fill(journal: Journal, rows: number) {
  const rates: number[] = []
  const from = performance.now()
  for (let first = 0; first < rows; first += burst) {
    const entries = Array.from({ length: burst }, (_, i) => anEntry(first + i, rows))
    const started = performance.now()
    journal.note(entries)
    await journal.flush()
    rates.push(Math.round((burst / (performance.now() - started)) * 1_000))
  }
  const seconds = (performance.now() - from) / 1_000
  return { rows, perSecond: Math.round(rows / seconds), slowestBurst: Math.min(...rates) }
}

/** A tenth of everything is of one service, the rest of the others in turn. */
function anEntry(number: number, rows: number): NewEntry {
  const service = number % 10 === 0 ? 'busy' : `service-${number % services}`
  const slot = number % 50_000 === 0 ? 'once' : String(1 + (number % 40))
  const seldom = number % 1_000
  return {
    at: new Date(Date.now() - month * (1 - number / rows)).toISOString(),
    kind: seldom === 0 ? 'action' : seldom === 1 ? 'outcome' : 'transition',
    tone: number % 7 === 0 ? 'warning' : 'neutral',
    subject: { kind: 'service', name: service },
    related: [{ kind: 'node', name: `node-${number % nodes}` }],
    slot,
    sentence: `${service}.${slot} failed on node-${number % nodes}, the third time in a row`,
    cause: number % 7 === 0 ? 'task: non-zero exit (137)' : null,
    actor: seldom === 0 ? 'local' : null,
    operation: null,
  }
}

async function read(journal: Journal, rows: number) {
  const ways: Readonly<Record<string, (turn: number) => Omit<PageQuery, 'limit'>>> = {
    newest: (turn) => ({ service: `service-${1 + (turn % 9)}` }),
    busy: () => ({ service: 'busy' }),
    older: (turn) => ({ service: 'busy', before: Math.round((rows * (turn + 1)) / reads) }),
    actions: () => ({ service: 'busy', kind: 'action' }),
    slot: (turn) => ({ service: 'busy', slot: String(1 + (turn % 4) * 10) }),
    'a rare slot': () => ({ service: 'busy', slot: 'once' }),
    'on a node': (turn) => ({ service: 'busy', node: `node-${(turn % 5) * 5}` }),
  }
  const pages: Record<string, Spread> = {}
  for (const [way, query] of Object.entries(ways)) {
    const times: number[] = []
    for (let turn = 0; turn < reads; turn += 1) {
      const started = performance.now()
      const { entries } = await journal.page({ ...query(turn), limit: pageSize })
      times.push(performance.now() - started)
      if (entries.length === 0) throw new Error(`the journal has no page of ${way}`)
    }
    pages[way] = spreadOf(times)
  }
  const times: number[] = []
  for (let turn = 0; turn < reads; turn += 1) {
    const started = performance.now()
    await journal.append(anEntry(0, rows))
    times.push(performance.now() - started)
  }
  return { pages, appended: spreadOf(times) }
}
