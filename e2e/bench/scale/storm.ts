import { setTimeout as pass } from 'node:timers/promises'
import { type Figure, type Findings, kibibytes } from '../figure.ts'
import type { Bench } from '../setting.ts'
import { inviteViewers } from '../viewers.ts'
import { residentFigure, viewers } from './figures.ts'
import { latenessFigure, watchLateness } from './lateness.ts'
import { mebibytes, watchMemory } from './process-cost.ts'
import { large } from './simulated-swarm.ts'
import { meetSlowViewers } from './slow-viewers.ts'
import { openStage, type Stage } from './stage.ts'
import type { Swarm } from './swarm.ts'

/** States that tasks reach each second. */
export const stormy = 500

/** Services whose tasks crash again and again, and with how many tasks each begins. */
const services = 12
const replicas = 8
const names = Array.from({ length: services }, (_, number) => `storm-${number + 1}`)

/** What the first crashes need to be like the later ones, and to be counted, in milliseconds. */
const rising = { before: 10_000, counted: 4_000 }

/** Readers who stop reading, and how long they are then looked at, in milliseconds. */
const slow = { count: 40, before: 5_000, time: 20_000 }

/**
 * Fifty viewers while tasks crash and start again all over the cluster, 500 states reached a
 * second: from the commit of a state to the DOM of a browser that shows one of the services,
 * the other viewers being connections that are read and dropped. When that has been seen,
 * and the storm goes on, others come who get their snapshot and read no more: what each of
 * them costs the server.
 */
export async function measureStorm(bench: Bench): Promise<Findings> {
  const stage = await openStage(bench, large)
  const crowd = await inviteViewers(stage.skep.url, viewers - 1)
  bench.open.push(crowd.leave)
  await raise(stage.swarm)
  const watched = await watchLateness(bench, stage, {
    service: names[0] ?? '',
    window: bench.measure.scale.storm,
    drive: pass,
  })
  const storm = `storm of ${watched.rate} task states a second, ${viewers} viewers`
  const resident = residentFigure(`${storm}: server RSS`, watched.serverRssKib)
  const slowed = await measureSlowViewers(bench, stage)
  return {
    figures: [latenessFigure(storm, watched, stormy), resident, slowed],
    standings: [],
  }
}

/** What the server's memory grows by while they are there, be it for them or not. */
async function measureSlowViewers({ open }: Bench, { skep }: Stage): Promise<Figure> {
  const before = await watchMemory(skep.pid, slow.before)
  const idlers = await meetSlowViewers(skep.url, slow.count)
  open.push(async () => idlers.leave())
  const after = await watchMemory(skep.pid, slow.time)
  const each = Math.max(0, ((after.most - before.most) * 1024) / slow.count)
  const bound = 2 * idlers.snapshot
  return {
    name: 'storm: server memory for each viewer who stops reading',
    target: `bounded: ≤ 2 snapshots, ${kibibytes(bound)}`,
    result:
      `${kibibytes(each)} (the most ${mebibytes(before.most)} → ${mebibytes(after.most)} ` +
      `with ${slow.count})`,
    reached: each <= bound,
    data: { each, before, after, snapshot: idlers.snapshot },
  }
}

/** Lets it rise, and sees to it that so many states are reached as are asked for. */
async function raise(swarm: Swarm): Promise<void> {
  for (const name of names) await swarm.create(name, crashing(replicas))
  await pass(rising.before)
  const { states } = await swarm.counts()
  await pass(rising.counted)
  const more = (await swarm.counts()).states - states
  const rate = (more / rising.counted) * 1_000
  const wanted = Math.ceil((replicas * stormy * 1.1) / rate)
  for (const name of names) await swarm.scale(name, wanted)
  await pass(rising.before)
}

/** A service whose tasks end a second after they have begun, and begin anew a second later. */
export const crashing = (Replicas: number) => ({
  TaskTemplate: {
    ContainerSpec: { Image: 'demo/web:crash', Env: ['CRASH_AFTER=1'] },
    RestartPolicy: { Condition: 'any', Delay: 1e9 },
  },
  Mode: { Replicated: { Replicas } },
})
