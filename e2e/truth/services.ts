import type { Cluster } from './cluster.ts'
import { unsteadyOf } from './deploy.ts'
import { isRunning, type Task } from './engine.ts'
import type { Watched } from './observe.ts'
import type { Asked } from './press.ts'

export type Gain = { service: string; predicted: number; observed: number }

/** A service that went lower, or settled lower, than was said. */
export type Dip = Gain & { settled: boolean }

/** How many tasks of each service run now that did not, beside what was said of it. */
export function gainsOf(
  { deployed }: Cluster,
  { preview: { gains, tasks }, before }: Asked,
  { tasks: after }: Watched,
): Gain[] {
  const leaving = new Set(tasks.map(({ service }) => service))
  const unsteady = unsteadyOf(deployed)
  return deployed.flatMap(({ id, plan }) => {
    if (leaving.has(plan.name) || unsteady.has(id)) return []
    const running = (all: readonly Task[]) =>
      all.filter((task) => task.ServiceID === id && isRunning(task)).length
    const observed = Math.max(0, running(after) - running(before))
    const predicted = gains.find(({ service }) => service === plan.name)?.tasks ?? 0
    return observed + predicted > 0 ? [{ service: plan.name, predicted, observed }] : []
  })
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
