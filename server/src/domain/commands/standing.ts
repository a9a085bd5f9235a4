import type { Check } from '@skep/shared/contract/preview'
import type { NodeFacts } from '../node-facts.ts'
import type { ClusterState, Millis } from '../state.ts'
import { swarmView } from '../swarm.ts'
import { block } from './check.ts'

/** What any command depends on, whatever it acts on. */
export type Standing = {
  readonly state: ClusterState
  /** Why nothing can be written down now; null when it can, as far as is known. */
  readonly memoryAway: string | null
  readonly readOnly: boolean
  /** By the managers' clock. */
  readonly now: Millis
}

/** What stands against any command. */
export function standing({
  readOnly,
  memoryAway,
  state,
  nodes,
  now,
}: Standing & { readonly nodes: NodeFacts }): Check[] {
  const checks: Check[] = []
  if (readOnly) {
    const sentence =
      'This console only looks: SKEP_READ_ONLY is set, and no change reaches the swarm.'
    checks.push(block('read-only', sentence))
  }
  if (memoryAway !== null) {
    const sentence = `The console cannot write down what is done now, so it does nothing. ${memoryAway}`
    checks.push(block('memory-away', sentence))
  }
  if (state.swarm.state !== 'live') {
    const { sentence } = swarmView(state.swarm, state.nodes, nodes.settlingUntil, now)
    checks.push(block('swarm-not-live', sentence, [{ kind: 'swarm', name: 'swarm' }]))
  }
  return checks
}
