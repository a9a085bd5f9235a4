import type { TaskChange } from '../docker/watch-message.ts'
import type { ClusterState, Task } from '../domain/state.ts'
import type { Siblings } from './siblings.ts'
import { courseOf, makingOf } from './translate.ts'

/** What the push feed told of tasks, of each the last; as made, if that was told as well. */
export type TaskNews = ReadonlyMap<string, TaskChange>

/** @param news with what is told now; one that was made and then changed was made */
export function noteNews(news: Map<string, TaskChange>, change: TaskChange): void {
  const wasMade = news.get(change.id)?.action === 'create' && change.action === 'update'
  news.set(change.id, wasMade ? { ...change, action: 'create' } : change)
}

/** What it says of tasks that are held, and which have to be read all the same. */
type Told = {
  /** What it tells of, each with its service: what is not among the tasks is gone. */
  readonly scope: ReadonlyMap<string, string | null>
  readonly tasks: readonly Task[]
  readonly unread: ReadonlyMap<string, string | null>
}

type Telling = {
  /** Whether all that is held is known to be as up to date as it is held to be. */
  readonly trustsHeld: boolean
  /** Services all tasks of which are about to be read. */
  readonly besides: ReadonlySet<string>
  readonly siblings: Pick<Siblings, 'of'>
}

/**
 * Makes of what is held what the push feed told: what may change of a task is in the feed, and
 * the rest stays as it was made, or is that of a sibling. So few tasks need be asked for: that
 * spares the engine most of the calls of a rollout, and a change the way there and back. Read
 * are those of which no sibling is known, those that were given cluster volumes, and those of
 * which nobody knows whether they are up to date.
 *
 * What is older than what is held is passed over: a list that was asked for after it was told
 * of is newer, and a follower's feed comes later than what its leader answers. Of a task that
 * is not held nobody can tell: if it was told to be made it is new, though a feed that is later
 * than its whole life shows it once more until it tells of the end; any other is read.
 */
export function tellTasks(
  held: ClusterState,
  news: TaskNews,
  { trustsHeld, besides, siblings }: Telling,
): Told {
  const scope = new Map<string, string | null>()
  const unread = new Map<string, string | null>()
  const tasks: Task[] = []
  for (const change of news.values()) {
    const { id, serviceId, action } = change
    const before = held.tasksByService.get(serviceId ?? '')?.get(id)
    if (besides.has(serviceId ?? '')) {
      // Read by itself only if the service is not there any more.
      unread.set(id, serviceId)
    } else if (action === 'remove') {
      // A list that is on its way may still name one that was never held.
      scope.set(id, serviceId)
    } else {
      const sibling = before || action !== 'create' ? undefined : siblings.of(change, held)
      const task = before ? changed(before, change) : sibling && madeLike(sibling, change)
      if (!trustsHeld || !task) unread.set(id, serviceId)
      else if (task !== before) {
        scope.set(id, serviceId)
        tasks.push(task)
      }
    }
  }
  return { scope, tasks, unread }
}

/**
 * The very same where that is newer; null where it was given other volumes, or is held to be
 * out of date since before it was told to be made: then it was made while that was asked.
 */
function changed(held: Task, { action, course }: TaskChange): Task | null {
  if (action === 'create' && held.upToDate === false) return null
  if (!course || course.volumes !== held.clusterVolumes.length) return null
  return course.Version.Index > held.version
    ? { ...held, ...courseOf(course, held.createdAt) }
    : held
}

/**
 * A task that was told of, made of the spec of its sibling.
 * @returns null where one of them was given volumes of its own
 */
export function madeLike(
  sibling: Task,
  { id, course, making }: Pick<TaskChange, 'id' | 'course' | 'making'>,
): Task | null {
  if (!course || !making || course.volumes + sibling.clusterVolumes.length > 0) return null
  const made = makingOf(making)
  return { ...sibling, id, ...made, ...courseOf(course, made.createdAt) }
}
