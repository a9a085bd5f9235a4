import type { Check } from '@skep/shared/contract/preview'
import { warn } from '../commands/check.ts'
import { matchesAll } from '../constraints.ts'
import { countOf } from '../placement/sites.ts'
import type { Node } from '../state.ts'
import { isLive } from '../task-life.ts'
import type { Situation } from './facts.ts'
import { services, thisNode } from './risks.ts'

/**
 * Whoever changes an active node makes the swarm look at its tasks, and before engine 25.0.3
 * its look at generic resources is the wrong way round: up to 23.0.1 a task is rejected where
 * the node has the very one that it holds, or no more than it holds of a kind that is counted;
 * after that, where the node has more of such a kind. Read in the source, not watched, so it is
 * said as what may happen.
 * @see moby/swarmkit manager/orchestrator/constraintenforcer/constraint_enforcer.go;
 * api/genericresource/validate.go, HasResource; moby/swarmkit#3082, moby/swarmkit#3162,
 * moby/moby#47225
 */
export function genericRestart(on: Situation, after: Node): Check[] {
  if (after.availability !== 'active') return []
  const managers = [...on.state.nodes.values()].filter(({ manager }) => manager !== null)
  if (managers.every(({ engineVersion }) => looksRight(engineVersion))) return []
  const holding = [...on.tasks.values()].flatMap((task) => {
    const service = on.state.services.get(task.serviceId)
    const holds = Object.entries(task.generic).some(
      ([kind, need]) => need > 0 && need <= countOf(after.generic, kind),
    )
    const isKept = service && isLive(task) && matchesAll(service.spec.constraints, after)
    return holds && isKept ? service.name : []
  })
  if (holding.length === 0) return []
  const sentence = `The swarm may stop one task that holds a generic resource of ${on.name}, such as a GPU, and start it anew: before engine 25.0.3 any change of the node can do that.`
  return [warn('generic-restarted', sentence, [...services(holding), ...thisNode(on)])]
}

/** False of a version that cannot be read as well. */
function looksRight(engineVersion: string): boolean {
  const [major = 0, minor = 0, patch = 0] = engineVersion
    .split(/[.+-]/)
    .map((part) => Number.parseInt(part, 10) || 0)
  return major > 25 || (major === 25 && (minor > 0 || patch >= 3))
}
