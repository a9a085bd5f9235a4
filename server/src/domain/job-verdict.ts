import { type Evidence, isFlapping } from './evidence.ts'
import { failuresInWindow, firstError } from './failures.ts'
import type { Finding } from './finding.ts'
import type { WhyMissing } from './missing.ts'
import { isCurrentRun } from './occupancy.ts'
import { shortfallCause } from './outage.ts'

/**
 * The verdict on a job: what counts is how many of its slots ran to the end in this run.
 * There is nothing to verify afterwards, so it is complete at once.
 * @see docker/cli cli/command/service/progress/progress.go, replicatedJobProgressUpdater
 */
export function jobVerdict(facts: Evidence): Finding {
  const { service, tasks, tally, shortfall, ownFailures } = facts
  const { desired, completed, running } = tally
  if (desired === 0) {
    const sentence =
      service.mode.kind === 'global-job' ? 'no node is eligible' : 'asked for 0'
    return { verdict: 'scaled-to-zero', sentence, since: service.updatedAt }
  }
  const current = [...tasks.values()].filter((task) => isCurrentRun(service, task))
  const done = `${completed} of ${desired} complete`
  if (completed === desired) {
    const ends = current.filter(({ state }) => state === 'complete')
    const since = Math.max(...ends.map(({ updatedAt }) => updatedAt))
    return { verdict: 'complete', sentence: done, since }
  }
  const count = (why: WhyMissing) => shortfall.filter((short) => short.why === why).length
  const gone = count('gone') + count('lost')
  const reasons = [
    count('unplaced') > 0 && `${count('unplaced')} cannot be placed`,
    isFlapping(facts) && failuresInWindow(ownFailures.length),
    gone > 0 && `${gone} not replaced`,
  ].filter((reason) => reason !== false)
  const since = Math.min(service.updatedAt, ...current.map(({ createdAt }) => createdAt))
  if (reasons.length > 0) {
    const sentence = [done, ...reasons].join(', ')
    const cause = shortfallCause(facts) ?? firstError(ownFailures)
    return { verdict: 'degraded', sentence, since, cause }
  }
  return { verdict: 'running-job', sentence: `${done}, ${running} running`, since }
}
