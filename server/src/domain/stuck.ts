import { earliest } from './earliest.ts'
import { isSettling, type NodeFacts } from './node-facts.ts'
import type { Occupancy } from './occupancy.ts'
import type { Millis, Service, Task } from './state.ts'
import { isServing } from './tally.ts'
import { isLive, isTaskLost, isUpToDate } from './task-life.ts'
import { counted } from './words.ts'

export type Stuck = { readonly detail: string; readonly since: Millis }

/** A task is given its network addresses at once, or not at all, and says nothing of it. */
export const newFor = 15_000

/** No step of a start takes this long, in milliseconds, unless something is the matter. */
export const stepFor = 2 * 60_000

/**
 * What has stopped moving without any error, and when that would next read differently.
 * @see moby/moby#43052 (new), #31246 (preparing), #35564 (updates that never end)
 */
export function stuck(
  service: Service,
  { holds }: Occupancy,
  nodes: NodeFacts,
  now: Millis,
): { readonly stuck: Stuck | null; readonly nextChangeAt: Millis | null } {
  const waiting = holds.flatMap(({ tasks }) =>
    tasks.filter((task) => isLive(task) && !isTaskLost(task, nodes)),
  )
  const steps = waiting.flatMap((task) => {
    const limit = patience(task)
    return limit === null ? [] : [{ task, at: task.since + limit }]
  })
  const update = updateLimit(service, waiting, nodes)
  const turns = [...steps.map(({ at }) => at), update?.at ?? null, nodes.settlingUntil]
  const nextChangeAt = earliest(now, ...turns)
  if (isSettling(nodes, now)) return { stuck: null, nextChangeAt }
  const late = steps.filter(({ at }) => at <= now).map(({ task }) => task)
  if (late.length > 0) return { stuck: inStep(late), nextChangeAt }
  if (update === null || update.at > now) return { stuck: null, nextChangeAt }
  return {
    stuck: { detail: 'the update makes no progress', since: update.since },
    nextChangeAt,
  }
}

/** How long a task may be in its state, in milliseconds; null where it may stay for ever. */
function patience({ state, desired, error }: Task): Millis | null {
  switch (state) {
    case 'new':
      return error === null ? newFor : null
    case 'pending':
      // With an error it is not stuck but unplaced, which has its own place in the list.
      return error === null ? stepFor : null
    case 'ready':
      // Until the swarm wants it running, it waits for a restart delay, or for its elder.
      return desired === 'ready' ? null : stepFor
    case 'allocated':
    case 'assigned':
    case 'accepted':
    case 'preparing':
    case 'starting':
      return stepFor
    default:
      return null
  }
}

function inStep(late: readonly Task[]): Stuck {
  const since = Math.min(...late.map((task) => task.since))
  const fresh = late.filter(({ state }) => state === 'new')
  if (fresh.length > 0) {
    const tasks = counted(fresh.length, 'task waits', 'tasks wait')
    return { detail: `${tasks} for a network address: none may be left`, since }
  }
  const states = [...new Set(late.map(({ state }) => state))].join(', ')
  return { detail: `${counted(late.length, 'task')} stuck in ${states}`, since }
}

/**
 * When an update counts as standing still: no new task came to run for three monitor
 * windows, or two minutes if that is longer, beyond the delay that was asked for.
 */
function updateLimit(service: Service, live: readonly Task[], nodes: NodeFacts) {
  const { update, spec } = service
  if (update?.state !== 'updating' && update?.state !== 'rollback_started') return null
  const pace = update.state === 'updating' ? spec.update : spec.rollback
  const done = live.filter(
    (task) => isServing(service, task, nodes) && isUpToDate(task, service.image),
  )
  const started = update.startedAt ?? service.updatedAt
  const since = Math.max(started, ...done.map(({ updatedAt }) => updatedAt))
  const patience = Math.max((3 * pace.monitorNs) / 1e6, stepFor) + pace.delayNs / 1e6
  return { since, at: since + patience }
}
