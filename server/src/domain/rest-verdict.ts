import { type Evidence, isFlapping } from './evidence.ts'
import { failuresInWindow, firstError } from './failures.ts'
import type { Finding } from './finding.ts'
import { outage } from './outage.ts'
import type { Millis } from './state.ts'
import { isServing } from './tally.ts'
import { isOver } from './task-life.ts'
import { counted } from './words.ts'

/** The verdict on a service that is to run for good and that no update has in hand. */
export function restVerdict(facts: Evidence): Finding {
  const { service, tally, shortfall, ownFailures, now, monitor } = facts
  const { desired, running, upToDate, strays } = tally
  if (desired === 0) return nothingAsked(facts)
  if (shortfall.length > 0) return outage(facts)
  if (isFlapping(facts)) {
    const sentence = failuresInWindow(ownFailures.length)
    const since = ownFailures.at(-1)?.updatedAt ?? null
    return { verdict: 'flapping', sentence, since, cause: firstError(ownFailures) }
  }
  const converging = (sentence: string): Finding => ({
    verdict: 'converging',
    sentence,
    since: service.updatedAt,
  })
  if (running !== desired) return converging(`${running} running, ${desired} asked for`)
  const sentence = `${upToDate} of ${desired} on the current spec`
  if (upToDate !== desired) return converging(sentence)
  if (strays > 0) return converging(`${sentence}, ${besides(strays)}`)
  const since = heldSince(facts)
  const stableAt = since + monitor
  return now < stableAt
    ? { verdict: 'verifying', sentence: `${sentence}, verifying`, since, stableAt }
    : { verdict: 'converged', sentence, since: stableAt }
}

const besides = (strays: number) =>
  counted(strays, 'other task still runs', 'other tasks still run')

/** Zero replicas are a wish; no node to run on is not, and neither is having lost them. */
function nothingAsked({ service, tally, tasks }: Evidence): Finding {
  const { strays, lost } = tally
  const asked = service.mode.kind === 'global' ? 'no node is eligible' : 'asked for 0'
  if (strays > 0) {
    const sentence = `${asked}, ${besides(strays)}`
    return { verdict: 'converging', sentence, since: service.updatedAt }
  }
  if (service.mode.kind === 'global' && lost > 0) {
    const left = [...tasks.values()].filter((task) => !isOver(task))
    return {
      verdict: 'unknown',
      sentence: `no news from the ${counted(lost, 'node')} it ran on`,
      since: Math.max(...left.map(({ updatedAt }) => updatedAt)),
    }
  }
  return { verdict: 'scaled-to-zero', sentence: asked, since: service.updatedAt }
}

/**
 * Since when everything is as asked: the last change of the service, of a task that serves
 * a slot, or of one that ended and until then may have run beside them.
 */
function heldSince({ service, tasks, nodes }: Evidence): Millis {
  let since = service.updatedAt
  for (const task of tasks.values()) {
    // A lost node's task is written off after a day: nothing that runs changes with that.
    const ended = isOver(task) && task.state !== 'orphaned'
    if (ended || isServing(service, task, nodes)) since = Math.max(since, task.updatedAt)
  }
  return since
}
