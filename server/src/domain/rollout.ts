import type { Rollout, SlotPhase, StuckSlot } from '@skep/shared/contract/rollout'
import { earliest } from './earliest.ts'
import { failureBudget } from './failure-budget.ts'
import { flapsFrom } from './failures.ts'
import { instant } from './instant.ts'
import { type NodeFacts, nodeName } from './node-facts.ts'
import { isCurrentRun, type Occupancy } from './occupancy.ts'
import { type Course, courseOf } from './rollout-course.ts'
import { finish } from './rollout-finish.ts'
import { isFresh, type RolloutSlot, rolloutSlots } from './rollout-slots.ts'
import type { Millis, Service, TaskMap } from './state.ts'
import { type StuckIn, stuckSlots } from './stuck-slots.ts'
import { isJob, isRunning } from './task-life.ts'

/** A rollout judged: what it says, where each slot is in it, and when to judge again. */
export type RolloutJudgement = {
  readonly rollout: Rollout | null
  /** By the key of the slot; empty where nothing is rolled out. */
  readonly phases: ReadonlyMap<string, SlotPhase>
  /** When the answer would differ with the same facts; null if it never would. */
  readonly nextChangeAt: Millis | null
}

const none: RolloutJudgement = { rollout: null, phases: new Map(), nextChangeAt: null }

/**
 * The update, the rollback or the run of a job that a service is in the middle of, or was
 * paused in. Made of the facts of this instant alone, and what it says of the future are
 * instants: it changes when a fact does, or when one of them is reached.
 * @param now by the managers' clock, as nearly as the caller knows it
 */
export function rollout(
  service: Service,
  tasks: TaskMap,
  nodes: NodeFacts,
  now: Millis,
  occupied: Occupancy,
): RolloutJudgement {
  const course = courseOf(service)
  if (course === null) return none
  const { pace, startedAt } = course
  const monitor = pace.monitorNs / 1e6
  const slots = rolloutSlots(service, tasks, nodes, occupied, { startedAt, monitor, now })
  const lanes = lanesOf(slots, occupied)
  if (isJob(service.mode) && lanes.updated === lanes.total) return none
  const standing = stuckSlots(service, slots, nodes, now)
  const watched = slots.flatMap(({ phase, doneAt }) =>
    phase === 'verifying' && doneAt !== null ? [doneAt + monitor] : [],
  )
  const view: Rollout = {
    kind: course.kind,
    automatic: course.automatic,
    state: course.state,
    startedAt: instant(startedAt),
    lanes,
    parallelism: pace.parallelism,
    wave: wave(lanes, pace.parallelism),
    order: pace.order,
    delayNs: pace.delayNs,
    monitorNs: pace.monitorNs,
    failures: failureBudget(service, slots, pace),
    verifyingUntil:
      watched.length === 0 ? null : instant(watched.reduce((a, b) => Math.max(a, b))),
    finish: finishView(service, slots, lanes, course, standing),
    versions: versions(service, tasks, nodes),
    stuck: standing.stuck.slice(0, mostStuck).map((stuck) => stuckView(stuck, nodes)),
    ...(standing.stuck.length > mostStuck && {
      stuckMore: standing.stuck.length - mostStuck,
    }),
  }
  return {
    rollout: view,
    phases: new Map(slots.map(({ hold, phase }) => [hold.key, phase])),
    nextChangeAt: watched.reduce(
      (first: Millis | null, at) => earliest(now, first, at),
      standing.nextChangeAt,
    ),
  }
}

/** Stuck slots that are listed, at most: the list travels whole when one of them changes. */
const mostStuck = 20

function lanesOf(slots: readonly RolloutSlot[], { desired }: Occupancy): Rollout['lanes'] {
  const count = { 'to-update': 0, 'in-flight': 0, verifying: 0, updated: 0 }
  for (const { phase } of slots) count[phase] += 1
  // Before a scale-down takes hold there are more; of a job of millions, not all are listed.
  const total = Math.max(desired, slots.length)
  return {
    toUpdate: count['to-update'] + total - slots.length,
    inFlight: count['in-flight'],
    verifying: count.verifying,
    updated: count.updated,
    total,
  }
}

function wave(
  { verifying, updated, total }: Rollout['lanes'],
  parallelism: number,
): Rollout['wave'] {
  const of = parallelism === 0 ? 1 : Math.ceil(total / parallelism)
  if (of <= 1) return null
  return { n: Math.min(Math.ceil((verifying + updated) / parallelism) + 1, of), of }
}

function finishView(
  { updatedAt }: Service,
  slots: readonly RolloutSlot[],
  { toUpdate: left }: Rollout['lanes'],
  { state, pace, startedAt }: Course,
  { stuck }: { readonly stuck: readonly StuckIn[] },
): Rollout['finish'] {
  // Of a slot that fails again and again the swarm soon forgets how it began.
  const flaps = slots.some(({ failures }) => failures.length >= flapsFrom)
  if (state === 'paused' || flaps) return null
  const delay = pace.delayNs / 1e6
  const monitor = pace.monitorNs / 1e6
  const { earliest, latest } = finish(slots, {
    // A rollback by the swarm keeps the start of the update that it ends.
    from: Math.max(startedAt, updatedAt),
    parallelism: pace.parallelism,
    delay,
    // The swarm watches for a second more than the delay, if that is as long.
    tail: delay > 0 && delay >= monitor ? delay + 1000 : monitor,
    left,
    stuck: stuck.length > 0,
  })
  return { earliest: instant(earliest), latest: latest === null ? null : instant(latest) }
}

/** The images of the tasks that run now, those that are being stopped among them. */
function versions(service: Service, tasks: TaskMap, nodes: NodeFacts): Rollout['versions'] {
  const found = new Map<string, { image: string; running: number; current: boolean }>()
  for (const task of tasks.values()) {
    if (!isRunning(task, nodes)) continue
    const { image } = task
    const current = isCurrentRun(service, task) && isFresh(service, task)
    const key = `${current} ${image}`
    const version = found.get(key) ?? { image, running: 0, current }
    version.running += 1
    found.set(key, version)
  }
  return [...found.values()].sort(
    (a, b) =>
      b.running - a.running ||
      Number(b.current) - Number(a.current) ||
      (a.image < b.image ? -1 : 1),
  )
}

const stuckView = (
  { slot, task, since, why, cause }: StuckIn,
  nodes: NodeFacts,
): StuckSlot => ({
  slot: slot.hold.key,
  state: task.state,
  since: instant(since),
  node: task.nodeId === null ? null : nodeName(nodes, task.nodeId),
  why,
  cause,
})
