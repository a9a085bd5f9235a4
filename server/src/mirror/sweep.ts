import type { ClusterState, Task } from '../domain/state.ts'
import { replaceTasks, type TaskScope } from './replace.ts'

/**
 * A list of all tasks that is on its way. Of a large swarm with busy managers it takes
 * seconds, and no change should wait for that: others are read meanwhile. What was read
 * since the list was asked for is newer than it, so of that the list is not believed.
 */
export type Sweep = {
  /** Whether it has come, or never will. */
  hasCome(): boolean
  /** To be told of all tasks that are read from when it was asked for until it is applied. */
  passOver(scope: TaskScope): void
  /**
   * The state with the rest of what was listed.
   * @throws whatever the list came to, if it is no list; Error before it has come
   */
  apply(state: ClusterState): ClusterState
}

/** @param onCome called once there is something to apply, or to throw */
export function beginSweep(list: Promise<readonly Task[]>, onCome: () => void): Sweep {
  let outcome: (() => readonly Task[]) | null = null
  let isOverdue = false
  const tasks = new Set<string>()
  const services = new Set<string>()
  const end = (found: () => readonly Task[]) => {
    outcome = found
    onCome()
  }
  list.then(
    (listed) => end(() => listed),
    (error: unknown) =>
      end(() => {
        throw error
      }),
  )
  return {
    hasCome: () => outcome !== null,
    passOver: (scope) => {
      if (scope === 'all') isOverdue = true
      else if ('tasks' in scope) for (const id of scope.tasks.keys()) tasks.add(id)
      else if ('services' in scope) for (const id of scope.services) services.add(id)
    },
    apply: (state) => {
      if (!outcome) throw new Error('the list has not come yet')
      const listed = outcome()
      return isOverdue
        ? state
        : replaceTasks(state, listed, { allBut: { tasks, services } })
    },
  }
}
