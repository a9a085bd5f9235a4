import { type Cluster, isUnsteadyTask, kindOf, planOf, seatOf } from './cluster.ts'
import { available, rest } from './deploy.ts'
import { isLive, isRunning, isWaiting, type Task } from './engine.ts'
import { type Ended, fateOf, steadyFor } from './fate.ts'
import { type Judged, judge, type Observed } from './judge.ts'
import { found } from './markers.ts'
import { concernedBy, type Watched } from './observe.ts'
import type { Asked } from './press.ts'
import type { Action } from './scenario.ts'
import type { AtRest } from './watch.ts'

export type Outcome = {
  judged: Judged[]
  /** Tasks elsewhere that nothing was said of and nothing happened to. */
  untouched: number
}

/**
 * What became of the tasks, beside what was said of it. Activates a drained node on the
 * way, for what returns is a part of it.
 */
export async function outcome(
  cluster: Cluster,
  action: Action,
  { preview, before }: Asked,
  watched: Watched,
): Promise<Outcome> {
  const known = new Set(before.map(({ ID }) => ID))
  const concerned = concernedBy(cluster, action, preview)
  const mine = new Set(cluster.deployed.map(({ id }) => id))
  const fates = before
    .filter((task) => mine.has(task.ServiceID) && isLive(task))
    // One that waited, for a node or on its own, has no outcome here: that it runs is a gain.
    .filter(
      (task) =>
        concerned(task) ||
        (task.NodeID && !isWaiting(task) && isSteady(cluster, task, watched)),
    )
    .map((task) => fateOf(task, kindOf(cluster, task), known, watched))
  const ended = fates.filter(({ task, fate }) => fate !== 'stays' || concerned(task))
  const data = await Promise.all(ended.map((each) => dataOf(cluster, each)))
  const again = action.kind === 'drain' ? await activate(cluster, action) : null
  const observed = await Promise.all(
    ended.map(async (each, index): Promise<Observed> => {
      const back = again && successorOf(cluster, each.task, again)
      const waited = each.fate === 'waits' && back !== null
      return {
        ...described(cluster, each),
        touched: concerned(each.task),
        // One that waited is judged by what it found when it ran again.
        data: waited ? await dataFound(cluster, each.task, back) : (data[index] ?? null),
        returned: again && back !== null,
      }
    }),
  )
  return {
    judged: judge(preview.tasks, observed),
    untouched: fates.length - ended.length,
  }
}

/** Whether a task would not have changed by itself. */
const isSteady = (cluster: Cluster, task: Task, { at }: Watched): boolean =>
  !isUnsteadyTask(cluster, task) ||
  (!kindOf(cluster, task).crashes &&
    isRunning(task) &&
    at - Date.parse(task.Status.Timestamp) > 10_000)

const described = (cluster: Cluster, { task, fate, successor, words }: Ended) => {
  const { name, mount, aftermath } = planOf(cluster, task)
  const where = cluster.names.get(successor?.NodeID ?? '')
  return {
    task: task.ID,
    service: name,
    slot: String(task.Slot ?? cluster.names.get(task.NodeID ?? '')),
    fate,
    pathUnknown: mount?.kind === 'bind',
    specFails: aftermath.kind === 'bad-update',
    words: [where && `on ${where}`, words].filter(Boolean).join(': '),
  }
}

const dataOf = async (cluster: Cluster, { task, fate, successor }: Ended) =>
  fate === 'moves' || fate === 'comes-up' ? dataFound(cluster, task, successor) : null

async function dataFound(
  cluster: Cluster,
  task: Task,
  successor: Task | null,
): Promise<Observed['data']> {
  // What ends at once leaves nobody the time to look.
  if (kindOf(cluster, task).crashes) return null
  const from = seatOf(cluster, task)
  const to = successor && seatOf(cluster, successor)
  return from && to ? found(cluster.lab, from, to) : null
}

async function activate(cluster: Cluster, { node }: Action): Promise<AtRest> {
  await available(cluster, node, 'active')
  return rest(cluster, cluster.deployed)
}

/**
 * What runs in a task's place now, and has not just begun; of what never runs for long, any
 * that tries.
 */
function successorOf(cluster: Cluster, task: Task, { tasks, at }: AtRest): Task | null {
  const { global } = kindOf(cluster, task)
  const found = tasks.find(
    (other) =>
      other.ServiceID === task.ServiceID &&
      (global ? other.NodeID === task.NodeID : other.Slot === task.Slot) &&
      (isUnsteadyTask(cluster, task)
        ? isLive(other)
        : isRunning(other) && at - Date.parse(other.Status.Timestamp) > steadyFor / 2),
  )
  return found ?? null
}
