/**
 * `npm run parity`: the same calls and the same stories told to the simulator and to real
 * swarms, and their answers compared. Printed, and written to e2e/parity/latest.json.
 *
 *   --engine LIST  some of 20,26,28 (all)
 *   --only TEXT    parts of the suite whose name holds this; nothing is written then
 *
 * A call is named, asked (calls/), and told in lines: status, words, every field with its
 * type (observation.ts, shape.ts). A story (stories/) is played with services of its own
 * while all tasks are looked at (recorder.ts), and told slot by slot in the order of what
 * the tasks were and were wanted to be (slots.ts). The docker command tells its own
 * (docker.ts), and its transcripts are kept in transcripts/. What no two swarms have in
 * common goes by its kind (normalise.ts).
 *
 * Whether a state that a task passes in a moment is seen is chance, as a look may come too
 * late for it: a story tells only those that it stays in. The others are judged by their
 * order, of every task of the whole suite (order.ts); and the set of all states with their
 * messages that any task had is compared besides.
 *
 * Ends with 1 if a line differs that differences.ts does not tell of, or if one that it
 * tells of does not differ any more.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Lab, labUnavailable } from '../lab/lab.ts'
import { commitOf } from '../truth/commit.ts'
import { compare, holds } from './compare.ts'
import { differences } from './differences.ts'
import type { Observations } from './observation.ts'
import { realTarget } from './real.ts'
import { simulatedTarget } from './simulated.ts'
import { observe } from './suite.ts'
import { asText, reportOf } from './table.ts'
import { transcriptOf } from './transcript.ts'

const known = ['20', '26', '28'] as const
type Engine = (typeof known)[number]

const prefix = 'skep-parity-lab-'

try {
  process.exitCode = await parity()
} catch (error) {
  console.error(error instanceof Error ? `parity: ${error.message}` : error)
  process.exitCode = 2
}

async function parity(): Promise<number> {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string', default: known.join() },
      only: { type: 'string', default: '' },
    },
  })
  const engines = known.filter((engine) => values.engine.split(',').includes(engine))
  if (engines.length === 0) throw new Error(`--engine takes some of ${known.join()}`)
  const reason = engines.map((engine) => labUnavailable(engine)).find((why) => why !== null)
  if (reason) throw new Error(`the lab cannot run here: ${reason}`)
  await removeLeftovers()

  const { only } = values
  const simulating = simulate(only)
  const versions: Record<string, string> = {}
  const real: [Engine, Observations][] = []
  for (const engine of engines) {
    const { version, observations } = await observeReal(engine, only)
    versions[engine] = version
    real.push([engine, observations])
  }
  const simulated = await simulating
  const comparisons = real.map(([engine, observations]) =>
    compare(simulated, observations, { engine, differences }),
  )
  console.log(asText(comparisons))
  if (only === '') {
    const report = reportOf(comparisons, { commit: commitOf(), versions })
    write('latest.json', `${JSON.stringify(report, null, 2)}\n`)
    write('transcripts/simulator.txt', transcriptOf(simulated))
    const [engine, newest] = real.at(-1) ?? []
    if (newest) write(`transcripts/engine-${engine}.txt`, transcriptOf(newest))
  }
  return comparisons.every(holds) ? 0 : 1
}

async function simulate(only: string): Promise<Observations> {
  const simulator = await simulatedTarget()
  try {
    return await observe(simulator, { only })
  } finally {
    await simulator.close()
  }
}

/** Where an engine has crashed meanwhile nothing is compared: it is asked once more. */
async function observeReal(engine: Engine, only: string, isAgain = false) {
  const dir = join(tmpdir(), `${prefix}${engine}-${process.pid}`)
  const lab = await Lab.up({ managers: 3, workers: 2, engine, dir })
  try {
    await lab.images()
    const target = await realTarget(lab, engine)
    const observations = await observe(target, { only })
    if (isAgain || !(await lab.hasCrashed())) {
      return { version: target.particulars.engine, observations }
    }
    console.error(`An engine of release ${engine} has crashed: all is asked once more.`)
  } finally {
    await lab.down()
  }
  return observeReal(engine, only, true)
}

/** Ends the swarms of runs that were ended too roughly to do it themselves. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.match(`^${prefix}\\d+-(\\d+)$`)?.[1]
    if (pid && !existsSync(`/proc/${pid}`)) await Lab.at(join(tmpdir(), name)).down()
  }
}

function write(name: string, text: string): void {
  mkdirSync(join(import.meta.dirname, 'transcripts'), { recursive: true })
  writeFileSync(join(import.meta.dirname, name), text)
}
