import { type Evidence, isFlapping } from './evidence.ts'
import { firstError, isFailure } from './failures.ts'
import type { Finding } from './finding.ts'
import { outage } from './outage.ts'
import { restVerdict } from './rest-verdict.ts'
import type { Service, Task } from './state.ts'
import { isUpToDate } from './task-life.ts'
import { counted } from './words.ts'

type Update = NonNullable<Service['update']>

/**
 * The verdict where an update or a rollback has the last word; null where it has not. That
 * the swarm calls an update `completed` says nothing of the tasks, so it has not.
 */
export function rolloutVerdict(facts: Evidence): Finding | null {
  const { update } = facts.service
  switch (update?.state) {
    case undefined:
    case 'completed':
      return null
    case 'updating':
      return moving(facts, update, 'updating', 'updated')
    case 'rollback_started':
      return moving(facts, update, 'rolling-back', 'rolled back')
    case 'paused':
      return paused(facts, update, 'paused', 'update paused')
    case 'rollback_paused':
      return paused(facts, update, 'rollback-paused', 'rollback paused')
    case 'rollback_completed':
      return rolledBack(facts, update)
  }
}

function moving(
  facts: Evidence,
  update: Update,
  verdict: 'updating' | 'rolling-back',
  done: string,
): Finding {
  const { tally, shortfall, ownFailures, service } = facts
  const progress = `${tally.upToDate} of ${tally.desired} ${done}`
  const culprit = culpritIn(update.message)
  // One failure is part of an update. A service of which nothing lasts is down, though.
  const nothingLasts = tally.desired > 0 && shortfall.length === tally.desired
  if (isFlapping(facts) && nothingLasts) {
    const { sentence, ...rest } = outage(facts)
    return { ...rest, sentence: `${sentence}, ${progress}`, culprit }
  }
  return {
    verdict,
    sentence: progress,
    since: verdict === 'updating' ? update.startedAt : service.updatedAt,
    cause: causeOf(facts, culprit) ?? firstError(ownFailures) ?? messageOf(update, culprit),
    culprit,
  }
}

function paused(
  facts: Evidence,
  update: Update,
  verdict: 'paused' | 'rollback-paused',
  what: string,
): Finding {
  const { desired, running, upToDate } = facts.tally
  const culprit = culpritIn(update.message)
  const failures = failuresOf(facts, update, true)
  const reason = failures.length > 0 ? `: ${counted(failures.length, 'task')} failed` : ''
  const done = verdict === 'paused' ? 'updated' : 'rolled back'
  const short = running < desired ? `, ${running} of ${desired} running` : ''
  return {
    verdict,
    sentence: `${what}${reason}, ${upToDate} of ${desired} ${done}${short}`,
    // Whatever else changes the service also ends the pause.
    since: facts.service.updatedAt,
    cause: causeOf(facts, culprit) ?? firstError(failures) ?? (update.message || null),
    culprit,
  }
}

/** At rest after a rollback: never what was asked for last, so never converged. */
function rolledBack(facts: Evidence, update: Update): Finding {
  const { running, desired } = facts.tally
  const rest = restVerdict(facts)
  switch (rest.verdict) {
    case 'down':
    case 'degraded':
    case 'flapping':
    case 'unknown':
    case 'scaled-to-zero': {
      const verdict = rest.verdict === 'scaled-to-zero' ? 'rolled-back' : rest.verdict
      return { ...rest, verdict, sentence: `rolled back, ${rest.sentence}` }
    }
    default:
      return {
        verdict: 'rolled-back',
        sentence: `rolled back, ${running} of ${desired} running`,
        since: update.completedAt ?? facts.service.updatedAt,
        // The message now says no more than that the rollback is done.
        cause: isAutomatic(facts.service)
          ? firstError(failuresOf(facts, update, false))
          : null,
        turns: rest.turns ?? [],
      }
  }
}

/**
 * Whether the swarm itself rolled this service back. A rollback by hand leaves the spec it
 * left as the previous one; the swarm's own leaves none.
 * @see moby/swarmkit manager/orchestrator/update/updater.go, rollbackUpdate
 */
export const isAutomatic = ({ update, previous }: Service): boolean =>
  update?.state === 'rollback_completed' && previous === null

/** @see moby/swarmkit manager/orchestrator/update/updater.go: "… of task <id>" */
export const culpritIn = (message: string): string | null =>
  / of task ([0-9a-z]+)$/.exec(message)?.[1] ?? null

/** What the culprit itself said, while the swarm still remembers it. */
const causeOf = ({ tasks }: Evidence, culprit: string | null): string | null =>
  (culprit === null ? null : tasks.get(culprit)?.error) ?? null

const messageOf = ({ message }: Update, culprit: string | null): string | null =>
  culprit === null ? null : message

/** Failures since the update began, newest first: of the current spec, or of the other. */
function failuresOf(
  { service, tasks }: Evidence,
  { startedAt }: Update,
  current: boolean,
): readonly Task[] {
  return [...tasks.values()]
    .filter(
      (task) =>
        task.createdAt >= (startedAt ?? 0) &&
        isFailure(service, task) &&
        isUpToDate(task, service.image) === current,
    )
    .sort((a, b) => b.updatedAt - a.updatedAt)
}
