import type { Mount, Service, Task } from '../state.ts'
import { rank } from '../task-life.ts'
import type { Situation } from './facts.ts'

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
 * The paths of the node that a service mounts and that need not exist on another: there its
 * task would be rejected, or for a folder of a volume fail as it starts, again and again, and
 * never wait.
 */
export const hostPaths = ({ spec }: Service): readonly string[] =>
  spec.mounts.flatMap((mount) => {
    const path = pathOf(mount)
    return path !== null && !everywhere.some((one) => one.test(path)) ? path : []
  })

/**
 * A volume of `local` that binds a path needs it as much as a bind mount does; and so does
 * one of which a folder is mounted: a new volume is empty, and nobody makes the folder.
 * @see moby/moby#47842
 */
function pathOf({ type, source, createsPath, ...volume }: Mount): string | null {
  if (type === 'bind') return createsPath ? null : source
  const { driver, device, filesystem, subpath, options } = volume
  const isLocal = type === 'volume' && (driver === null || driver === 'local')
  if (!isLocal) return null
  const binds = options.includes('bind') || options.includes('rbind')
  if (binds) return device?.startsWith('/') ? device : null
  return subpath !== null && filesystem === null ? `${source ?? ''}:${subpath}` : null
}

/** Whether tasks that mount these paths were seen to run on a node. */
export function pathsKnown(
  { state }: Situation,
  paths: readonly string[],
  nodeId: string,
): boolean {
  const proven = new Set<string>()
  for (const task of state.tasksByNode.get(nodeId)?.values() ?? []) {
    const service = state.services.get(task.serviceId)
    if (!service || !hasRun(task)) continue
    for (const path of hostPaths(service)) proven.add(path)
  }
  return paths.every((path) => proven.has(path))
}

/**
 * Whether its container was started. One that could not be has a container too, and keeps the
 * message of the step that it failed in.
 * @see moby/swarmkit agent/exec/controller.go, Do
 */
const hasRun = ({ containerId, state, message }: Task): boolean =>
  containerId !== null &&
  rank(state) >= rank('running') &&
  state !== 'rejected' &&
  !(state === 'failed' && message === 'starting')
