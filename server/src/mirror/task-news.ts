import type { TaskChange } from '../docker/watch-message.ts'
import type { ClusterState, Task } from '../domain/state.ts'
import { courseOf } from './translate.ts'

/** What the push feed told of tasks, of each the last. */
export type TaskNews = ReadonlyMap<string, TaskChange>

/** What it says of tasks that are held, and which have to be read all the same. */
type Told = {
  /** What it tells of, each with its service: what is not among the tasks is gone. */
  readonly scope: ReadonlyMap<string, string | null>
  readonly tasks: readonly Task[]
  readonly unread: ReadonlyMap<string, string | null>
}

/**
 * Makes of what is held what the push feed told: what may change of a task is in the feed, and
 * the rest stays as it was made. So most states of a task need not be asked for: that spares
 * the engine half of the calls of a rollout, and a change the way there and back. Read are those that
 * were never read, those that were given cluster volumes, and those of which nobody knows
 * whether they are up to date.
 *
 * What is older than what is held is passed over: a list that was asked for after it was told
 * of is newer, and a follower's feed comes later than what its leader answers.
 * @param trustsHeld whether all that is held is known to be as up to date as it is held to be
 * @param besides services all tasks of which are about to be read
 */
export function tellTasks(
  { tasksByService }: ClusterState,
  news: TaskNews,
  { trustsHeld, besides }: { trustsHeld: boolean; besides: ReadonlySet<string> },
): Told {
  const scope = new Map<string, string | null>()
  const unread = new Map<string, string | null>()
  const tasks: Task[] = []
  for (const { id, serviceId, action, course } of news.values()) {
    const held = tasksByService.get(serviceId ?? '')?.get(id)
    if (besides.has(serviceId ?? '')) {
      // Read by itself only if the service is not there any more.
      unread.set(id, serviceId)
    } else if (action === 'remove') {
      // A list that is on its way may still name one that was never held.
      scope.set(id, serviceId)
    } else if (!held || !course || !trustsHeld || course.volumes !== volumesOf(held)) {
      unread.set(id, serviceId)
    } else if (course.Version.Index > held.version) {
      scope.set(id, serviceId)
      tasks.push({ ...held, ...courseOf(course, held.createdAt) })
    }
  }
  return { scope, tasks, unread }
}

const volumesOf = ({ clusterVolumes }: Task): number => clusterVolumes.length
