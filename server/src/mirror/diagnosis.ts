import type { SwarmState } from '@skep/shared/contract/swarm'
import type { DockerApi } from '../docker/api.ts'
import {
  classify,
  type DockerError,
  type DockerErrorKind,
  plainText,
  swarmTrouble,
} from '../docker/errors.ts'

export type Diagnosis = { state: SwarmState; cause: string; endpoint: string }

/**
 * From what speaks for the swarm, through what speaks for one engine, to what only says that
 * the wrong engine was asked.
 */
const telling: readonly SwarmState[] = [
  'no-quorum',
  'locked',
  'certificates-expired',
  'electing',
  'connecting',
  'denied',
  'engine-failing',
  'engine-away',
  'no-swarm',
  'not-a-manager',
]

/** Of what is the matter with several engines, what tells most; of equals, the first. */
export const mostTelling = (diagnoses: readonly Diagnosis[]): Diagnosis =>
  diagnoses.reduce((a, b) => (telling.indexOf(b.state) < telling.indexOf(a.state) ? b : a))

/**
 * Why the swarm did not answer. Most errors say so themselves. A call that hangs does not:
 * managers without a leader leave calls hanging for up to 20 s, while `/info` goes on
 * answering and holds the reason as soon as there is one; for the first seconds even that
 * may hang, on a manager that only followed.
 */
export async function diagnosis(error: DockerError, api: DockerApi): Promise<Diagnosis> {
  const { endpoint } = api
  if (error.kind !== 'timeout') {
    return { state: stateOf(error.kind), cause: error.message, endpoint }
  }
  try {
    const { Swarm: swarm } = await api.info()
    const trouble = swarmTrouble(swarm.Error)
    if (trouble) {
      return { state: stateOf(trouble), cause: plainText(swarm.Error), endpoint }
    }
    return { state: 'electing', cause: error.message, endpoint }
  } catch (second) {
    const { kind, message } = classify(second)
    return { state: stateOf(kind), cause: message, endpoint }
  }
}

function stateOf(kind: DockerErrorKind): SwarmState {
  switch (kind) {
    case 'no-quorum':
    case 'not-a-manager':
    case 'no-swarm':
    case 'locked':
    case 'certificates-expired':
    case 'denied':
      return kind
    case 'manager-starting':
      return 'connecting'
    case 'timeout':
      return 'electing'
    case 'tls':
      return 'denied'
    case 'unreachable':
      return 'engine-away'
    case 'not-found':
    case 'invalid':
    case 'name-taken':
    case 'out-of-sequence':
    case 'too-old':
    case 'protocol':
    case 'failed':
      return 'engine-failing'
  }
}
