import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { type Figure, kibibytes, milliseconds, type Standing } from './figure.ts'
import type { Part } from './options.ts'
import type { Traffic } from './proxy.ts'
import type { Lateness } from './sightings.ts'

/** Where and how it was measured. */
export type Circumstances = {
  date: string
  commit: string | null
  quick: boolean
  /** Null where only simulated swarms were measured. */
  engine: string | null
  browser: string
  node: string
  machine: { cpus: number; memoryGiB: number }
  /** What the machine had to do besides, before the swarm was started. */
  loadAtStart: number
}

/** A part that could not be measured, or the load under which one was. */
export type Course = {
  part: Part
  seconds: number
  loadBefore: number
  failure: string | null
}

export type Report = Circumstances & {
  course: Course[]
  figures: Figure[]
  comparison: Standing[]
}

const root = join(import.meta.dirname, '../..')

export function circumstances(
  given: Pick<Circumstances, 'engine' | 'browser' | 'quick' | 'loadAtStart'>,
): Circumstances {
  return {
    date: new Date().toISOString(),
    commit: commit(),
    ...given,
    node: process.version,
    machine: { cpus: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) },
  }
}

/** Processes waiting for a processor, as a mean of the last minute. */
export const load = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10

/** Null where there is no git, or no commit yet. */
function commit(): string | null {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim()
  try {
    const changed = git('status', '--porcelain', '--', ':!bench') !== ''
    return git('rev-parse', '--short', 'HEAD') + (changed ? ' and uncommitted changes' : '')
  } catch {
    return null
  }
}

/** What several measurements found of the same somebody, in one. */
export function joined(standings: readonly Standing[]): Standing[] {
  const whole = new Map<string, Standing>()
  for (const each of standings) whole.set(each.who, { ...whole.get(each.who), ...each })
  return [...whole.values()]
}

/** The report as two tables for people. */
export function asText({ figures, comparison, course, ...where }: Report): string {
  const { cpus: processors, memoryGiB } = where.machine
  const lines = figures.map(({ name, target, result, reached }) => [
    reached === null ? '' : reached ? 'pass' : 'MISS',
    name,
    target,
    result,
  ])
  const beside = comparison.map(({ who, late, one, twenty }) => [
    who,
    inWords(late),
    costInWords(one),
    costInWords(twenty),
  ])
  const head = ['beside it', 'visible, p50 / p95', 'a minute, 1 viewer', '20 viewers']
  const failures = course.flatMap(({ part, failure }) =>
    failure === null ? [] : [`could not measure ${part}: ${failure}`],
  )
  return [
    `${swarmOf(where)} on ${processors} CPUs, ${memoryGiB} GiB`,
    ...(where.quick ? ['Quick: windows too short to be quoted.'] : []),
    ...(where.loadAtStart > processors ? [busy(where.loadAtStart)] : []),
    '',
    ...table([['', 'figure', 'target', 'result'], ...lines]),
    '',
    ...(beside.length > 0 ? [...table([head, ...beside]), ''] : []),
    ...failures,
  ].join('\n')
}

const swarmOf = ({ engine }: Pick<Circumstances, 'engine'>) =>
  engine === null ? 'Simulated swarms' : `Docker ${engine}, 3 managers and 2 workers`

const busy = (load: number) =>
  `The machine was busy with other things (load ${load}): times are not to be quoted.`

const inWords = (late: Lateness | undefined) =>
  late ? `${milliseconds(late.late.p50)} / ${milliseconds(late.late.p95)}` : '–'

const costInWords = (traffic: Traffic | undefined) =>
  traffic ? `${traffic.calls} calls, ${kibibytes(traffic.bytes)}` : '–'

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Into a file of `bench/`, which is kept with the code. */
export function write(report: Report, name: string) {
  mkdirSync(join(root, 'bench'), { recursive: true })
  const text = JSON.stringify(report, null, 2)
  writeFileSync(join(root, 'bench', `${name}.json`), `${text}\n`)
}
