import type { Figure, Findings } from '../figure.ts'
import type { Bench } from '../setting.ts'
import { inviteViewers } from '../viewers.ts'
import { type ChangeCost, measureChanges } from './change-cost.ts'
import { measureOpenings } from './opening.ts'
import { measurePage } from './page.ts'
import { mebibytes, watchMemory } from './process-cost.ts'
import { openConsole, openStage, openSwarm, type Stage } from './stage.ts'
import { large, small, tasksIn } from './swarm.ts'

const targets = { cpu: 2, bytes: 1_024, growth: 1.5, resident: 300 * 1024 }

/** Tabs on the stream at once. */
export const viewers = 50

/**
 * A cluster of 10,000 tasks at rest, in which one task after another changes: what is to be
 * waited for, and what it costs; and that cost in a cluster of a tenth of the size.
 */
export async function measureScale(bench: Bench): Promise<Findings> {
  const { openings, motion } = bench.measure.scale
  const few = await openStage(bench, small)
  const little = await measureChanges(few, motion)
  await few.skep.stop()
  await few.swarm.stop()

  const swarm = await openSwarm(bench, large)
  const opening = await measureOpenings(bench, swarm, openings)
  const stage = { swarm, skep: await openConsole(bench, swarm) }
  const { services } = large
  const painted = await measurePage(bench, stage.skep.url, { services, turns: openings })
  const much = await measureChanges(stage, motion)
  const figures = [
    opening,
    ...painted,
    cpuFigure(much),
    bytesFigure(much),
    growthFigure(little, much),
    await memoryFigure(bench, stage),
  ]
  return { figures, standings: [] }
}

const inAll = tasksIn(large).toLocaleString('en')

const cpuFigure = (cost: ChangeCost): Figure => ({
  name: `a task reaches a state, among ${inAll}: server CPU`,
  target: `≤ ${targets.cpu} ms`,
  result: `${cost.cpu.toFixed(2)} ms (${cost.states} states, ${cost.patches.n} patches)`,
  reached: cost.cpu <= targets.cpu,
  data: cost,
})

const bytesFigure = ({ bytes, patches, states }: ChangeCost): Figure => ({
  name: `a task reaches a state, among ${inAll}: to each viewer`,
  target: '≤ 1 KiB',
  result: `${Math.round(bytes)} bytes (patches: p50 ${patches.p50}, p95 ${patches.p95})`,
  reached: bytes <= targets.bytes,
  data: { bytes, patches, states },
})

function growthFigure(little: ChangeCost, much: ChangeCost): Figure {
  const growth = much.cpu / little.cpu
  return {
    name: `cost of that, ${tasksIn(small).toLocaleString('en')} → ${inAll} tasks`,
    target: `≤ ×${targets.growth}`,
    result: `×${growth.toFixed(2)} (${little.cpu.toFixed(2)} → ${much.cpu.toFixed(2)} ms)`,
    reached: growth <= targets.growth,
    data: { little, much },
  }
}

/** Through a whole sweep, while a service is updated; the first snapshots are in the peak. */
async function memoryFigure(bench: Bench, { swarm, skep }: Stage): Promise<Figure> {
  const crowd = await inviteViewers(skep.url, viewers)
  bench.open.push(crowd.leave)
  await swarm.roll('app020_part1')
  const window = Math.max(bench.measure.scale.motion, 31_000)
  const { most, peak } = await watchMemory(skep.pid, window)
  return {
    name: `server RSS, ${inAll} tasks, ${viewers} viewers`,
    target: `≤ ${mebibytes(targets.resident)}`,
    result: `${mebibytes(most)} (peak since its start ${mebibytes(peak)})`,
    reached: most <= targets.resident,
    data: { mostKib: most, peakKib: peak, window },
  }
}
