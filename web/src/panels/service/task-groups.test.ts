import { aService, aSlot } from '@skep/shared/contract/cluster.fixture'
import type { TaskHistory, TaskRecord } from '@skep/shared/contract/task'
import { expect, test } from 'vitest'
import { taskGroups } from './task-groups.ts'

const at = (minute: number) => `2026-11-21T14:0${minute}:00.000Z`

function record(id: string, slot: number | null, minute: number): TaskRecord {
  const [task] = aSlot(1, null).tasks
  if (!task) throw new Error('A slot of the fixture has a task')
  const shared = { image: 'demo/web:v1', containerId: null, createdAt: at(minute) }
  return { ...task, ...shared, id, slot, node: 'w1', state: 'failed', desired: 'shutdown' }
}

const history = (...tasks: TaskRecord[]): TaskHistory => ({
  service: 'web',
  asOf: at(9),
  retained: 5,
  tasks,
})

const outline = (groups: ReturnType<typeof taskGroups>) =>
  groups.map(({ key, asked, tasks }) => [key, asked, tasks.map(({ id }) => id)])

const service = aService({ slots: [aSlot(1, null), aSlot(2, null)] })

test('puts the history of each slot beneath the task that holds it, newest first', () => {
  const groups = taskGroups(
    service,
    history(record('old', 1, 1), record('task-1', 1, 3), record('older', 1, 0)),
  )
  expect(outline(groups)).toEqual([
    ['1', true, ['task-1', 'old', 'older']],
    ['2', true, ['task-2']],
  ])
})

test('believes the stream of what holds a slot now, and the history of the rest', () => {
  const [group] = taskGroups(service, history(record('task-1', 1, 3)))
  expect(group?.tasks[0]).toMatchObject({
    id: 'task-1',
    state: 'running',
    image: 'demo/web:v1',
  })
})

test('shows a task before its record came, above its predecessors', () => {
  const groups = taskGroups(service, history(record('before', 2, 8)))
  expect(outline(groups)[1]).toEqual(['2', true, ['task-2', 'before']])
})

test('keeps slots that are no longer asked for, at the end', () => {
  const groups = taskGroups(service, history(record('gone', 7, 1), record('there', 1, 1)))
  expect(outline(groups).at(-1)).toEqual(['7', false, ['gone']])
})

test('orders replicas by number, not by spelling', () => {
  const many = aService({ slots: [2, 10, 1].map((n) => aSlot(n, null)) })
  expect(taskGroups(many, undefined).map(({ key }) => key)).toEqual(['1', '2', '10'])
})
