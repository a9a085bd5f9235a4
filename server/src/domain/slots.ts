import type { SlotPhase } from '@skep/shared/contract/rollout'
import { compareSlots, type Slot } from '@skep/shared/contract/service'
import type { NodeFacts } from './node-facts.ts'
import { type Occupancy, occupancy } from './occupancy.ts'
import { restartsBySlot } from './rollout-slots.ts'
import type { Service, TaskMap } from './state.ts'
import { taskView } from './task-view.ts'

/**
 * The slots of a service as the grid shows them. Every task that has not ended is in
 * exactly one; an ended one only where its slot holds nothing else.
 */
export function slots(
  service: Service,
  tasks: TaskMap,
  nodes: NodeFacts,
  { holds }: Occupancy = occupancy(service, tasks, nodes),
  phases: ReadonlyMap<string, SlotPhase> = new Map(),
): Slot[] {
  const restarts = restartsBySlot(service, tasks)
  return holds
    .map(({ key, number, nodeId, status, tasks }) => ({
      key,
      number,
      status,
      tasks: tasks.map((task) => taskView(task, service.name, nodes)),
      phase: phases.get(key) ?? null,
      restarts: restarts.get(number ?? nodeId) ?? 0,
    }))
    .sort(compareSlots)
}
