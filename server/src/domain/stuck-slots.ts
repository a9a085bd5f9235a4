import { earliest } from './earliest.ts'
import { isAboutToBeReplaced, unplacedAfter } from './missing.ts'
import { isSettling, type NodeFacts } from './node-facts.ts'
import type { RolloutSlot } from './rollout-slots.ts'
import type { Millis, Service, Task } from './state.ts'
import { newFor, stepFor } from './stuck.ts'
import { isLive, isTaskLost } from './task-life.ts'
import { counted } from './words.ts'

/** A slot that holds a rollout up. */
export type StuckIn = {
  readonly slot: RolloutSlot
  readonly task: Task
  readonly since: Millis
  readonly why: string
  readonly cause: string | null
}

/** A pull or a start that takes longer than this, in milliseconds, is named. */
const pullFor = 30_000
const startFor = 60_000

/**
 * The slots that hold a rollout up, and why; and when that would next read differently. A
 * slot is named sooner here than in the list of what needs attention: whoever watches a
 * rollout wants to know what it waits for, long before it is an alarm.
 */
export function stuckSlots(
  service: Service,
  slots: readonly RolloutSlot[],
  nodes: NodeFacts,
  now: Millis,
): { readonly stuck: readonly StuckIn[]; readonly nextChangeAt: Millis | null } {
  const waits = slots.flatMap((slot) => waitOf(service, slot, nodes))
  const turns = waits.map(({ at }) => at)
  const nextChangeAt = turns.reduce(
    (first: Millis | null, at) => earliest(now, first, at),
    earliest(now, nodes.settlingUntil),
  )
  if (isSettling(nodes, now)) return { stuck: [], nextChangeAt }
  const late = new Map<RolloutSlot, StuckIn>()
  for (const { at, ...wait } of waits) if (at <= now) late.set(wait.slot, wait)
  const stuck = slots.flatMap((slot) => late.get(slot) ?? failing(slot))
  return { stuck: stuck.toSorted((a, b) => a.since - b.since), nextChangeAt }
}

/** What the task of a slot waits for, and from when on that is worth a word. */
function waitOf(
  service: Service,
  slot: RolloutSlot,
  nodes: NodeFacts,
): (StuckIn & { readonly at: Millis })[] {
  const { phase, fresh: task } = slot
  if (phase !== 'in-flight' || task === null || !isLive(task)) return []
  const { since, error: cause } = task
  const wait = (why: string, patience: Millis) => [
    { slot, task, since, why, cause, at: since + patience },
  ]
  if (isTaskLost(task, nodes)) return wait('its node is lost', 0)
  switch (task.state) {
    case 'new':
      return wait('it waits for a network address: none may be left', newFor)
    case 'allocated':
    case 'pending':
      return cause === null
        ? wait('no node was chosen, and the swarm does not say why', stepFor)
        : wait('no node can take it', unplacedAfter)
    case 'assigned':
    case 'accepted':
      return wait('its node has not taken it up', pullFor)
    case 'preparing':
      return wait('its image is still being pulled, or its network or volumes', pullFor)
    case 'ready':
      // Until the swarm wants it running, it waits for a restart delay, or for its elder.
      return task.desired === 'ready' ? [] : wait('its node does not start it', stepFor)
    case 'starting':
      return service.hasHealthCheck
        ? wait('its health check has not passed yet', startFor)
        : wait('it has started, but does not count as running', startFor)
    default:
      return []
  }
}

/** A slot whose tasks fail, one after another, on the spec that is being rolled out. */
function failing(slot: RolloutSlot): StuckIn[] {
  const { phase, failures, fresh: task } = slot
  const [last] = failures
  if (phase === 'updated' || phase === 'to-update' || !last || task === null) return []
  const attempts = failures.length
  const goesOn = isAboutToBeReplaced(task) ? 'it is tried again' : 'it is not tried again'
  const what = isPull(last)
    ? `its image cannot be pulled (${counted(attempts, 'attempt')})`
    : counted(attempts, 'attempt failed', 'attempts failed')
  const first = failures.at(-1) ?? last
  return [{ slot, task, since: first.since, why: `${what}, ${goesOn}`, cause: last.error }]
}

/** @see moby/moby daemon/cluster/executor/container: whatever is wrong, it reads the same */
const isPull = ({ state, error }: Task): boolean =>
  state === 'rejected' && /^No such image|pull access denied|manifest/.test(error ?? '')
