import type { Figure, Findings } from '../figure.ts'
import type { Bench } from '../setting.ts'
import { type ChangeCost, measureChanges } from './change-cost.ts'
import { amount, bytesFigure, cpuFigure, measureMemory } from './figures.ts'
import { measureOpenings } from './opening.ts'
import { measurePage } from './page.ts'
import { large, small, tasksIn } from './simulated-swarm.ts'
import { openConsole, openStage, openSwarm } from './stage.ts'

/** How much dearer a change may be among ten times as many tasks. */
const target = 1.5

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
    cpuFigure(swarm, much),
    bytesFigure(swarm, much),
    growthFigure(little, much),
    await measureMemory(bench, stage),
  ]
  return { figures, standings: [] }
}

const pace = (little: number, much: number): string =>
  `${little.toFixed(2)} → ${much.toFixed(2)} ms`

function growthFigure(little: ChangeCost, much: ChangeCost): Figure {
  const growth = much.cpu / little.cpu
  return {
    name: `cost of that, ${amount(tasksIn(small))} → ${amount(tasksIn(large))} tasks`,
    target: `≤ ×${target}`,
    result: `×${growth.toFixed(2)} (${pace(little.cpu, much.cpu)}; just started ${pace(little.cold, much.cold)})`,
    reached: growth <= target,
    data: { little, much },
  }
}
