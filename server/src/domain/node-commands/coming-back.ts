import type { AffectedTask } from '@skep/shared/contract/node-preview'
import { demandOf } from '../placement/demand.ts'
import { siteOf } from '../placement/sites.ts'
import type { Service, Task } from '../state.ts'
import { isPerNode } from '../task-life.ts'
import { groupOn, shareOn } from './competition.ts'
import type { Situation } from './facts.ts'
import { waitingFor } from './waiting.ts'

type Found = Pick<AffectedTask, 'outcome' | 'returns' | 'why'>

/** A task that a drain takes off this node, and what becomes of it as far as it was judged. */
type Gone<F extends Found> = {
  readonly task: Task
  readonly service: Service
  readonly fate: F
}

/**
 * The fates of the tasks of a drained node, where none is said to come back to room that it
 * may not find: it is made anew when the node is active again, and whatever waits by then may
 * be placed before it.
 * @param gone all that leave
 * @see moby/swarmkit manager/scheduler/scheduler.go, Run: processPreassignedTasks, tick
 */
export function comingBack<F extends Found>(
  on: Situation,
  gone: readonly Gone<F>[],
): Gone<F>[] {
  if (!gone.some(({ fate }) => fate.returns === true)) return [...gone]
  const open = { ...on.node, state: 'ready', availability: 'active' } as const
  const left = gone.filter(({ fate }) => fate.outcome !== 'stays')
  const site = siteOf(on.state, open, new Set(left.map(({ task }) => task.id)))
  const asking = new Map(
    left.flatMap((one) => {
      const group = asks(one.fate) && groupOn(site, demandOf(one.service, on.state), 1)
      return group ? [[one, group] as const] : []
    }),
  )
  const perNode = left.flatMap(({ service }) => (isPerNode(service.mode) ? service : []))
  const waiting = waitingFor(on, site, new Set(perNode))
  return gone.map((one) => (one.fate.returns === true && !isSure(one) ? unsure(one) : one))

  function isSure(one: Gone<F>): boolean {
    const group = asking.get(one)
    const others = [...asking].flatMap(([other, its]) => (other === one ? [] : its))
    return group !== undefined && shareOn(site, group, [...others, ...waiting]).atWorst > 0
  }
}

/** Whether a task, or the one in its place, may look for room here when the node is back. */
const asks = ({ outcome, returns }: Found): boolean =>
  outcome === 'stops'
    ? returns !== false
    : outcome === 'waits' || outcome === 'may-wait' || outcome === 'fails'

const unsure = <F extends Found>(one: Gone<F>): Gone<F> => ({
  ...one,
  fate: { ...one.fate, returns: null, why: unsureWords },
})

const unsureWords =
  'One task per node: it stops, and none runs elsewhere for it. It may not come back when the node is activated: others that wait may take its room first.'
