import { type Owner, pathOf, pathOn } from '../node-paths.ts'
import type { ClusterState, Node, Service, Task } from '../state.ts'
import { rank } from '../task-life.ts'
import { perNode } from './per-node.ts'

/** Paths that every Linux machine with an engine has. */
const everywhere: readonly RegExp[] = [
  /^\/$/,
  /^\/(proc|sys|dev|etc|var|run|tmp|home|root|usr|bin|lib|opt|mnt|srv)\/?$/,
  /^\/(proc|sys)\/.+/,
  /^\/dev\/(null|zero|full|random|urandom|tty|shm|mqueue|fuse|net\/tun)\/?$/,
  /^\/(var\/)?run\/docker\.sock$/,
  /^\/var\/lib\/docker(\/(containers|volumes))?\/?$/,
  /^\/etc\/(localtime|hostname|hosts|passwd|group|os-release|machine-id|resolv\.conf)$/,
  /^\/var\/(log|lib|run|cache|tmp)\/?$/,
  /^\/etc\/ssl\/certs\/?$/,
]

/**
 * The paths of the node that the next task of a service mounts, as written, and that need not
 * exist on another: there it would be rejected, or for a folder of a volume fail as it starts,
 * again and again, and never wait.
 */
export const hostPaths = ({ spec }: Service): readonly string[] =>
  spec.mounts.flatMap((mount) => {
    const path = pathOf(mount)
    return path !== null && !everywhere.some((one) => one.test(path)) ? path : []
  })

/**
 * Whether tasks were seen to run on a node with all that these paths stand for there.
 * @param owner whose paths they are
 */
export function pathsKnown(
  state: ClusterState,
  paths: readonly string[],
  owner: Owner,
  node: Node,
): boolean {
  if (paths.length === 0) return true
  const proven = provenOn(state, node)
  return paths.every((path) => {
    const there = pathOn(path, owner, node)
    return there !== null && proven.has(there)
  })
}

/** A task proves the paths that it was made with, whatever its service asks for today. */
const provenOn = perNode((state, node): ReadonlySet<string> => {
  const proven = new Set<string>()
  for (const task of state.tasksByNode.get(node.id)?.values() ?? []) {
    if (task.paths.length === 0 || !hasRun(task)) continue
    const its = ownerOf(state.services.get(task.serviceId) ?? null, task)
    for (const path of task.paths) {
      const there = pathOn(path, its, node)
      if (there !== null) proven.add(there)
    }
  }
  return proven
})

/** @param service null: it was removed */
export const ownerOf = (
  service: Pick<Service, 'name'> | null,
  { serviceId, slot }: Pick<Task, 'serviceId' | 'slot'>,
): Owner => ({ serviceId, service: service?.name ?? null, slot })

/**
 * Whether its container was started. One that could not be has a container too, and keeps the
 * message of the step that it failed in.
 * @see moby/swarmkit agent/exec/controller.go, Do
 */
export const hasRun = ({ containerId, state, message }: Task): boolean =>
  containerId !== null &&
  rank(state) >= rank('running') &&
  state !== 'rejected' &&
  !(state === 'failed' && message === 'starting')
