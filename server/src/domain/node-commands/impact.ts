import type { Check } from '@skep/shared/contract/preview'
import type { Node } from '../state.ts'
import { dips } from './dips.ts'
import type { Situation } from './facts.ts'
import { fates } from './fate.ts'
import { losesOnlyNode } from './last-places.ts'
import type { Leaving } from './leaving.ts'
import type { NodePlan } from './plan.ts'
import { lostPlaces, risks } from './risks.ts'

type Impact = Pick<NodePlan, 'tasks' | 'services' | 'losesOnlyNode'> & {
  /** What all of that puts at risk. */
  readonly risks: Check[]
}

/**
 * What it comes to when these tasks leave a node that looks like `after` from then on; null:
 * it is gone.
 */
export function impact(
  on: Situation,
  after: Node | null,
  leaving: readonly Leaving[],
): Impact {
  const tasks = fates(on, after, leaving)
  const services = dips(on, tasks)
  const lost = losesOnlyNode(on, after)
  // A service that has tasks here is told of with them.
  const told = new Set(services.map(({ service }) => service))
  return {
    tasks,
    services,
    losesOnlyNode: lost,
    risks: [
      ...risks(on, tasks, services, leaving),
      ...lostPlaces(lost.filter((service) => !told.has(service))),
    ],
  }
}
