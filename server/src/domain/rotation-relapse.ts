import { convergence } from './convergence.ts'
import { firstError, recentFailures } from './failures.ts'
import { nodeFacts } from './node-facts.ts'
import type { ClusterState, Millis, Service } from './state.ts'
import { isUpToDate } from './task-life.ts'
import { tasksOfService } from './tasks-of.ts'

/** What is the matter with a service that had converged. */
export type Relapse = {
  /** Without a full stop. */
  readonly sentence: string
  /** Whether tasks of its current spec failed of late, and not just their nodes. */
  readonly hasFailed: boolean
}

/** A task that ran this long after the last failure, in milliseconds, is no attempt any more. */
const calmAfter = 30_000

/** A pattern of failures is over when none came for this long, in milliseconds. */
const loopOverAfter = 2 * 60_000

/**
 * What is the matter with a service that had converged; null where it runs as asked, or is
 * being updated, scaled or verified. A monitor window that has passed proves little: who opens
 * the first connection after ten seconds is well for the five that swarmkit watches by default,
 * and in a crash loop again for a while after each start.
 * @param now by the managers' clock
 * @see moby/swarmkit manager/orchestrator/update/updater.go, Run: failures count for
 * as long as Monitor says; api/defaults/service.go, Service: Update.Monitor
 */
export function relapse(
  service: Service,
  state: ClusterState,
  now: Millis,
): Relapse | null {
  const tasks = tasksOfService(state, service.id)
  const own = recentFailures(service, tasks, now).filter((task) =>
    isUpToDate(task, service.image),
  )
  const hasFailed = own.length > 0
  const quiet = now - (own[0]?.updatedAt ?? Number.NEGATIVE_INFINITY)
  const nodes = nodeFacts(state.nodes)
  const { verdict, sentence, cause } = convergence(service, tasks, nodes, now).convergence
  const told = (words: string, why: string | null): Relapse => ({
    sentence: why === null ? words : `${words}: ${why}`,
    hasFailed,
  })
  switch (verdict) {
    case 'down':
    case 'degraded':
    case 'paused':
    case 'rollback-paused':
    case 'unknown':
      return told(sentence, cause)
    case 'flapping':
      return quiet < loopOverAfter ? told(sentence, cause) : null
    case 'converged':
    case 'verifying':
      return quiet < calmAfter
        ? told(`a task failed in the last ${calmAfter / 1_000} seconds`, firstError(own))
        : null
    default:
      return null
  }
}
