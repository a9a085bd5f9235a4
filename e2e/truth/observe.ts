import type { NodePreview } from '@skep/shared/contract/node-preview'
import { type Cluster, idOf, kindOf, planOf } from './cluster.ts'
import { patience, unsteadyOf } from './deploy.ts'
import { isLive, type Task } from './engine.ts'
import { fateOf } from './fate.ts'
import type { Asked } from './press.ts'
import type { Action } from './scenario.ts'
import { type AtRest, untilAtRest } from './watch.ts'

/** With the fewest tasks of each service that were seen to run. */
export type Watched = AtRest & { lowest: ReadonlyMap<string, number> }

/** Watches until all has come of it that will. */
export async function observe(
  cluster: Cluster,
  action: Action,
  { preview, before }: Asked,
): Promise<Watched> {
  const started = Date.now()
  const { swarm, deployed } = cluster
  const unsteady = unsteadyOf(deployed)
  const concerned = concernedBy(cluster, action, preview)
  const restless = before.filter((task) => unsteady.has(task.ServiceID) && concerned(task))
  const known = new Set(before.map(({ ID }) => ID))
  const lowest = new Map<string, number>()
  const look = (tasks: readonly Task[]) => {
    for (const { id, plan } of deployed) {
      const running = tasks.filter(
        ({ ServiceID, Status }) => ServiceID === id && Status.State === 'running',
      ).length
      lowest.set(plan.name, Math.min(running, lowest.get(plan.name) ?? running))
    }
  }
  // One that is replaced within its delay waits for another one, and then has to start.
  const delays = deployed.map(({ plan }) =>
    plan.behaviour === 'crash' ? plan.restart.delay : 0,
  )
  const longest = 15_000 + 2 * Math.max(...delays)
  const enough = (soFar: AtRest) =>
    soFar.at - started > longest ||
    restless.every((task) => {
      const { fate } = fateOf(task, kindOf(cluster, task), known, soFar)
      const failures = [...soFar.seen.values()].filter(
        (other) =>
          !known.has(other.ID) &&
          other.ServiceID === task.ServiceID &&
          ['failed', 'rejected'].includes(other.Status.State),
      ).length
      if (fate === 'fails') return failures >= enoughFailures(cluster, task)
      // Nothing came yet of one that is still to start again: on release 20 its replacement
      // is made when the delay of the one that it replaces is over.
      if (fate === 'not-replaced')
        return soFar.at - started > planOf(cluster, task).restart.delay + 3_000
      // One in its delay stays in it, whatever happens to its node.
      if (fate === 'stays') return !kindOf(cluster, task).crashes
      return fate !== 'unclear'
    })
  const atRest = await untilAtRest(swarm, { unsteady, enough, look, timeout: patience })
  return { ...atRest, lowest }
}

/** The swarm avoids a node where a service failed five times: until then it tries. */
const enoughFailures = (cluster: Cluster, task: Task): number =>
  planOf(cluster, task).mount?.kind === 'bind' ? 26 : 2

/**
 * A drain concerns all that is on the node, and was when the preview was made; a change of
 * labels what it was said to.
 */
export function concernedBy(
  cluster: Cluster,
  { kind, node }: Action,
  { tasks, asOf }: NodePreview,
): (task: Task) => boolean {
  const nodeId = idOf(cluster, node)
  const announced = new Set(tasks.map(({ task }) => task))
  const isOnIt = (task: Task) =>
    isLive(task) &&
    task.NodeID === nodeId &&
    Date.parse(asOf) - Date.parse(task.CreatedAt) > 1_000
  return (task) => announced.has(task.ID) || (kind === 'drain' && isOnIt(task))
}
