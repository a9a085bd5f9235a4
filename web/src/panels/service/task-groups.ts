import type { Service } from '@skep/shared/contract/service'
import type { Task, TaskHistory, TaskRecord } from '@skep/shared/contract/task'

/** A task as the tab shows it: what only the history knows may still be on its way. */
export type TaskRow = Task &
  Partial<Pick<TaskRecord, 'image' | 'createdAt' | 'containerId'>>

/** The tasks of one slot, newest first. */
export type TaskGroup = {
  key: string
  number: number | null
  /** Whether the slot is asked for now; its history outlives it. */
  asked: boolean
  tasks: TaskRow[]
}

/**
 * The history of a service by slot. The history is asked for and so a moment behind; what
 * the stream says of the tasks that hold a slot now goes before it. Slots in their order,
 * then those that are no longer asked for.
 */
export function taskGroups(
  { slots }: Service,
  history: TaskHistory | undefined,
): TaskGroup[] {
  const records = new Map<string, TaskRow>(history?.tasks.map((task) => [task.id, task]))
  const live = new Map(slots.flatMap(({ key, tasks }) => tasks.map(({ id }) => [id, key])))
  const groups = new Map<string, TaskGroup>(
    slots.map(({ key, number, tasks }) => [
      key,
      {
        key,
        number,
        asked: true,
        tasks: tasks.map((task) => ({ ...records.get(task.id), ...task })),
      },
    ]),
  )
  for (const task of records.values()) {
    if (live.has(task.id)) continue
    const key = slotKey(task)
    const group = groups.get(key) ?? { key, number: task.slot, asked: false, tasks: [] }
    groups.set(key, { ...group, tasks: [...group.tasks, task] })
  }
  return [...groups.values()]
    .map((group) => ({ ...group, tasks: group.tasks.toSorted(newestFirst) }))
    .sort(
      (a, b) =>
        Number(b.asked) - Number(a.asked) ||
        (a.number ?? 0) - (b.number ?? 0) ||
        (a.key < b.key ? -1 : 1),
    )
}

const slotKey = ({ slot, node }: Task) => (slot === null ? (node ?? 'none') : String(slot))

// A live task of which no record came yet is the newest there is.
const newestFirst = (a: TaskRow, b: TaskRow) =>
  created(b) - created(a) || (a.id < b.id ? -1 : 1)
const created = ({ createdAt }: TaskRow) =>
  createdAt === undefined ? Infinity : Date.parse(createdAt)
