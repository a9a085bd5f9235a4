import type { SwarmState } from '@skep/shared/contract/swarm'
import type { DockerApi } from '../docker/api.ts'
import {
  classify,
  type DockerError,
  type DockerErrorKind,
  plainText,
  swarmTrouble,
} from '../docker/errors.ts'

export type Diagnosis = { state: SwarmState; cause: string }

/**
 * Why the swarm did not answer. Most errors say so themselves. A call that hangs does not:
 * managers without a leader leave calls hanging for up to 20 s, while `/info` goes on
 * answering and holds the reason as soon as there is one; for the first seconds even that
 * may hang, on a manager that only followed.
 */
export async function diagnosis(error: DockerError, api: DockerApi): Promise<Diagnosis> {
  if (error.kind !== 'timeout') return { state: stateOf(error.kind), cause: error.message }
  try {
    const { Swarm: swarm } = await api.info()
    const trouble = swarmTrouble(swarm.Error)
    if (trouble) return { state: stateOf(trouble), cause: plainText(swarm.Error) }
    return { state: 'electing', cause: error.message }
  } catch (second) {
    const { kind, message } = classify(second)
    return { state: stateOf(kind), cause: message }
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
    case 'not-found':
    case 'invalid':
    case 'name-taken':
    case 'out-of-sequence':
    case 'too-old':
    case 'protocol':
    case 'failed':
      return 'engine-away'
  }
}
