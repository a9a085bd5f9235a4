import type { AffectedTask } from '@skep/shared/contract/node-preview'
import type { Service } from '../state.ts'
import { dataOnMove } from '../statefulness/data-on-move.ts'
import { tasksOfService } from '../tasks-of.ts'
import type { Situation } from './facts.ts'

/** What a task finds of its data where it was: a volume stays, its container does not. */
export function dataHere(
  on: Situation,
  service: Service,
): Pick<AffectedTask, 'data' | 'dataWhy'> {
  const { data, why } = dataOnMove(service, {
    nodes: on.nodes,
    tasks: tasksOfService(on.state, service.id),
    stays: on.residency.get(service.id) ?? [],
    now: on.now,
    from: on.node.id,
    candidates: [],
  })
  return { data, dataWhy: why }
}
