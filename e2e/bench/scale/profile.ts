import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'
import { freePort } from '../../console.ts'
import { until } from '../../lab/lab.ts'
import type { Figure, Findings } from '../figure.ts'
import type { Bench } from '../setting.ts'
import { moving, roll, sweepEvery, untilSwept, warmUp } from './change-cost.ts'
import { costOf } from './process-cost.ts'
import { inLines, type ProfileTable, sourcesIn, tableOf } from './profile-table.ts'
import { Profiler } from './profiler.ts'
import { large, tasksIn } from './simulated-swarm.ts'
import { openConsole, openSwarm, type Stage } from './stage.ts'
import { readStream, type StreamReader } from './stream-reader.ts'

const bundle = '/server/dist/console.mjs'

type Scene = { stage: Stage; reader: StreamReader; profiler: Profiler }
type Seen = {
  table: ProfileTable
  /** Milliseconds of processor time, of all threads of the server: also what samples cost. */
  processor: number
  states: number
}

/**
 * Where the server's processor time goes among 10,000 tasks, with one viewer: while tasks of
 * three services change one after another, between two sweeps; and at rest, through a window
 * that holds one sweep. The console has seen some thousand states before, as in `scale`.
 *
 * Only its main thread is looked at, every 200 µs by the clock on the wall: helpers of the
 * garbage collector are not in it, waiting for a processor that others have is. Where the
 * processor time beside it is far less than what was busy, others had it. Being looked at
 * costs something itself: what a change costs is for `scale`.
 */
export async function measureProfile(bench: Bench): Promise<Findings> {
  const scene = await openScene(bench)
  const { swarm } = scene.stage
  await roll(swarm, 1, moving)
  await warmUp(swarm)
  const motion = await seeMotion(scene, bench.measure.scale.motion)
  const sweep = await seeSweep(scene)
  const among = `among ${tasksIn(large).toLocaleString('en')}`
  const figures = [
    figureOf(`profile: tasks change one after another, ${among}`, motion),
    figureOf(`profile: all tasks are read once, ${among}`, sweep),
  ]
  return { figures, standings: [] }
}

async function openScene(bench: Bench): Promise<Scene> {
  const swarm = await openSwarm(bench, large)
  const port = await freePort()
  const skep = await openConsole(bench, swarm, {
    NODE_OPTIONS: `--inspect=127.0.0.1:${port}`,
  })
  const reader = await readStream(skep.url)
  bench.open.push(async () => reader.leave())
  const profiler = await Profiler.attach(port)
  bench.open.push(async () => profiler.close())
  return { stage: { swarm, skep }, reader, profiler }
}

async function seeMotion(scene: Scene, window: number): Promise<Seen> {
  const { swarm } = scene.stage
  await swarm.rest()
  await untilSwept(scene.reader)
  await roll(swarm, 1 + moving, moving)
  await pass(500)
  return see(scene, window)
}

/** @throws Error where the window held no sweep */
async function seeSweep(scene: Scene): Promise<Seen> {
  const { stage, reader } = scene
  await stage.swarm.rest()
  await untilSwept(reader)
  const begun = Date.now()
  const seen = await see(scene, sweepEvery)
  await until(() => (reader.sweptAt ?? 0) >= begun, {
    what: 'word of a sweep within the window',
    timeout: 20_000,
  })
  return seen
}

async function see({ stage, profiler }: Scene, window: number): Promise<Seen> {
  const { swarm, skep } = stage
  const tally = async () => {
    const [{ cpu }, { states }] = await Promise.all([costOf(skep.pid), swarm.counts()])
    return { cpu, states }
  }
  const before = await tally()
  let after = before
  const profile = await profiler.during(async () => {
    await pass(window)
    // Before the profile is put into words, which the server does itself.
    after = await tally()
  })
  const text = await readFile(join(import.meta.dirname, '../../..', bundle), 'utf8')
  return {
    table: tableOf(profile, { bundle, sourceOf: sourcesIn(text) }),
    processor: after.cpu - before.cpu,
    states: after.states - before.states,
  }
}

/** Looked at, and not judged. */
function figureOf(name: string, { table, processor, states }: Seen): Figure {
  const { window, busy, garbage, native } = table
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
  const result = [
    `busy ${Math.round(busy)} ms of ${Math.round(window)}`,
    ` (idle ${share(window - busy, window)}, processor ${processor} ms, ${states} states);`,
    ` of that garbage collection ${share(garbage, busy)}, native ${share(native, busy)}`,
  ].join('')
  console.log([`\n${name}: ${result}`, ...inLines(table), ''].join('\n'))
  return {
    name,
    target: 'none',
    result,
    reached: null,
    data: { states, processor, ...table },
  }
}
