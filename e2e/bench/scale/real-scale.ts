import { setTimeout as pass } from 'node:timers/promises'
import type { Figure, Findings } from '../figure.ts'
import { type Setting, tidy } from '../setting.ts'
import { firstPart } from './apps.ts'
import { measureChanges } from './change-cost.ts'
import { bytesFigure, cpuFigure, measureMemory, viewers } from './figures.ts'
import { latenessFigure, watchLateness } from './lateness.ts'
import { measureOpenings } from './opening.ts'
import { measurePage } from './page.ts'
import { besidePolling } from './polling.ts'
import { RealSwarm, waitingPart } from './real-swarm.ts'
import { openConsole, type Stage } from './stage.ts'
import { stormy } from './storm.ts'
import { calm, keepSurging } from './surge.ts'

/**
 * The figures of `scale`, `storm` and `polling` on real engines, with as many tasks as on
 * the simulated swarm, of which 500 run and 9,500 wait for a node that is not there: what
 * the lab's five nodes carry on two processors. Containers come and go at the pace of the
 * machine, some ten states a second, so what has its pace from the target is a storm of tasks
 * that wait. Latency counts from the stamp of the engine's own record.
 */
export async function measureRealScale(setting: Setting): Promise<Findings> {
  const { openings, motion } = setting.measure.scale
  const swarm = await RealSwarm.fill(setting)
  const opening = await measureOpenings(setting, swarm, openings)
  const stage = { swarm, skep: await openConsole(setting, swarm) }
  const { services } = swarm.contents
  const painted = await measurePage(setting, stage.skep.url, { services, turns: openings })
  const cost = await measureChanges(stage, motion)
  const figures = [
    opening,
    ...painted,
    cpuFigure(swarm, cost),
    bytesFigure(swarm, cost),
    await measureMemory(setting, stage),
    await measureRollout(setting, stage),
    await measureStorm(setting, stage),
  ]
  await tidy(setting)
  await swarm.rest()
  figures.push(await besidePolling(setting, swarm))
  const named = figures.map((each) => ({ ...each, name: `real engine: ${each.name}` }))
  return { figures: named, standings: [] }
}

/** Three services are updated at once, one task of each at a time; the viewers are there. */
async function measureRollout(setting: Setting, stage: Stage): Promise<Figure> {
  const rolling = [31, 32, 33].map(firstPart)
  await stage.swarm.rest()
  const watched = await watchLateness(setting, stage, {
    service: rolling[0] ?? '',
    window: setting.measure.scale.motion,
    async drive(window) {
      for (const name of rolling) await stage.swarm.roll(name)
      await pass(window)
    },
  })
  const name = `rollout, ${watched.rate} task states a second, ${viewers} viewers`
  return latenessFigure(name, watched, 0)
}

async function measureStorm(
  setting: Setting,
  { swarm, skep }: Stage<RealSwarm>,
): Promise<Figure> {
  await swarm.rest()
  const watched = await watchLateness(
    setting,
    { swarm, skep },
    {
      service: waitingPart(0).Name,
      window: setting.measure.scale.storm,
      drive: (window) => keepSurging(swarm, window),
    },
  )
  await calm(swarm)
  const name = `storm of ${watched.rate} states a second of tasks that wait, ${viewers} viewers`
  return latenessFigure(name, watched, stormy)
}
