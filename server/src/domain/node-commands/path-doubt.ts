import type { Service, Task } from '../state.ts'
import { isJob } from '../task-life.ts'
import { counted } from '../words.ts'
import { type Group, shareOf } from './competition.ts'
import { nameIn, type Situation } from './facts.ts'
import { hostPaths, ownerOf, pathsKnown } from './host-paths.ts'

/**
 * Why the replacement of a task would not run where it is placed, for the paths of its node
 * that it mounts; null where nothing speaks against it. Of a path that is another one in each
 * slot, each task of the service is asked for.
 * @param groups all that look for a place at the same time
 */
export function pathDoubt(
  on: Situation,
  service: Service,
  group: Group,
  groups: readonly Group[],
): (task: Task) => string | null {
  const paths = hostPaths(service)
  if (paths.length === 0) return () => null
  const isTemplate = paths.some((path) => path.includes('{{'))
  const known = new Map<number | null, string | null>()
  return (task) => {
    const slot = isTemplate ? task.slot : null
    const found = known.get(slot)
    if (found !== undefined) return found
    const answer = doubt(task)
    known.set(slot, answer)
    return answer
  }

  function doubt(task: Task): string | null {
    const { candidates, count } = group
    const owner = ownerOf(service, task)
    const places = candidates.filter(({ node }) => pathsKnown(on.state, paths, owner, node))
    if (places.length === candidates.length) return null
    const limited = service.spec.restart.maxAttempts > 0 || isJob(service.mode)
    const said = `It mounts ${paths.join(', ')} of its node`
    if (places.length === 0) {
      return `${said}, which is not known to exist on any other node.`
    }
    if (limited) {
      return `${said}, which is not known to exist on every node that could take it.`
    }
    // Without a limit each is tried until it comes to a node that has the path, if there is
    // room for it; and for all of them, for any of them may come there too.
    const others = groups.filter((other) => other !== group)
    const { atWorst } = shareOf({ ...group, candidates: places }, others)
    if (atWorst >= count) return null
    const names = places.map(({ node }) => nameIn(on.names, node.id)).join(', ')
    return `${said}. Of the others only ${names} is known to have it, with room for ${atWorst} of ${counted(count, 'task')}.`
  }
}
