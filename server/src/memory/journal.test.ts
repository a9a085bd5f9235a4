import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { JournalEntry } from '@skep/shared/contract/journal'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Database } from './database.ts'
import { openDatabase } from './database.ts'
import { onEachDatabase, temporaryFolder } from './databases.fixture.ts'
import { aLog, anEntry } from './entries.fixture.ts'
import { createJournal, type NewEntry, type PageQuery } from './journal.ts'

const retentionDays = 90
const day = 86_400_000
const noon = Date.parse('2026-11-21T12:00:00.000Z')

const journalOf = (database: Database, now = () => noon) =>
  createJournal(database, { retentionDays, now, log: aLog() })
type Journal = ReturnType<typeof journalOf>

/** All pages of a query in one, as a reader who pages to the end sees them. */
async function everything(journal: Journal, query: PageQuery): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = []
  let before: number | undefined
  do {
    const page = await journal.page({ ...query, before })
    entries.push(...page.entries)
    before = page.next ?? undefined
  } while (before !== undefined)
  return entries
}

const sentences = (entries: readonly JournalEntry[]) => entries.map((one) => one.sentence)

onEachDatabase('the journal', (fresh, kind) => {
  test('reads back what was written, as it was written', async () => {
    const journal = journalOf(await (await fresh()).open())
    const entry = anEntry({
      kind: 'action',
      at: '2026-11-21T10:00:00.123456789Z',
      cause: 'task: non-zero exit (1)',
      actor: 'local',
      operation: 'op-1',
    })
    const id = await journal.append(entry)
    expect((await journal.page({ limit: 10 })).entries).toEqual([{ ...entry, id }])
  })

  test('is asked for a span of time, and for who acted', async () => {
    const journal = journalOf(await (await fresh()).open())
    for (const [minute, actor] of [
      ['00', 'ana'],
      ['10', 'ben'],
      ['20', 'ana'],
      ['30', 'ben'],
    ] as const) {
      const at = `2026-11-21T10:${minute}:00.000Z`
      await journal.append(anEntry({ at, kind: 'action', actor, sentence: minute }))
    }
    const told = async (query: Omit<PageQuery, 'limit'>) =>
      sentences((await journal.page({ ...query, limit: 10 })).entries)
    const from = '2026-11-21T10:10:00.000Z'
    const to = '2026-11-21T10:20:00.000Z'
    expect(await told({ from, to })).toEqual(['20', '10'])
    expect(await told({ from, to, service: 'web' })).toEqual(['20', '10'])
    expect(await told({ actor: 'ana' })).toEqual(['20', '00'])
    expect(await told({ to: '2026-11-21T09:00:00.000Z' })).toEqual([])
    expect(await told({ from: '2026-11-21T11:00:00.000Z' })).toEqual([])
    expect(await told({ from, before: 4 })).toEqual(['20', '10'])
  })

  test('keeps hostile words as they are, and as words only', async () => {
    const journal = journalOf(await (await fresh()).open())
    const name = `'; drop table journal; -- "$1" ? \u{1F41D} \u202E`
    const entry = anEntry({
      subject: { kind: 'service', name },
      sentence: name,
      cause: name,
    })
    await journal.append(entry)
    expect((await journal.page({ service: name, limit: 10 })).entries).toMatchObject([
      entry,
    ])
    expect((await journal.page({ service: '%', limit: 10 })).entries).toEqual([])
  })

  test('keeps what no text may hold as replacement characters, and bounds the rest', async () => {
    const journal = journalOf(await (await fresh()).open())
    const long = 'x'.repeat(100_000)
    await journal.append(
      anEntry({
        sentence: 'a\0b\uD800c',
        cause: long,
        slot: long,
        subject: { kind: 'service', name: long },
        at: 'once upon a time',
      }),
    )
    const page = await journal.page({ service: long, slot: long, limit: 10 })
    expect(page.entries).toHaveLength(1)
    expect(page.entries[0]?.sentence).toBe('a\uFFFDb\uFFFDc')
    expect(page.entries[0]?.cause).toHaveLength(8_000)
    expect(page.entries[0]?.at).toBe('2026-11-21T12:00:00.000Z')
  })

  test('finds what concerns a service, a node, a kind, a slot', async () => {
    const journal = journalOf(await (await fresh()).open())
    const on = (name: string) => [{ kind: 'node' as const, name }]
    const web = { kind: 'service' as const, name: 'web' }
    journal.note([
      anEntry({ sentence: 'web 1 on m1', related: on('m1') }),
      anEntry({ sentence: 'web 2 on w1', related: on('w1'), slot: '2' }),
      anEntry({
        sentence: 'm1 down, of web',
        subject: { kind: 'node', name: 'm1' },
        related: [web, web],
        slot: null,
      }),
      anEntry({
        sentence: 'db on m1',
        subject: { kind: 'service', name: 'db' },
        related: on('m1'),
      }),
      anEntry({
        sentence: 'secret of web',
        subject: { kind: 'secret', name: 'web' },
        related: [],
        slot: null,
      }),
      anEntry({ sentence: 'scale web', kind: 'action', related: [], slot: null }),
    ])
    await journal.flush()
    const found = async (query: Omit<PageQuery, 'limit'>) =>
      sentences((await journal.page({ ...query, limit: 100 })).entries)

    expect(await found({ service: 'web' })).toEqual([
      'scale web',
      'm1 down, of web',
      'web 2 on w1',
      'web 1 on m1',
    ])
    expect(await found({ node: 'm1' })).toEqual([
      'db on m1',
      'm1 down, of web',
      'web 1 on m1',
    ])
    expect(await found({ service: 'web', node: 'm1' })).toEqual([
      'm1 down, of web',
      'web 1 on m1',
    ])
    expect(await found({ service: 'web', kind: 'action' })).toEqual(['scale web'])
    expect(await found({ service: 'web', slot: '2' })).toEqual(['web 2 on w1'])
    expect(await found({ kind: 'action' })).toEqual(['scale web'])
    expect(await found({ kind: 'transition', node: 'w1' })).toEqual(['web 2 on w1'])
    expect(await found({ kind: 'transition' })).toHaveLength(5)
    expect(await found({ kind: 'outcome' })).toEqual([])
    expect(await found({ service: 'web', slot: '2', node: 'w1' })).toEqual(['web 2 on w1'])
    expect(await found({ service: 'nobody' })).toEqual([])
    expect(await found({})).toHaveLength(6)
  })

  test('tells a span of time, whatever the precision and zone of its instants', async () => {
    const journal = journalOf(await (await fresh()).open())
    journal.note(
      [
        '2026-11-21T09:59:59.999Z',
        '2026-11-21T10:00:00Z',
        '2026-11-21T11:00:00.5+01:00',
        '2026-11-21T10:00:01.000000001Z',
      ].map((at) => anEntry({ at, sentence: at })),
    )
    await journal.flush()
    const [from, to] = ['2026-11-21T10:00:00Z', '2026-11-21T10:00:01Z']
    expect(sentences(await journal.between(from, to, 10))).toEqual([
      '2026-11-21T10:00:01.000000001Z',
      '2026-11-21T11:00:00.5+01:00',
      '2026-11-21T10:00:00Z',
    ])
    expect(await journal.between(from, to, 1)).toHaveLength(1)
  })

  test('forgets what is older than the retention, and nothing else', async () => {
    let now = noon
    const journal = journalOf(await (await fresh()).open(), () => now)
    const old = { at: new Date(noon).toISOString() }
    journal.note(Array.from({ length: 1_200 }, () => anEntry(old)))
    const last = await journal.append(
      anEntry({ sentence: 'kept', at: new Date(noon + 2).toISOString() }),
    )
    expect(await journal.prune()).toBe(0)

    now = noon + retentionDays * day + 1
    expect(await journal.prune()).toBe(1_200)
    expect(sentences((await journal.page({ service: 'web', limit: 10 })).entries)).toEqual([
      'kept',
    ])

    now += day
    expect(await journal.prune()).toBe(1)
    expect((await journal.page({ limit: 10 })).entries).toEqual([])
    // An id is never given twice, or a reader who pages would miss what is new.
    expect(await journal.append(anEntry())).toBeGreaterThan(last)
  })

  test('says since when it has watched, and for how long it keeps', async () => {
    const before = Date.now()
    let now = before
    const journal = journalOf(await (await fresh()).open(), () => now)
    const { since, retentionDays: days } = await journal.page({ limit: 1 })
    expect(days).toBe(retentionDays)
    expect(Date.parse(since ?? '')).toBeGreaterThanOrEqual(before)
    expect(Date.parse(since ?? '')).toBeLessThanOrEqual(Date.now())
    now = before + 100 * day
    const later = await journal.page({ limit: 1 })
    expect(later.since).toBe(new Date(now - retentionDays * day).toISOString())
  })

  test('is in order however it was written, and its pages are the whole', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ note: fc.integer({ min: 1, max: 700 }) }),
        fc.record({ append: fc.integer({ min: 1, max: 3 }) }),
        fc.constant('flush' as const),
      ),
      { minLength: 1, maxLength: 8 },
    )
    const limit = fc.integer({ min: 50, max: 500 })
    await fc.assert(
      fc.asyncProperty(steps, limit, async (written, size) => {
        const database = await (await fresh()).open()
        const journal = journalOf(database)
        const expected: string[] = []
        const appended: Promise<number>[] = []
        const next = (): NewEntry => {
          const sentence = `entry ${expected.length}`
          expected.unshift(sentence)
          return anEntry({ sentence, slot: `${expected.length % 3}` })
        }
        for (const step of written) {
          if (step === 'flush') await journal.flush()
          else if ('note' in step) journal.note(Array.from({ length: step.note }, next))
          else
            for (let i = 0; i < step.append; i += 1) appended.push(journal.append(next()))
        }
        await journal.flush()
        const ids = await Promise.all(appended)
        expect(ids).toEqual(ids.toSorted((a, b) => a - b))

        for (const query of [{ limit: size }, { limit: size, service: 'web' }]) {
          const read = await everything(journal, query)
          expect(sentences(read)).toEqual(expected)
          const order = read.map(({ id }) => id)
          expect(order).toEqual([...new Set(order)].sort((a, b) => b - a))
        }
        await journal.close()
        await database.close()
      }),
      { numRuns: kind === 'PostgreSQL' ? 8 : 20 },
    )
  }, 60_000)

  if (kind === 'PostgreSQL')
    test('writers of two consoles never share an id', async () => {
      const place = await fresh()
      const one = journalOf(await place.open())
      const other = journalOf(await place.open())
      const ids = await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 ? one : other).append(anEntry())),
      )
      expect(new Set(ids).size).toBe(40)
      expect((await one.page({ limit: 100 })).entries).toHaveLength(40)
    })

  if (kind !== 'SQLite in memory')
    test('is there after the database was closed and opened again', async () => {
      const place = await fresh()
      const database = await place.open()
      const journal = journalOf(database)
      journal.note([anEntry({ sentence: 'noted' })])
      const id = await journal.append(anEntry({ sentence: 'appended' }))
      await journal.close()
      await database.close()

      const again = journalOf(await place.open())
      expect(sentences((await again.page({ limit: 10 })).entries)).toEqual([
        'appended',
        'noted',
      ])
      expect(await again.append(anEntry())).toBeGreaterThan(id)
    })
})

describe('a console that is killed', () => {
  test('had written all that it was told was written', async () => {
    const dir = temporaryFolder()
    const script = `
      import { openDatabase } from ${JSON.stringify(import.meta.resolve('./database.ts'))}
      import { createJournal } from ${JSON.stringify(import.meta.resolve('./journal.ts'))}
      import { anEntry, aLog } from ${JSON.stringify(import.meta.resolve('./entries.fixture.ts'))}
      const database = await openDatabase({ url: null, dir: process.argv[1] })
      const journal = createJournal(database, { retentionDays: 90, now: Date.now, log: aLog() })
      for (;;) {
        journal.note([anEntry({ sentence: 'before' })])
        console.log(await journal.append(anEntry({ kind: 'action' })))
      }`
    const flags = ['--input-type=module', '--eval', script, dir]
    const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'close')
    const told: number[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      told.push(Number(line))
      if (told.length === 50) child.kill('SIGKILL')
    }
    await ended

    const database = await openDatabase({ url: null, dir })
    const journal = journalOf(database)
    const actions = await everything(journal, { kind: 'action', limit: 500 })
    expect(actions.map(({ id }) => id)).toEqual(expect.arrayContaining(told))
    const all = await everything(journal, { limit: 500 })
    // Each is followed by what was noted just before it: nothing is half written.
    expect(all.length).toBeGreaterThanOrEqual(actions.length * 2)
    await database.close()
  }, 30_000)
})
