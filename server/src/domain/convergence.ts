import type { Convergence } from '@skep/shared/contract/service'
import { earliest } from './earliest.ts'
import { type Evidence, evidence } from './evidence.ts'
import type { Finding } from './finding.ts'
import { instantOrNull } from './instant.ts'
import { jobVerdict } from './job-verdict.ts'
import type { NodeFacts } from './node-facts.ts'
import { type Occupancy, occupancy } from './occupancy.ts'
import { restVerdict } from './rest-verdict.ts'
import { rolloutVerdict } from './rollout-verdict.ts'
import type { Millis, Service, TaskMap } from './state.ts'
import { isJob, isOver } from './task-life.ts'

/** A service judged: its verdict, the counts beneath it, and when to judge again. */
export type Judgement = {
  readonly convergence: Convergence
  readonly running: number
  /** Slots that are well served: attempts that have yet to last do not count. */
  readonly lasting: number
  readonly desired: number
  readonly upToDate: number
  readonly completed: number
  readonly recentFailures: number
  /** When the answer would differ with the same facts; null if it never would. */
  readonly nextChangeAt: Millis | null
}

/**
 * Whether a service is as asked, and if not, how it stands.
 *
 * Stricter than docker's own CLI: exactly one up-to-date task per slot runs on a node in
 * contact, nothing of the service runs beside them, no update is unfinished, and all of it
 * has held for the monitor window. An update that says `completed` proves nothing, and a
 * rollback is never success. How long something has held is read from the facts, by the
 * managers' clock, so that whoever comes late sees what whoever watched sees.
 * @param now by the managers' clock, as nearly as the caller knows it
 * @see docker/cli cli/command/service/progress/progress.go
 */
export function convergence(
  service: Service,
  tasks: TaskMap,
  nodes: NodeFacts,
  now: Millis,
  occupied: Occupancy = occupancy(service, tasks, nodes),
): Judgement {
  const facts = evidence(service, tasks, nodes, now, occupied)
  const { desired, running, upToDate, completed } = facts.tally
  const { verdict, sentence, since, ...more } = finding(facts)
  const stableAt = more.stableAt ?? null
  return {
    convergence: {
      verdict,
      sentence,
      since: instantOrNull(since),
      stableAt: instantOrNull(stableAt),
      cause: more.cause ?? null,
      culprit: more.culprit ?? null,
      certainty: certainty(tasks),
    },
    running,
    lasting: desired - facts.shortfall.length,
    desired,
    upToDate,
    completed,
    recentFailures: facts.failures.length,
    nextChangeAt: earliest(now, stableAt, ...facts.turns, ...(more.turns ?? [])),
  }
}

function finding(facts: Evidence): Finding {
  if (isJob(facts.service.mode)) return jobVerdict(facts)
  return rolloutVerdict(facts) ?? restVerdict(facts)
}

/** Whether the engine told which live tasks are on the current spec. */
function certainty(tasks: TaskMap): Convergence['certainty'] {
  for (const task of tasks.values()) {
    if (task.upToDate === null && !isOver(task)) return 'image'
  }
  return 'spec'
}
