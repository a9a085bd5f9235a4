/**
 * `npm run bench`: what the console reaches on a real swarm of three managers and two
 * workers on this machine, and on simulated ones of up to 10,000 tasks, beside its targets;
 * and what others cost on the same swarm in the same run. Printed, and written to
 * bench/latest.json.
 *
 *   --into NAME      into bench/NAME.json instead: parts measured apart keep their own file
 *   --only PARTS     some of load,idle,latency,comparison,start,journal,drain,stored,
 *                    scale,scroll,polling,storm,churn, which are all measured where none
 *                    is named; or real-scale, which is not, as it takes six minutes, or
 *                    profile, which is not, as it tells where time goes and judges nothing
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
 *   real-scale  scale/real-scale.ts  the same 10,000 tasks and a storm on real engines
 *   scale       scale/scale.ts    10,000 tasks: the first snapshot and page, a change, memory
 *   scroll      scale/scroll.ts   frames of the services list while 500 tasks are updated
 *   polling     scale/polling.ts  full polling at that scale, and what the engine served
 *   storm       scale/storm.ts    500 task states a second, 50 viewers: change → DOM
 *   churn       scale/churn.ts    a day in fast motion: memory, and the database
 *   profile     scale/profile.ts  where the processor time of a change and of a sweep goes
 *
 * The last six need no lab: their swarm is simulated, by a process of its own
 * (scale/swarm-process.ts), so that the console's costs are the console's alone.
 *
 * `real-scale` has a swarm of its own: what the others left in theirs would count with it.
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
import { type Engine, labUnavailable } from '../lab/lab.ts'
import { compare } from './comparison.ts'
import { measureDrain } from './drain.ts'
import type { Figure, Findings, Standing } from './figure.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureIdle } from './idle.ts'
import { measureJournal } from './journal.ts'
import { measureLatency } from './latency.ts'
import {
  type FilledPart,
  type Options,
  type Part,
  type RealPart,
  readOptions,
  type SimulatedPart,
} from './options.ts'
import { asText, type Course, circumstances, joined, load, write } from './report.ts'
import { measureChurn } from './scale/churn.ts'
import { measurePolling } from './scale/polling.ts'
import { measureProfile } from './scale/profile.ts'
import { measureRealScale } from './scale/real-scale.ts'
import { measureScale } from './scale/scale.ts'
import { measureScroll } from './scale/scroll.ts'
import { measureStorm } from './scale/storm.ts'
import {
  type Bench,
  closeBench,
  manager,
  openBench,
  type Setting,
  setUp,
  takeDown,
  tidy,
} from './setting.ts'
import { measureStart } from './start-time.ts'
import { measureStored } from './stored.ts'

type Measurements<P extends Part, S> = Readonly<Record<P, (on: S) => Promise<Findings>>>

const onSwarm: Measurements<RealPart | FilledPart, Setting> = {
  load: measureFirstLoad,
  idle: measureIdle,
  latency: measureLatency,
  comparison: compare,
  start: measureStart,
  journal: measureJournal,
  drain: measureDrain,
  stored: measureStored,
  'real-scale': measureRealScale,
}

const onSimulator: Measurements<SimulatedPart, Bench> = {
  scale: measureScale,
  scroll: measureScroll,
  polling: measurePolling,
  storm: measureStorm,
  churn: measureChurn,
  profile: measureProfile,
}

try {
  process.exitCode = await bench(readOptions(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? `bench: ${error.message}` : error)
  process.exitCode = 2
}

async function bench(options: Options) {
  const { real, filled, simulated, engine, quick, into, ...measure } = options
  const onLabs = [real, filled].filter((parts) => parts.length > 0)
  const reason = onLabs.length > 0 && labUnavailable(engine)
  if (reason) throw new Error(`the lab cannot run here: ${reason}`)

  const loadAtStart = load()
  const around = await openBench(measure)
  const browser = around.browser.version()
  const found: Found = { figures: [], standings: [], course: [] }
  let running = null
  try {
    for (const parts of onLabs) {
      running = await measureReal(parts, { engine, around, found })
    }
    for (const part of simulated) {
      await measureOne(part, around, () => onSimulator[part](around), found)
    }
  } finally {
    await closeBench(around)
  }
  const where = circumstances({ engine: running, browser, quick, loadAtStart })
  const { course, figures, standings } = found
  const report = { ...where, course, figures, comparison: joined(standings) }
  write(report, into)
  console.log(`\n${asText(report)}`)
  return course.some(({ failure }) => failure !== null) ? 1 : 0
}

type Found = { figures: Figure[]; standings: Standing[]; course: Course[] }

/** Answers the version of the engine. */
async function measureReal(
  parts: readonly (RealPart | FilledPart)[],
  { engine, around, found }: { engine: Engine; around: Bench; found: Found },
): Promise<string> {
  console.log('Starting three managers and two workers …')
  const setting = await setUp(engine, around)
  // Once more on the same signal and the swarm stays: nobody is kept waiting.
  const end = () => void takeDown(setting).finally(() => process.exit(130))
  process.once('SIGINT', end)
  try {
    const { lab } = setting
    const version = await lab.docker(manager, 'version', '-f', '{{.Server.Version}}')
    for (const part of parts) {
      await measureOne(part, setting, () => onSwarm[part](setting), found)
    }
    return version.trim()
  } finally {
    process.off('SIGINT', end)
    await takeDown(setting)
  }
}

/** A part that cannot be measured leaves the others to be measured. */
async function measureOne(
  part: Part,
  around: Bench,
  measure: () => Promise<Findings>,
  { figures, standings, course }: Found,
): Promise<void> {
  console.log(`Measuring ${part} …`)
  const started = Date.now()
  const loadBefore = load()
  let failure: string | null = null
  try {
    const findings = await measure()
    figures.push(...findings.figures)
    standings.push(...findings.standings)
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error)
    console.error(failure)
  }
  await tidy(around)
  const seconds = Math.round((Date.now() - started) / 1000)
  course.push({ part, seconds, loadBefore, failure })
}
