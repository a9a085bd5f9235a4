import type { DataOutcome } from '@skep/shared/contract/node-preview'
import { type Cluster, homeKey, seatOf } from './cluster.ts'
import { unsteadyOf } from './deploy.ts'
import { isRunning, type Task } from './engine.ts'
import { dataAgrees } from './judge.ts'
import { found } from './markers.ts'
import type { Watched } from './observe.ts'
import type { Asked } from './press.ts'

type Count = { service: string; predicted: number; observed: number }

export type Gain = Count & {
  /** How many of those predicted were said to run whatever else waits. */
  sure: number
  /** What its one task found of the data that it had; null where that was not looked at. */
  data: { predicted: DataOutcome; observed: DataOutcome } | null
  right: boolean
}

/** A service that went lower, or settled lower, than was said. */
export type Dip = Count & { settled: boolean }

/** How many tasks of each service run now that did not, beside what was said of it. */
export async function gainsOf(
  cluster: Cluster,
  { preview: { gains, tasks }, before }: Asked,
  { tasks: after }: Watched,
): Promise<Gain[]> {
  const { deployed } = cluster
  const leaving = new Set(tasks.map(({ service }) => service))
  const unsteady = unsteadyOf(deployed)
  const all = deployed.map(async ({ id, plan }): Promise<Gain[]> => {
    if (leaving.has(plan.name) || unsteady.has(id)) return []
    const running = (of: readonly Task[]) =>
      of.filter((task) => task.ServiceID === id && isRunning(task))
    const observed = Math.max(0, running(after).length - running(before).length)
    const said = gains.find(({ service }) => service === plan.name)
    const predicted = said?.tasks ?? 0
    const sure = said?.sure ?? 0
    if (observed + predicted === 0) return []
    const here = await dataHere(cluster, running(after))
    const data = said && here ? { predicted: said.data, observed: here } : null
    const right =
      sure <= observed &&
      observed <= predicted &&
      (!data || dataAgrees(data.predicted, data.observed))
    return [{ service: plan.name, predicted, sure, observed, data, right }]
  })
  return (await Promise.all(all)).flat()
}

/**
 * What the one task that runs of a service found of the data of the one before it. Null where
 * several run, which share what they have, and where none was seen before.
 */
async function dataHere(
  cluster: Cluster,
  running: readonly Task[],
): Promise<DataOutcome | null> {
  const [task] = running
  const to = task && running.length === 1 ? seatOf(cluster, task) : null
  const from = to && cluster.homes.get(homeKey(to))
  return to && from ? found(cluster.lab, from, to) : null
}

/** Only services that went lower, or settled lower, than was said. */
export function dipsOf(
  { deployed }: Cluster,
  { preview: { services } }: Asked,
  { tasks, lowest }: Watched,
): Dip[] {
  const unsteady = unsteadyOf(deployed)
  return services.flatMap(({ service, lowest: said, settles }) => {
    const found = deployed.find(({ plan }) => plan.name === service)
    if (!found || unsteady.has(found.id)) return []
    const running = tasks.filter((t) => t.ServiceID === found.id && isRunning(t)).length
    const least = lowest.get(service) ?? running
    return [
      ...(least < said
        ? [{ service, predicted: said, observed: least, settled: false }]
        : []),
      ...(running < settles
        ? [{ service, predicted: settles, observed: running, settled: true }]
        : []),
    ]
  })
}
