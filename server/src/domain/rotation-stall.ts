import { convergence } from './convergence.ts'
import { nodeFacts } from './node-facts.ts'
import { occupancy } from './occupancy.ts'
import { startPatience } from './patience.ts'
import type { ClusterState, Millis, Service, Task } from './state.ts'
import { stuck } from './stuck.ts'
import { isLive } from './task-life.ts'
import { tasksOfService } from './tasks-of.ts'
import { counted } from './words.ts'

/** How long a consumer may get nowhere, or be other than asked, before a person is asked. */
export const stallPatience: Millis = 5 * 60_000

/**
 * Why the update of a service is not waited for any longer; null while it moves, or may yet.
 * The swarm itself goes on with it for ever, also where it can never end: such as start-first
 * with a host port that the old task holds. A large image may take its time.
 * @param since when a person last said that it is to be gone on with, by the managers' clock
 * @param now by the managers' clock
 */
export function stalled(
  service: Service,
  state: ClusterState,
  since: Millis,
  now: Millis,
): string | null {
  const tasks = tasksOfService(state, service.id)
  const nodes = nodeFacts(state.nodes)
  const { stuck: found } = stuck(service, occupancy(service, tasks, nodes), nodes, now)
  if (found === null) return null
  const still = now - Math.max(found.since, since)
  if (still < stallPatience || [...tasks.values()].some((task) => isStarting(task, now)))
    return null
  const { sentence, cause } = convergence(service, tasks, nodes, now).convergence
  const minutes = Math.floor((now - found.since) / 60_000)
  const why = cause === null ? '' : `: ${cause}`
  return `Not converged: ${sentence}; ${found.detail}, for ${counted(minutes, 'minute')}${why}`
}

const isStarting = (task: Task, now: Millis): boolean =>
  isLive(task) &&
  (task.state === 'preparing' || task.state === 'starting') &&
  now - task.since < startPatience
