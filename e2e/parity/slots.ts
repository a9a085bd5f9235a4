import type { TaskRecord } from './recorder.ts'

/**
 * What a task is on its way through is told by chance: a look may come too late for it. What
 * it stays in, or ends in, is told always.
 */
const STAYS = [
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'orphaned',
  'remove',
]

/**
 * The story of each slot, or of each node of a global service: its tasks in order of their
 * making, each with what the swarm wanted of it and what it came to. Slots with the same
 * story are counted.
 * @param most how many tasks of each slot are told, where they go on for ever
 */
export function slotLines(
  tasks: readonly TaskRecord[],
  words: (text: string) => string,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const places = Map.groupBy(tasks, ({ place }) => place)
  const counts = new Map<string, number>()
  for (const all of places.values()) {
    const line = all
      .slice(0, most)
      .map((task, index) => {
        const before = all[index - 1]
        if (!before) return taskWords(task, true)
        const how = ranBeside(task, before) ? 'beside it' : 'then'
        return `${how} ${taskWords(task, waitsFor(before, task))}`
      })
      .join('; ')
    const said = words(line)
    counts.set(said, (counts.get(said) ?? 0) + 1)
  }
  return [...counts].map(([line, count]) => `${count} × ${line}`).sort()
}

/**
 * The most slots that were given their second task, that is, one in place of the first, in
 * less than a time.
 * @param within milliseconds, of the swarm's own time
 */
export function mostTogether(tasks: readonly TaskRecord[], within: number): number {
  const places = Map.groupBy(tasks, ({ place }) => place)
  const replaced = [...places.values()].flatMap((all) =>
    all
      .map(({ created }) => Date.parse(created))
      .sort((a, b) => a - b)
      .slice(1, 2),
  )
  const besides = (first: number) =>
    replaced.filter((time) => time >= first && time < first + within).length
  return Math.max(0, ...replaced.map(besides))
}

/** Whether a task ran before the one that it took the place of had ended. */
function ranBeside({ ran }: TaskRecord, before: TaskRecord): boolean {
  if (ran === null || before.ran === null) return false
  // What is gone was not seen to end.
  const isLive = before.last.Status.State === 'running'
  return isLive ? !before.isGone : endOf(before) > Date.parse(ran)
}

/** What is shorter may be over between two looks of a busy machine, in milliseconds. */
const noticeable = 1_500

/**
 * Whether a task is made to wait for so long that a look must find it so: for the end of the
 * one before it, if that does not heed the signal, or, where it ended by itself, for the delay
 * before a restart.
 */
function waitsFor(before: TaskRecord, task: TaskRecord): boolean {
  if (!withRun(before.states, before).includes('running')) return false
  if (ranBeside(task, before)) return false
  const isStopped = endOf(before) > Date.parse(task.created)
  const { ContainerSpec, RestartPolicy } = before.last.Spec
  if (isStopped) return ContainerSpec.Image.includes(':stubborn')
  return (RestartPolicy?.Delay ?? 0) / 1e6 > noticeable
}

/** In milliseconds since 1970; for ever of what runs. */
const endOf = ({ last: { Status } }: TaskRecord): number =>
  Status.State === 'running' ? Number.POSITIVE_INFINITY : Date.parse(Status.Timestamp)

/**
 * The fewest tasks that ran at one time since all that had been made until then ran, by the
 * times that the swarm itself wrote down: a look may come too late for a short gap.
 * @param from ids of the tasks from whose running on it is counted
 */
export function fewestTogether(
  tasks: readonly TaskRecord[],
  from: ReadonlySet<string>,
): number {
  const runs = tasks.flatMap((task) =>
    task.ran === null
      ? []
      : [{ id: task.id, begin: Date.parse(task.ran), end: endOf(task) }],
  )
  const begun = Math.max(...runs.filter(({ id }) => from.has(id)).map(({ begin }) => begin))
  const instants = [begun, ...runs.map(({ end }) => end)].filter(
    (instant) => instant >= begun && Number.isFinite(instant),
  )
  const besides = (instant: number) =>
    runs.filter(({ begin, end }) => begin <= instant && instant < end).length
  return Math.min(...instants.map(besides))
}

/**
 * What a task was, or was wanted to be; that it ran is added where every look came too late for
 * it. What failed keeps the message of the step that it failed in.
 * @see moby/swarmkit agent/exec/controller.go, Do
 */
function withRun(told: readonly string[], { last }: TaskRecord): readonly string[] {
  const { State, Message } = last.Status
  const hasRun = State === 'complete' || (State === 'failed' && Message === 'started')
  if (!hasRun || told.includes('running')) return told
  return [...told.slice(0, -1), 'running', ...told.slice(-1)]
}

/**
 * @param waits whether there is something to wait for before it may run: only then it is
 * wanted ready for longer than a moment
 */
function taskWords(task: TaskRecord, waits: boolean): string {
  const { desired, wait, last } = task
  const { Err, ContainerStatus } = last.Status
  const isWaiting = last.Status.State === 'pending'
  const isRemoved = last.DesiredState === 'remove'
  const code = ContainerStatus?.ExitCode ?? 0
  // What is removed may be gone before it is seen to have ended.
  const stays = STAYS.filter((state) => !(isRemoved && state === 'shutdown'))
  const passed = withRun(task.states, task).filter((state) => stays.includes(state))
  // A job's task is wanted complete from the first, and never running.
  const wished = desired.includes('complete') ? desired : withRun(desired, task)
  const wishes = passed.includes('running') ? wished : desired.slice(-1)
  // What has ended by itself is marked for removal, and gone, in one moment.
  const isOver = passed.includes('complete') || passed.includes('failed')
  const told = wishes.filter(
    (wish) => (wish !== 'ready' || waits) && (wish !== 'remove' || !isOver),
  )
  return [
    `wanted ${told.join(' → ')}`,
    wait === null ? '' : `waited "${wait}"`,
    passed.join(' → '),
    Err && !isWaiting ? `"${Err}"` : '',
    code > 0 && !isRemoved ? `exit ${code}` : '',
  ]
    .filter(Boolean)
    .join(', ')
}
