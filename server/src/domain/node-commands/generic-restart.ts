import type { Check } from '@skep/shared/contract/preview'
import { warn } from '../commands/check.ts'
import { matchesAll } from '../constraints.ts'
import { countOf } from '../placement/sites.ts'
import type { Node } from '../state.ts'
import { isLive } from '../task-life.ts'
import type { Situation } from './facts.ts'
import { services, thisNode } from './risks.ts'

/**
 * Whoever changes an active node makes the swarm look at its tasks, and its look at generic
 * resources is the wrong way round: a task is rejected where the node has what it holds.
 * Read in the source, not watched, so it is said as what may happen.
 * @see moby/swarmkit manager/orchestrator/constraintenforcer/constraint_enforcer.go;
 * api/genericresource/validate.go, HasResource
 */
export function genericRestart(on: Situation, after: Node): Check[] {
  if (after.availability !== 'active') return []
  const holding = [...on.tasks.values()].flatMap((task) => {
    const service = on.state.services.get(task.serviceId)
    const holds = Object.entries(task.generic).some(
      ([kind, need]) => need > 0 && need <= countOf(after.generic, kind),
    )
    const isKept = service && isLive(task) && matchesAll(service.spec.constraints, after)
    return holds && isKept ? service.name : []
  })
  if (holding.length === 0) return []
  const sentence = `The swarm may stop one task that holds a generic resource of ${on.name}, such as a GPU, and start it anew: any change of the node can do that.`
  return [warn('generic-restarted', sentence, [...services(holding), ...thisNode(on)])]
}
