import type { Random } from '../random.ts'
import type { Task } from '../store/objects.ts'
import type { NodeInfo } from './node-info.ts'
import { Pipeline } from './pipeline.ts'
import { spreadOver, spreadTree } from './spread.ts'

/** @see moby/swarmkit manager/scheduler/scheduler.go maxFailures */
const MOST_FAILURES = 5

type Options = {
  random: Random
  now: number
  /** Must take what the task needs from the node. */
  assign(task: Task, info: NodeInfo): void
}

/**
 * Places tasks that have service and spec in common. Answers those without a node, and why.
 * @see moby/swarmkit manager/scheduler/scheduler.go scheduleTaskGroup
 */
export function placeGroup(
  group: readonly Task[],
  nodes: readonly NodeInfo[],
  { random, now, assign }: Options,
): { left: Task[]; reason: string } {
  const [sample] = group
  if (!sample) return { left: [], reason: '' }
  const left = [...group]
  const pipeline = new Pipeline(sample)
  const order = comparison(sample, now)

  const tree = spreadTree(nodes, sample.Spec.Placement?.Preferences, sample.ServiceID)
  spreadOver(tree, left.length, (candidates, count) => {
    const fitting = candidates
      .filter((info) => pipeline.passes(info))
      .map((info) => ({ info, rank: random.next() }))
      .sort((a, b) => order(a.info, b.info) || a.rank - b.rank)
      .map(({ info }) => info)
    return fill(fitting, count)
  })
  return { left, reason: pipeline.explain() }

  function fill(fitting: readonly NodeInfo[], count: number): number {
    const full = new Set<number>()
    let index = 0
    for (let placed = 0; placed < count; ) {
      const info = fitting[index % fitting.length]
      const task = left[0]
      if (!info || !task) return placed
      left.shift()
      assign(task, info)
      if (++placed === count) return placed
      // First until all have as many tasks of the service, then one to each in turn.
      const next = fitting[index + 1]
      if (!next || order(next, info) < 0) index++
      for (let tried = 0; ; index++, tried++) {
        if (tried === fitting.length) return placed
        const place = index % fitting.length
        const candidate = fitting[place]
        if (candidate && !full.has(place) && pipeline.passes(candidate)) break
        full.add(place)
      }
    }
    return count
  }
}

/** Which of two nodes is the better one for a task: negative for the first. */
function comparison(task: Task, now: number): (a: NodeInfo, b: NodeInfo) => number {
  const { ServiceID } = task
  const counted = new Map<NodeInfo, number>()
  const failuresOf = (info: NodeInfo): number => {
    const known = counted.get(info)
    if (known !== undefined) return known
    const failures = info.recentFailures(task, now)
    counted.set(info, failures)
    return failures
  }
  return (a, b) => {
    const [ofA, ofB] = [failuresOf(a), failuresOf(b)]
    if (Math.max(ofA, ofB) >= MOST_FAILURES && ofA !== ofB) return ofA - ofB
    return a.activeOf(ServiceID) - b.activeOf(ServiceID) || a.active - b.active
  }
}
