import { Console } from '../console.ts'
import { type Findings, milliseconds } from './figure.ts'
import { consoleSettings, createService, manager, type Setting, tidy } from './setting.ts'
import { spreadOf } from './spread.ts'
import { type StartTimes, watchStart } from './watch-start.ts'

const services = 50
const nodes = 5
const target = 1_500
const patience = 30_000

/** The process is started → what it shows is live: five nodes and fifty services. */
export async function measureStart(setting: Setting): Promise<Findings> {
  await fill(setting)
  const listening: number[] = []
  const live: number[] = []
  for (let run = 0; run < setting.measure.starts; run += 1) {
    const times = await startOnce(setting)
    listening.push(times.listening)
    live.push(times.live)
  }
  const found = spreadOf(live)
  const figure = {
    name: 'start → first live snapshot, 5 nodes, 50 services',
    target: `≤ ${target} ms`,
    result: `${milliseconds(found.p50)} median, ${milliseconds(found.max)} max of ${found.n}`,
    reached: found.max <= target,
    data: { live: found, listening: spreadOf(listening), runs: live.map(Math.round) },
  }
  return { figures: [figure], standings: [] }
}

/** Most have no tasks: fifty services shall not need a hundred containers. */
async function fill({ lab, reference }: Setting) {
  const names = await lab.docker(manager, 'service', 'ls', '--format', '{{.Name}}')
  const missing = services - names.trim().split('\n').length
  for (let number = 1; number <= missing; number += 1) {
    await createService(lab, `small-${number}`, number <= 5 ? 1 : 0)
  }
  await reference.quiet(3_000)
}

async function startOnce(setting: Setting): Promise<StartTimes> {
  const skep = await Console.prepare(consoleSettings(setting.lab, 'push'))
  setting.open.push(() => skep.stop())
  const from = performance.now()
  const started = skep.start()
  const [times] = await Promise.all([watchStart(skep.url, { from, patience }), started])

  // What is called live must hold everything, or it does not count.
  const cluster = await skep.cluster()
  const seen = [Object.keys(cluster.nodes).length, Object.keys(cluster.services).length]
  if (seen[0] !== nodes || seen[1] !== services) {
    throw new Error(`the first snapshot holds ${seen[0]} nodes and ${seen[1]} services`)
  }
  await tidy(setting)
  return times
}
