/**
 * `npm run bench`: what the console reaches on a real swarm of three managers and two
 * workers on this machine, beside its targets; and what others cost on the same swarm in
 * the same run. Printed, and written to bench/latest.json.
 *
 *   --only PARTS     some of load,idle,latency,comparison,start,journal,drain,stored
 *   --engine ENGINE  20, 26, 28 or mixed
 *   --quick          short windows, to see that it works: not to be quoted
 *
 * How each thing is measured stands at the head of its file:
 *   load        first-load.ts   files of the first page, gzip -9, as a browser fetches them
 *   idle        idle.ts         calls and bytes at a proxy, with 1 and 20 viewers; memory
 *   latency     latency.ts      task state in the engine → in the DOM, with and without push
 *   comparison  comparison.ts   `docker service ps` in a loop, and polling of everything
 *   start       start-time.ts   the process starts → it is live, with 50 services
 *   journal     journal.ts      rows a second, and a page of a service at a million rows
 *   drain       drain.ts        the preview of a drain in a cluster of 10,000 tasks
 *   stored      stored.ts       lists of 2,000 secrets and 2,000 configs, per interaction
 *
 * Latency counts from the moment when a subscription of the bench's own to the swarm's push
 * feed tells of a change; how late that is by the engine's own stamp is in the report. It
 * ends at the first word in the DOM about that very task that is at least as new. States
 * that a newer one overtook before they were drawn, and changes of which nothing was ever
 * shown, are counted beside it. Consoles run as operators run them, NODE_ENV=production, and
 * everything asks the same manager. Times need a machine that has nothing else to do.
 *
 * Not measured: the paint that follows the DOM, except by `stored`; a network between
 * browser, console and engine; bytes on the push feed, which is not the Docker API; managers
 * that are not the leader; what a drawing browser adds to the others' latency.
 *
 * The bench judges nothing: it ends with 0 unless something could not be measured.
 */
import { labUnavailable } from '../lab/lab.ts'
import { compare } from './comparison.ts'
import { measureDrain } from './drain.ts'
import type { Figure, Findings, Standing } from './figure.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureIdle } from './idle.ts'
import { measureJournal } from './journal.ts'
import { measureLatency } from './latency.ts'
import { type Options, type Part, readOptions } from './options.ts'
import { asText, type Course, circumstances, joined, load, write } from './report.ts'
import { manager, type Setting, setUp, takeDown, tidy } from './setting.ts'
import { measureStart } from './start-time.ts'
import { measureStored } from './stored.ts'

const measurements: Readonly<Record<Part, (setting: Setting) => Promise<Findings>>> = {
  load: measureFirstLoad,
  idle: measureIdle,
  latency: measureLatency,
  comparison: compare,
  start: measureStart,
  journal: measureJournal,
  drain: measureDrain,
  stored: measureStored,
}

try {
  process.exitCode = await bench(readOptions(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? `bench: ${error.message}` : error)
  process.exitCode = 2
}

async function bench({ only, engine, quick, ...measure }: Options): Promise<number> {
  const reason = labUnavailable(engine)
  if (reason) throw new Error(`the lab cannot run here: ${reason}`)

  const loadAtStart = load()
  console.log('Starting three managers and two workers …')
  const setting = await setUp(engine, measure)
  // Once more on the same signal and the swarm stays: nobody is kept waiting.
  process.once('SIGINT', () => void takeDown(setting).finally(() => process.exit(130)))
  try {
    const version = await setting.lab.docker(
      manager,
      'version',
      '-f',
      '{{.Server.Version}}',
    )
    const browser = setting.browser.version()
    const where = circumstances({ engine: version.trim(), browser, quick, loadAtStart })
    const figures: Figure[] = []
    const standings: Standing[] = []
    const course: Course[] = []
    for (const part of only) {
      console.log(`Measuring ${part} …`)
      const started = Date.now()
      const loadBefore = load()
      const { findings, failure } = await attempt(() => measurements[part](setting))
      await tidy(setting)
      figures.push(...findings.figures)
      standings.push(...findings.standings)
      const seconds = Math.round((Date.now() - started) / 1000)
      course.push({ part, seconds, loadBefore, failure })
    }
    const report = { ...where, course, figures, comparison: joined(standings) }
    write(report)
    console.log(`\n${asText(report)}`)
    return course.some(({ failure }) => failure !== null) ? 1 : 0
  } finally {
    await takeDown(setting)
  }
}

/** A part that cannot be measured leaves the others to be measured. */
async function attempt(measure: () => Promise<Findings>) {
  try {
    return { findings: await measure(), failure: null }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    console.error(failure)
    return { findings: { figures: [], standings: [] }, failure }
  }
}
