import type { Rollout } from '@skep/shared/contract/rollout'
import type { Pace } from '@skep/shared/contract/spec-summary'
import type { Millis, Service } from './state.ts'
import { isJob } from './task-life.ts'

/** What is being rolled out, since when, and by which settings. */
export type Course = Pick<Rollout, 'kind' | 'automatic' | 'state'> & {
  readonly startedAt: Millis
  readonly pace: Pace
}

/** The rollout a service is in or was paused in; null where there is none. */
export function courseOf(service: Service): Course | null {
  const { update, spec, updatedAt } = service
  if (isJob(service.mode)) {
    const pace = jobPace(service)
    // An edit of a job of any kind starts its next run.
    return {
      kind: 'update',
      automatic: false,
      state: 'running',
      startedAt: updatedAt,
      pace,
    }
  }
  const startedAt = update?.startedAt ?? updatedAt
  const forth = { kind: 'update', automatic: false, startedAt, pace: spec.update } as const
  // The swarm takes the rollback settings of the spec that it brings back.
  const back = { kind: 'rollback', startedAt, pace: spec.rollback } as const
  switch (update?.state) {
    case 'updating':
      return { ...forth, state: 'running' }
    case 'paused':
      return { ...forth, state: 'paused' }
    case 'rollback_started':
      return { ...back, automatic: isAutomatic(service), state: 'running' }
    case 'rollback_paused':
      return { ...back, automatic: isAutomatic(service), state: 'paused' }
    case 'completed':
    case 'rollback_completed':
    case undefined:
      return null
  }
}

/**
 * Whether the swarm itself began this rollback. Its own leaves no previous spec; one by hand
 * leaves the spec that it left.
 * @see moby/swarmkit manager/orchestrator/update/updater.go, rollbackUpdate
 */
const isAutomatic = ({ previous }: Service): boolean => previous === null

/** A job has no settings of an update: what fails is tried again, as its policy says. */
const jobPace = ({ mode }: Service): Pace => ({
  parallelism: mode.kind === 'replicated-job' ? mode.maxConcurrent : 0,
  delayNs: 0,
  order: 'stop-first',
  monitorNs: 0,
  maxFailureRatio: 0,
  failureAction: 'continue',
})
