import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pass } from 'node:timers/promises'
import type { Simulation } from '@skep/shared/contract/simulation'
import { api } from '@skep/shared/paths'
import { openMemory } from '../../../server/src/memory/memory.ts'
import type { Console } from '../../console.ts'
import type { Figure, Findings } from '../figure.ts'
import type { Bench } from '../setting.ts'
import { inviteViewers } from '../viewers.ts'
import { firstPart } from './apps.ts'
import { costOf, mebibytes } from './process-cost.ts'
import { type SimulatedSwarm, small } from './simulated-swarm.ts'
import { openConsole, openSwarm } from './stage.ts'
import { crashing } from './storm.ts'

/** How much more may be resident at the end than after the warm-up. */
const target = 0.1

/** Times as fast as the world; a day then takes a minute and a half. */
const speed = 1_000
const day = 86_400_000

/** Of the changes, what is warm-up, and what memory is judged by after it and at the end. */
const warm = 0.3
const judged = 0.15

/** How often memory is looked at, in milliseconds. */
const look = 250

type Sample = { done: number; resident: number }

/**
 * A day of a cluster in which tasks crash, start anew and are updated without end, in fast
 * motion: a million changes of tasks, of which the push feed tells each. The console reads as
 * many of them as it can. Its memory at the end is compared with that after the warm-up, by
 * the median of what was seen in a part of the time. What it wrote down is measured at the end
 * of the day; what is left of it is counted when it has become older than the retention.
 */
export async function measureChurn(bench: Bench): Promise<Findings> {
  const swarm = await openSwarm(bench, small)
  const skep = await openConsole(bench, swarm)
  const crowd = await inviteViewers(skep.url, 3)
  bench.open.push(crowd.leave)
  for (let number = 1; number <= 3; number += 1) {
    await swarm.create(`churn-${number}`, restless)
  }
  await swarm.setSpeed(speed)
  const from = performance.now()
  const { samples, days } = await watch(swarm, skep, bench.measure.scale.churn)
  const seconds = (performance.now() - from) / 1_000
  const { changes } = await swarm.ask({ do: 'tell' })
  const asked = performance.now()
  const now = await timeOf(skep)
  await skep.stop()
  const end = now + (performance.now() - asked) * speed
  const written = await sizeOf(skep.dataDir)
  const kept = await afterRetention(skep.dataDir, end)
  const rate = Math.round(changes / seconds)
  const course = { changes, days, seconds: Math.round(seconds), rate }
  return {
    figures: [memoryFigure(samples, course), sizeFigure(written, kept, course)],
    standings: [],
  }
}

/** Crashes after ten seconds, and waits for the usual five. */
const restless = {
  ...crashing(5),
  TaskTemplate: {
    ContainerSpec: { Image: 'demo/web:crash', Env: ['CRASH_AFTER=10'] },
  },
}

type Course = { changes: number; days: number; seconds: number; rate: number }

/** Until so many changes have been; one service after another is updated meanwhile. */
async function watch(swarm: SimulatedSwarm, { pid }: Console, enough: number) {
  const samples: Sample[] = []
  const begun = (await swarm.ask({ do: 'tell' })).now
  for (let number = 0; ; number += 1) {
    const { changes, now } = await swarm.ask({ do: 'tell' })
    samples.push({ done: changes / enough, resident: (await costOf(pid)).resident })
    if (changes >= enough) return { samples, days: (now - begun) / day }
    await swarm.roll(firstPart(1 + (number % 12)))
    await pass(look)
  }
}

function memoryFigure(samples: readonly Sample[], course: Course): Figure {
  const between = (from: number, to: number) =>
    median(
      samples.flatMap(({ done, resident }) => (done >= from && done < to ? resident : [])),
    )
  const first = between(warm, warm + judged)
  const last = between(1 - judged, Number.POSITIVE_INFINITY)
  const growth = last / first - 1
  const most = Math.max(...samples.map(({ resident }) => resident))
  return {
    name: `${course.changes.toLocaleString('en')} task changes, ${course.days.toFixed(1)} days at ×${speed}: server RSS`,
    target: `grows ≤ ${target * 100} % after warm-up`,
    result: `${(growth * 100).toFixed(1)} % (${mebibytes(first)} → ${mebibytes(last)}, most ${mebibytes(most)})`,
    reached: growth <= target,
    data: { first, last, most, tenths: tenthsOf(samples), ...course },
  }
}

/** KiB in each tenth of the changes. */
const tenthsOf = (samples: readonly Sample[]): (number | null)[] =>
  Array.from({ length: 10 }, (_, tenth) => {
    const those = samples.filter(({ done }) => Math.floor(done * 10) === tenth)
    return those.length === 0 ? null : median(those.map(({ resident }) => resident))
  })

function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
  if (middle === undefined) throw new Error('too short to judge: nothing was sampled')
  return middle
}

/** Of the database: its bytes, and what is left in each table that time makes longer. */
type Size = { bytes: number; rows: Readonly<Record<string, number>> }

function sizeFigure(written: number, kept: Size, course: Course): Figure {
  const mebi = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`
  const aDay = written / course.days
  const left = Object.values(kept.rows).reduce((sum, rows) => sum + rows, 0)
  return {
    name: 'database after that; and a retention later',
    target: 'bounded: no row older than that is left',
    result:
      `${mebi(written)} (${mebi(aDay)} a day); then ${left} rows in ${Object.keys(kept.rows).length} tables, ` +
      `${mebi(kept.bytes)} of file, free to be written anew`,
    // The file does not shrink: SQLite keeps its free pages, and nothing here vacuums it.
    reached: left === 0,
    data: { written, aDay, kept },
  }
}

/** Of the database and its log, in bytes. */
async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder)
  const sizes = await Promise.all(files.map(async (file) => stat(join(folder, file))))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}

/** Lets all of it become too old, and forgets as the console does each hour. */
async function afterRetention(dataDir: string, now: number): Promise<Size> {
  const retentionDays = 1
  const memory = await openMemory({
    databaseUrl: null,
    dataDir,
    secretKeyFile: null,
    retentionDays,
    now: () => now + retentionDays * day + 1,
    log: { info: () => {}, warn: (_, said) => console.error(said) },
  })
  await memory.prune(new Set())
  await memory.close()
  return { bytes: await sizeOf(dataDir), rows: rowsIn(dataDir) }
}

/** What there is one of for ever, and what people began by hand and is kept as evidence. */
const lasting = ['marks', 'rotations', 'maintenance']

function rowsIn(dataDir: string): Record<string, number> {
  const database = new DatabaseSync(join(dataDir, 'skep.db'), { readOnly: true })
  try {
    const tables = database
      .prepare("select name from sqlite_schema where type = 'table' order by name")
      .all()
      .map(({ name }) => String(name))
      .filter((name) => !/^(sqlite|kysely)_/.test(name) && !lasting.includes(name))
    const count = (table: string) =>
      database.prepare(`select count(*) as rows from "${table}"`).get()?.rows
    return Object.fromEntries(tables.map((table) => [table, Number(count(table))]))
  } finally {
    database.close()
  }
}

async function timeOf({ url }: Console): Promise<number> {
  const answer = await fetch(url + api.simulation())
  const { now }: Simulation = await answer.json()
  return Date.parse(now)
}
