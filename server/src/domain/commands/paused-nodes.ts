import type { Check } from '@skep/shared/contract/preview'
import { listedBriefly } from '../words.ts'
import { warn } from './check.ts'
import { passedOver } from './consequence.ts'
import type { Plan } from './plan.ts'
import type { Situation } from './situation.ts'

/**
 * A global service's tasks on paused nodes: no rollout touches them. Where all are on such
 * nodes, it never says that it has ended.
 * @see moby/swarmkit manager/orchestrator/global/global.go, reconcileServices, which passes
 * over paused nodes, and reconcileOneNode, which catches up once one is active again
 */
export function pausedNodeChecks(on: Situation, { after }: Plan): Check[] {
  const names = after === null ? [] : passedOver(on, after)
  if (names.length === 0) return []
  const where = listedBriefly(names)
  const sentence =
    names.length === 1
      ? `${where} is paused: the task there stays as it is until the node is active again.`
      : `${where} are paused: the tasks there stay as they are until the nodes are active again.`
  const subjects = names.map((name) => ({ kind: 'node' as const, name }))
  return [warn('paused-nodes-left', sentence, subjects)]
}
