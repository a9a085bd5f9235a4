import type { Attention, AttentionKind } from '@skep/shared/contract/attention'
import type { Judgement } from './convergence.ts'
import { earliest } from './earliest.ts'
import { instant } from './instant.ts'
import { unplacedAfter } from './missing.ts'
import { isSettling, type NodeFacts } from './node-facts.ts'
import type { Occupancy } from './occupancy.ts'
import { isAutomatic } from './rollout-verdict.ts'
import type { Millis, Service, Task } from './state.ts'
import { stuck } from './stuck.ts'
import { isLive } from './task-life.ts'
import { counted } from './words.ts'

/**
 * The one thing, if any, that the tasks of a service need a human for: the gravest, since
 * whoever looks into it sees the rest.
 */
export function serviceAttention(
  service: Service,
  judged: Judgement,
  occupied: Occupancy,
  nodes: NodeFacts,
  now: Millis,
): { readonly attention: Attention | null; readonly nextChangeAt: Millis | null } {
  const standing = stuck(service, occupied, nodes, now)
  const waiting = unplaced(occupied)
  const settling = isSettling(nodes, now)
  const nextChangeAt = earliest(
    now,
    standing.nextChangeAt,
    nodes.settlingUntil,
    ...waiting.map(({ since }) => since + unplacedAfter),
  )
  const late = settling ? [] : waiting.filter(({ since }) => now - since >= unplacedAfter)
  const attention = byVerdict(service, judged) ?? byTasks(service, late, standing.stuck)
  return { attention, nextChangeAt }
}

function byVerdict(service: Service, judged: Judgement): Attention | null {
  const { name } = service
  const { convergence, lasting, running, desired, upToDate } = judged
  const row = (
    kind: AttentionKind,
    tone: Attention['tone'],
    title: string,
    detail: string = convergence.sentence,
  ): Attention => ({
    id: `${kind}:${name}`,
    kind,
    tone,
    subject: { kind: 'service', name },
    title,
    detail,
    cause: convergence.cause,
    since: convergence.since,
  })
  const runs = `${running} of ${desired} running`
  switch (convergence.verdict) {
    case 'down':
      return row('service-down', 'critical', `${name} is down`)
    case 'paused':
    case 'rollback-paused': {
      const isUpdate = convergence.verdict === 'paused'
      const [what, done] = isUpdate ? ['Update', 'updated'] : ['Rollback', 'rolled back']
      if (lasting === 0) {
        const detail = `${runs}, ${what.toLowerCase()} paused`
        return row('service-down', 'critical', `${name} is down`, detail)
      }
      const short = running < desired ? `, ${runs}` : ''
      const detail = `${upToDate} of ${desired} ${done}${short}`
      return row('update-paused', 'warning', `${what} of ${name} is paused`, detail)
    }
    case 'rolled-back':
      // Whoever rolls back by hand knows it.
      return isAutomatic(service)
        ? row('rolled-back', 'warning', `The swarm rolled ${name} back`, runs)
        : null
    case 'degraded':
      return row('service-degraded', 'warning', `${name} is degraded`)
    case 'flapping':
      return row('flapping', 'warning', `${name} keeps failing`)
    default:
      return null
  }
}

function byTasks(
  { name }: Service,
  unplaced: readonly Task[],
  standing: { detail: string; since: Millis } | null,
): Attention | null {
  const subject = { kind: 'service', name } as const
  const [first] = unplaced
  if (first) {
    return {
      id: `unplaced:${name}`,
      kind: 'unplaced',
      tone: 'warning',
      subject,
      title: `${name} has no place to run`,
      detail: `${counted(unplaced.length, 'task')} cannot be placed`,
      cause: first.error,
      since: instant(Math.min(...unplaced.map(({ createdAt }) => createdAt))),
    }
  }
  return (
    standing && {
      id: `stuck:${name}`,
      kind: 'stuck',
      tone: 'warning',
      subject,
      title: `${name} is stuck`,
      detail: standing.detail,
      cause: null,
      since: instant(standing.since),
    }
  )
}

const unplaced = ({ holds }: Occupancy): readonly Task[] =>
  holds.flatMap(({ tasks }) =>
    tasks.filter((task) => task.state === 'pending' && task.error !== null && isLive(task)),
  )
