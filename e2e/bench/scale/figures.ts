import type { Figure } from '../figure.ts'
import type { Bench } from '../setting.ts'
import { inviteViewers } from '../viewers.ts'
import { firstPart } from './apps.ts'
import type { ChangeCost } from './change-cost.ts'
import { mebibytes, watchMemory } from './process-cost.ts'
import type { Stage } from './stage.ts'
import type { Swarm } from './swarm.ts'

const targets = { cpu: 2, bytes: 1_024, resident: 300 * 1024 }

/** Tabs on the stream at once. */
export const viewers = 50

export const amount = (value: number): string => value.toLocaleString('en')

const allOf = ({ contents }: Swarm): string => amount(contents.tasks)

export const cpuFigure = (swarm: Swarm, cost: ChangeCost): Figure => ({
  name: `a task reaches a state, among ${allOf(swarm)}: server CPU`,
  target: `≤ ${targets.cpu} ms`,
  result:
    `${cost.cpu.toFixed(2)} ms (${cost.states} states, ${cost.patches.n} patches; turn by turn ` +
    `${cost.turns.map((turn) => turn.toFixed(2)).join(', ')}; just started ${cost.cold.toFixed(2)})`,
  reached: cost.cpu <= targets.cpu,
  data: cost,
})

export const bytesFigure = (
  swarm: Swarm,
  { bytes, patches, states }: ChangeCost,
): Figure => ({
  name: `a task reaches a state, among ${allOf(swarm)}: to each viewer`,
  target: '≤ 1 KiB',
  result: `${Math.round(bytes)} bytes (patches: p50 ${patches.p50}, p95 ${patches.p95})`,
  reached: bytes <= targets.bytes,
  data: { bytes, patches, states },
})

/**
 * Through a whole sweep, while a service is updated; the first snapshots are in the peak.
 * The viewers stay until `tidy`.
 */
export async function measureMemory(bench: Bench, { swarm, skep }: Stage): Promise<Figure> {
  const crowd = await inviteViewers(skep.url, viewers)
  bench.open.push(crowd.leave)
  await swarm.roll(firstPart(20))
  const window = Math.max(bench.measure.scale.motion, 31_000)
  const { most, peak } = await watchMemory(skep.pid, window)
  return {
    ...residentFigure(`server RSS, ${allOf(swarm)} tasks, ${viewers} viewers`, most),
    result: `${mebibytes(most)} (peak since its start ${mebibytes(peak)})`,
    data: { mostKib: most, peakKib: peak, window },
  }
}

/** @param most KiB of the server, while as many as `viewers` looked on */
export const residentFigure = (name: string, most: number): Figure => ({
  name,
  target: `≤ ${mebibytes(targets.resident)}`,
  result: mebibytes(most),
  reached: most <= targets.resident,
  data: { mostKib: most },
})
