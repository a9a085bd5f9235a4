import type { RolloutSlot } from './rollout-slots.ts'
import type { Millis } from './state.ts'
import { isOver } from './task-life.ts'

/** How a rollout or a job goes about its slots; durations are in milliseconds. */
export type Course = {
  /** When the swarm could have begun with the first slot. */
  readonly from: Millis
  /** Slots worked on side by side; 0: all. */
  readonly parallelism: number
  /** Pause after each slot. */
  readonly delay: Millis
  /** How long it is watched after the last one. */
  readonly tail: Millis
  /** Slots that nothing was done for yet. */
  readonly left: number
  /** Whether something stands in its way, so that no latest end can be told. */
  readonly stuck: boolean
}

/**
 * When a rollout may be through, from what its own slots took so far: at the earliest if all
 * that are left are as fast as the fastest, at the latest if they are as slow as the
 * slowest. Before the first is done, the earliest rests on the pauses alone, and nothing
 * speaks for a latest. It comes from facts only: one that runs late has an end in the past.
 * @see moby/swarmkit manager/orchestrator/update/updater.go, Run and worker
 */
export function finish(
  slots: readonly RolloutSlot[],
  course: Course,
): { readonly earliest: Millis; readonly latest: Millis | null } {
  const works = slots.flatMap(work)
  const took = works.flatMap(({ madeAt, doneAt }) =>
    doneAt === null ? [] : [Math.max(0, doneAt - madeAt)],
  )
  const end = (perSlot: Millis) => {
    const free = works.map(
      ({ madeAt, doneAt, failedAt }) =>
        (doneAt ?? failedAt ?? madeAt + perSlot) + course.delay,
    )
    return lanesEnd(free, perSlot + course.delay, course) + course.tail
  }
  const known = took.length > 0
  return {
    earliest: end(known ? least(took) : 0),
    latest: known && !course.stuck ? end(most(took)) : null,
  }
}

/** What this rollout did about a slot. */
type Work = {
  readonly madeAt: Millis
  readonly doneAt: Millis | null
  readonly failedAt: Millis | null
}

/** To the swarm, the failure of its own task is an end too: what is tried after is not its. */
function work({ first, fresh, doneAt }: RolloutSlot): Work[] {
  if (first === null) return []
  const failedAt = isOver(first) ? first.since : null
  return [{ madeAt: first.createdAt, doneAt: first === fresh ? doneAt : null, failedAt }]
}

/**
 * When the last of some lanes is through, if each takes the next slot as it becomes free.
 * The lanes are as the latest slots left them; one without any has been free all along.
 */
function lanesEnd(free: readonly Millis[], step: Millis, course: Course): Millis {
  const { parallelism, left, from } = course
  const width = parallelism === 0 ? free.length + left : parallelism
  const begun = free.toSorted((a, b) => b - a).slice(0, width)
  const idle = Math.min(width - begun.length, left)
  const lanes = begun.length + idle
  if (lanes === 0) return from
  const rounds = Math.floor(left / lanes)
  const odd = left % lanes
  // The longer a lane has been free the sooner it takes a slot: the idle ones come first.
  const more = (place: number) => (rounds + (place < odd ? 1 : 0)) * step
  return begun.reduce(
    (end, at, i) => Math.max(end, at + more(lanes - 1 - i)),
    from + (idle > 0 ? more(0) : 0),
  )
}

// Spreading a long list into Math.min overflows the stack.
const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b))
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b))
