import { Console } from '../../console.ts'
import { type Figure, milliseconds } from '../figure.ts'
import { type Bench, tidy } from '../setting.ts'
import { spreadOf } from '../spread.ts'
import { watchStart } from '../watch-start.ts'
import { costOf, mebibytes } from './process-cost.ts'
import { expectAll, settingsFor } from './stage.ts'
import { readStream } from './stream-reader.ts'
import type { Swarm } from './swarm.ts'

const target = 2_000
const patience = 60_000

/**
 * The console's process is started → it listens → what it shows is live and whole; and what
 * a viewer then waits for the first snapshot. It connects to the engine as it begins to
 * listen, so the time since then is what is judged; the start of Node is in the report.
 */
export async function measureOpenings(
  { open }: Bench,
  swarm: Swarm,
  turns: number,
): Promise<Figure> {
  const found = { listening: [], live: [], snapshot: [], peak: [] } as Record<
    'listening' | 'live' | 'snapshot' | 'peak',
    number[]
  >
  let bytes = 0
  for (let turn = 0; turn < turns; turn += 1) {
    const mine: Bench['open'] = []
    const skep = await Console.prepare(settingsFor(swarm))
    mine.push(() => skep.stop())
    open.push(() => tidy({ open: mine }))
    const from = performance.now()
    const [times] = await Promise.all([
      watchStart(skep.url, { from, patience }),
      skep.start(),
    ])
    const asked = performance.now()
    const reader = await readStream(skep.url)
    found.snapshot.push(performance.now() - asked)
    reader.leave()
    bytes = reader.got.snapshot.bytes
    found.listening.push(times.listening)
    found.live.push(times.live)
    found.peak.push((await costOf(skep.pid)).peak)
    await expectAll(skep, swarm)
    await tidy({ open: mine })
  }
  const since = spreadOf(
    found.live.map((live, turn) => live - (found.listening[turn] ?? 0)),
  )
  const live = spreadOf(found.live)
  const { nodes, services, tasks, running } = swarm.contents
  const waiting = running < tasks ? `, of which ${running} run` : ''
  return {
    name: `${nodes} nodes, ${services} services, ${tasks} tasks${waiting}: first live snapshot`,
    target: `≤ ${target} ms`,
    result: `${milliseconds(since.p50)} median, ${milliseconds(since.max)} max of ${since.n}; from the start of the process ${milliseconds(live.max)}`,
    reached: since.max <= target,
    data: {
      sinceListening: since,
      live,
      listening: spreadOf(found.listening),
      toViewer: { ...spreadOf(found.snapshot), bytes },
      peak: mebibytes(Math.max(...found.peak)),
    },
  }
}
