import type { Verdict } from '@skep/shared/contract/service'
import type { Evidence, Shortfall } from './evidence.ts'
import { failuresInWindow, firstError } from './failures.ts'
import type { WhyMissing } from './missing.ts'
import type { Millis, Task } from './state.ts'
import { isLive, isOver, isUpToDate } from './task-life.ts'

export type Outage = {
  readonly verdict: Extract<Verdict, 'converging' | 'degraded' | 'down' | 'complete'>
  readonly sentence: string
  readonly cause: string | null
  readonly since: Millis
  readonly turns: readonly Millis[]
}

/** A service that has come no further after this long, in milliseconds, is not starting. */
const startingFor = 5 * 60_000

/** What it means that slots are short of a task. Expects a shortfall. */
export function outage(evidence: Evidence): Outage {
  const { service, shortfall, tally, now } = evidence
  const answer = (verdict: Outage['verdict'], sentence: string, turns: Millis[] = []) => ({
    verdict,
    sentence,
    turns,
    cause: shortfallCause(evidence),
    since: since(evidence, verdict),
  })
  const { running, desired } = tally
  const counts = `${running} of ${desired} running`
  const count = numbers(shortfall)
  const coming = count.coming === shortfall.length
  if (shortfall.length < desired) {
    if (coming) return answer('converging', `${counts}, ${count.coming} on the way`)
    // Ending is what such a service was asked for, slot by slot.
    const ends = count.coming + count.finished === shortfall.length
    return answer(ends ? 'converging' : 'degraded', withReasons(counts, evidence, count))
  }
  if (count.finished === desired) {
    return answer('complete', `${desired} of ${desired} ran to the end, as asked`)
  }
  const starting = service.updatedAt + startingFor
  if (coming && now < starting && !ranBefore(evidence)) {
    return answer('converging', `${counts}, ${count.coming} on the way`, [starting])
  }
  return answer('down', withReasons(counts, evidence, count))
}

type Numbers = Readonly<Record<WhyMissing, number>>

function numbers(shortfall: readonly Shortfall[]): Numbers {
  const count = { coming: 0, unplaced: 0, failing: 0, gone: 0, lost: 0, finished: 0 }
  for (const { why } of shortfall) count[why] += 1
  return count
}

function withReasons(
  counts: string,
  { tally, ownFailures, shortfall }: Evidence,
  count: Numbers,
) {
  // More running than slots that are well: those are attempts that have yet to last.
  const attempts = tally.running > tally.desired - shortfall.length ? ' for now' : ''
  const reasons = [
    count.unplaced > 0 && `${count.unplaced} cannot be placed`,
    count.failing > 0 &&
      (ownFailures.length > 1
        ? failuresInWindow(ownFailures.length)
        : `${count.failing} failed`),
    count.gone > 0 && `${count.gone} not replaced`,
    count.lost > 0 && `${count.lost} on a lost node`,
    count.finished > 0 && `${count.finished} ran to the end`,
  ]
  return [counts + attempts, ...reasons.filter((reason) => reason !== false)].join(', ')
}

/** The swarm's own words on the gravest shortfall: what cannot start, then what fails. */
export function shortfallCause({ shortfall, ownFailures }: Evidence): string | null {
  const said = (why: WhyMissing) => {
    const speakers = shortfall.flatMap((short) =>
      short.why === why ? short.hold.tasks.slice(0, 1) : [],
    )
    return firstError(speakers)
  }
  const fails = shortfall.some(({ why }) => why === 'failing')
  return (
    said('unplaced') ??
    (fails ? firstError(ownFailures) : null) ??
    said('gone') ??
    said('coming') ??
    // The next attempt has nothing to say yet; the last one said why.
    firstError(ownFailures)
  )
}

/** When slots began to be short; when the last of them did, for a service that is down. */
function since({ service, shortfall, ownFailures }: Evidence, verdict: Verdict): Millis {
  const starts = shortfall.map(({ hold: { tasks, number, nodeId } }) => {
    const inSlot = (task: Task) =>
      nodeId === null ? task.slot === number : task.nodeId === nodeId
    const failed = ownFailures.filter(inSlot).map(({ updatedAt }) => updatedAt)
    const [task] = tasks
    const start = !task ? service.updatedAt : isOver(task) ? task.updatedAt : task.createdAt
    return Math.min(start, ...failed)
  })
  return verdict === 'down' ? Math.max(...starts) : Math.min(...starts)
}

/**
 * Whether the current spec ran before, so that not running is a loss. Tasks of an older
 * spec make room for an update, of which the service itself may not have said so yet.
 */
const ranBefore = ({ service, tasks }: Evidence): boolean =>
  [...tasks.values()].some(
    (task) =>
      !isLive(task) &&
      (task.state === 'running' || task.state === 'shutdown' || isUnwelcomeEnd(task)) &&
      task.updatedAt >= service.updatedAt &&
      isUpToDate(task, service.image),
  )

const isUnwelcomeEnd = ({ state }: Task): boolean =>
  state === 'failed' || state === 'complete' || state === 'orphaned'
