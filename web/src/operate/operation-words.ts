import type { Operation, OperationState } from '@skep/shared/contract/operation'
import type { MarkName } from '../ui/silhouettes.ts'
import type { Tone } from '../ui/tone.ts'

type Word = { mark: MarkName; tone: Tone; label: string }

/** An operation in a word: ended is only what was observed to have ended. */
export const operationWords: Record<OperationState, Word> = {
  requested: { mark: 'ring-open', tone: 'progress', label: 'Requested' },
  accepted: { mark: 'ring-turning', tone: 'progress', label: 'Accepted' },
  converged: { mark: 'disc-check', tone: 'ok', label: 'Converged' },
  failed: { mark: 'diamond-cross', tone: 'critical', label: 'Failed' },
  superseded: { mark: 'disc-hollow', tone: 'neutral', label: 'Superseded' },
  unknown: { mark: 'circle-dashed', tone: 'neutral', label: 'Outcome unknown' },
}

export type Step = {
  name: 'Requested' | 'Accepted' | 'Observed'
  state: 'done' | 'current' | 'ahead' | 'failed' | 'unknown'
  /** ISO 8601; null while it has not come to that. */
  at: string | null
  words: string
}

/** The three steps of every command, and how far this one has come. */
export function stepsOf(operation: Operation): [Step, Step, Step] {
  const { state, actor, requestedAt, acceptedAt, endedAt } = operation
  const requested: Step = {
    name: 'Requested',
    state: 'done',
    at: requestedAt,
    words: `by ${actor}`,
  }
  return [requested, acceptedStep(state, acceptedAt), observedStep(operation, endedAt)]
}

function acceptedStep(state: OperationState, at: string | null): Step {
  const name = 'Accepted'
  if (at !== null) return { name, state: 'done', at, words: 'the swarm took it' }
  switch (state) {
    case 'requested':
      return { name, state: 'current', at, words: 'waiting for the engine' }
    case 'failed':
      return { name, state: 'failed', at, words: 'refused' }
    case 'unknown':
      return { name, state: 'unknown', at, words: 'the answer was lost' }
    case 'accepted':
    case 'converged':
    case 'superseded':
      return { name, state: 'done', at, words: 'the swarm took it' }
  }
}

function observedStep({ state, acceptedAt }: Operation, at: string | null): Step {
  const name = 'Observed'
  switch (state) {
    case 'requested':
      return { name, state: 'ahead', at, words: '' }
    case 'accepted':
      return { name, state: 'current', at, words: 'watching until it has converged' }
    case 'converged':
      return { name, state: 'done', at, words: 'as asked' }
    case 'failed':
      return acceptedAt === null
        ? { name, state: 'ahead', at: null, words: 'nothing was changed' }
        : { name, state: 'failed', at, words: 'not as asked' }
    case 'superseded':
      return { name, state: 'unknown', at, words: 'another change took over' }
    case 'unknown':
      return { name, state: 'unknown', at, words: 'cannot tell' }
  }
}
