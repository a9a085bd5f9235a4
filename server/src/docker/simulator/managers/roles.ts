import { rpc } from '../api/problem.ts'
import type { Node } from '../store/objects.ts'
import type { World } from '../world.ts'
import type { Managers } from './managers.ts'
import { canSpare } from './raft.ts'

/** How long a node takes to get its new certificate, and to join or leave raft with it. */
const PROMOTION = [1000, 3000] as const

/** @see moby/swarmkit manager/role_manager.go roleReconcileInterval, in milliseconds */
const AGAIN = 5000

/**
 * Makes nodes what their spec wants them to be. A promoted node is called a manager at
 * once, and joins the others once it is there to do so; a demoted one is left in as long as
 * the others could not do without it, though it is off the list meanwhile.
 * @see moby/swarmkit manager/role_manager.go reconcileRole, evictRemovedNode
 */
export function followRoles({ store, clock, random }: World, managers: Managers): void {
  store.listen({
    change: ({ kind, action, object, old }) => {
      if (kind !== 'node' || action !== 'update' || old?.Spec.Role === object.Spec.Role)
        return
      clock.schedule(random.within(PROMOTION), () => settle(object.ID))
      if (object.Spec.Role === 'manager') clock.schedule(0, () => observe(object.ID))
    },
  })

  function settle(nodeId: string): void {
    const isWanted = store.nodes.get(nodeId)?.Spec.Role === 'manager'
    if (managers.members.has(nodeId) === isWanted) {
      observe(nodeId)
      return
    }
    const isSettled = isWanted ? managers.takesPart(nodeId) : isSpared(managers, nodeId)
    if (!isSettled) {
      clock.schedule(AGAIN, () => settle(nodeId))
      return
    }
    if (isWanted) managers.add(nodeId)
    else managers.remove(nodeId)
    observe(nodeId)
  }

  function observe(nodeId: string): void {
    const node = store.nodes.get(nodeId)
    if (!node || node.hidden.observedRole === node.Spec.Role) return
    store.commit(() =>
      store.update('node', nodeId, (old) => ({
        ...old,
        hidden: { observedRole: old.Spec.Role },
      })),
    )
  }
}

/** Whether the others can do without this member. */
function isSpared(managers: Managers, nodeId: string): boolean {
  const { present, members } = managers
  return canSpare(present.length, members.size, managers.takesPart(nodeId))
}

/**
 * @throws Problem where a node may not become, or stop being, a manager
 * @see moby/swarmkit manager/controlapi/node.go UpdateNode
 */
export function checkRole(
  { store }: World,
  managers: Managers,
  { node, role }: { node: Node; role: Node['Spec']['Role'] },
): void {
  if (node.Spec.Role !== 'manager' || role !== 'worker') return
  const known = [...store.nodes.values()].filter(
    ({ hidden }) => hidden.observedRole === 'manager',
  )
  if (known.length === 1 && known[0]?.ID === node.ID) {
    throw rpc('FailedPrecondition', 'attempting to demote the last manager of the swarm')
  }
  if (!managers.members.has(node.ID)) {
    throw rpc('NotFound', "can't find manager in raft memberlist")
  }
  if (!isSpared(managers, node.ID)) {
    throw rpc(
      'FailedPrecondition',
      "can't remove member from the raft: this would result in a loss of quorum",
    )
  }
}

/**
 * @throws Problem where a node must stay on the list
 * @see moby/swarmkit manager/controlapi/node.go RemoveNode
 */
export function checkRemoval(
  { ID, Spec, Status }: Node,
  managers: Managers,
  force: boolean,
) {
  if (Spec.Role === 'manager' && managers.members.has(ID)) {
    throw rpc(
      'FailedPrecondition',
      `node ${ID} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`,
    )
  }
  if (!force && Status.State === 'ready') {
    throw rpc('FailedPrecondition', `node ${ID} is not down and can't be removed`)
  }
}
