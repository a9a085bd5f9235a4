import type { Tone } from '@skep/shared/contract/attention'
import { changedKeys } from './changed-keys.ts'
import { nodeNames } from './names.ts'
import type { ClusterState, Service, Task } from './state.ts'
import { isPerNode } from './task-life.ts'

/** Something that a task was seen to do, as a line of the timeline of its service. */
export type SlotNews = {
  readonly service: string
  readonly slot: string
  readonly node: string | null
  readonly task: string
  readonly tone: Tone
  readonly sentence: string
  readonly cause: string | null
}

/**
 * What the tasks of the services did between two states, in no order of their own. Walks
 * only the tasks of services of which one changed. Most states are over before anybody
 * could read of them: told are those that tell how a task fares. A service that was not
 * known before is no news of its tasks.
 */
export function slotNews(before: ClusterState, after: ClusterState): SlotNews[] {
  const news: SlotNews[] = []
  for (const id of changedKeys(before.tasksByService, after.tasksByService)) {
    const held = before.tasksByService.get(id)
    const tasks = after.tasksByService.get(id)
    const service = after.services.get(id)
    if (!tasks || !service || !before.services.has(id)) continue
    for (const task of tasks.values()) {
      const was = held?.get(task.id)
      if (was && (was === task || (was.state === task.state && was.error === task.error)))
        continue
      const node = task.nodeId && (nodeNames(after.nodes).get(task.nodeId) ?? task.nodeId)
      const slot = isPerNode(service.mode) ? (node ?? '') : String(task.slot ?? '')
      const said = lineOf(service, task, slot)
      if (!said) continue
      const [tone, sentence] = said
      const { name } = service
      news.push({
        service: name,
        slot,
        node,
        task: task.id,
        tone,
        sentence,
        cause: task.error,
      })
    }
  }
  return news
}

/** Null for the states in between, which say nothing about how it will end. */
function lineOf(service: Service, task: Task, key: string): [Tone, string] | null {
  const { hasHealthCheck } = service
  const who = isPerNode(service.mode) ? `the task on ${key}` : `slot ${key}`
  const exit =
    task.exitCode === null || task.exitCode === 0 ? '' : `, exit ${task.exitCode}`
  switch (task.state) {
    case 'pending':
      return task.error === null ? null : ['warning', `${who} cannot be placed`]
    case 'starting':
      return hasHealthCheck
        ? ['progress', `${who} starting, waiting for health check`]
        : null
    case 'running':
      return ['ok', `${who} running`]
    case 'complete':
      return ['neutral', `${who} complete`]
    case 'failed':
      return ['warning', `${who} failed${exit}`]
    case 'rejected':
      return ['warning', `${who} rejected`]
    case 'orphaned':
      return ['warning', `${who} orphaned: its node is gone`]
    case 'new':
    case 'allocated':
    case 'assigned':
    case 'accepted':
    case 'preparing':
    case 'ready':
    case 'shutdown':
    case 'remove':
      return null
  }
}
