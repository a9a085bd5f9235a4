import type { Container } from '../agent/containers.ts'
import { logLines, nextLineAt } from '../agent/log-lines.ts'
import type { Task } from '../store/objects.ts'
import type { Swarm } from '../swarm.ts'
import { type Answer, type Call, flag, type Sink } from './call.ts'
import { find } from './find.ts'
import { complaint, formatLine, type LogFormat } from './log-format.ts'
import { Problem } from './problem.ts'
import type { Routes } from './router.ts'
import { findTask } from './tasks.ts'

/**
 * How many lines one answer has of what was written before, of all tasks together, though of
 * each some: a log that is not rotated goes back for months, and all is made up at once.
 */
const MOST_LINES = 50_000
const LEAST_LINES = 100

type Wanted = LogFormat & {
  streams: readonly string[]
  follow: boolean
  since: number
  tail: number
}

export const LOG_ROUTES: Routes = {
  'GET /services/{}/logs': (call) => {
    const { store } = call.swarm
    const { ID, Spec } = find(store.services, 'service', call.params[0] ?? '')
    const tty = Spec.TaskTemplate.ContainerSpec?.TTY === true
    return answer(call, wantedOf(call, tty), () => store.tasks.by('service', ID), ID)
  },

  'GET /tasks/{}/logs': (call) => {
    const { store } = call.swarm
    const task = findTask(store.tasks, call.params[0] ?? '')
    const tty = task.Spec.ContainerSpec?.TTY === true
    const current = () => {
      const found = store.tasks.get(task.ID)
      return found ? [found] : []
    }
    return answer(call, wantedOf(call, tty), current, null)
  },
}

/** @see swarm-lab recordings/logs-28.txt: the status of this refusal is 500 */
function wantedOf({ query }: Call, tty: boolean): Wanted {
  const streams = ['stdout', 'stderr'].filter((name) => flag(query, name))
  if (streams.length === 0) {
    throw new Problem(500, 'Bad parameters: you must choose at least one stream')
  }
  const tail = query.get('tail') || 'all'
  if (tail !== 'all' && !/^[-+]?\d+$/.test(tail)) {
    throw new Problem(500, 'tail value must be a positive integer or "all"')
  }
  if (tail.startsWith('-')) throw new Problem(500, 'negative tail values not supported')
  const since = query.get('since') ?? ''
  const seconds = Number.isFinite(Number(since)) ? Number(since) : Date.parse(since) / 1000
  if (Number.isNaN(seconds)) {
    const why = `strconv.ParseInt: parsing ${JSON.stringify(since)}: invalid syntax`
    throw new Problem(500, `could not parse since timestamp: ${why}`)
  }
  return {
    tty,
    streams,
    follow: flag(query, 'follow'),
    timestamps: flag(query, 'timestamps'),
    details: flag(query, 'details'),
    tail: tail === 'all' ? Number.POSITIVE_INFINITY : Number(tail),
    since: seconds * 1000,
  }
}

/** The tail comes task by task, not in order of time. */
function answer(
  { swarm }: Call,
  wanted: Wanted,
  tasks: () => Task[],
  serviceId: string | null,
): Answer {
  const kind = wanted.tty ? 'raw-stream' : 'multiplexed-stream'
  return {
    kind: 'stream',
    type: `application/vnd.docker.${kind}`,
    begin(sink) {
      const missing: string[] = []
      const all = tasks()
      const most = Math.max(LEAST_LINES, Math.floor(MOST_LINES / all.length))
      const kept = { ...wanted, tail: Math.min(wanted.tail, most) }
      for (const task of all) {
        const container = containerOf(swarm, task)
        if (container === 'unreachable')
          missing.push(`node ${task.NodeID} is not available`)
        else if (container) write(swarm, sink, { task, container, wanted: kept })
      }
      if (!wanted.follow) {
        if (missing.length > 0) sink.write(complaint(incomplete(missing)))
        sink.end()
        return () => {}
      }
      return follow(swarm, sink, { wanted, tasks, serviceId })
    },
  }
}

type Source = { task: Task; container: Container; wanted: Wanted }

function write(swarm: Swarm, sink: Sink, { task, container, wanted }: Source): void {
  for (const line of logLines(container, swarm.clock.now, wanted)) {
    if (wanted.streams.includes(line.stream)) sink.write(formatLine(task, line, wanted))
  }
}

/** Lines as they are written, also of tasks that come later. */
function follow(
  swarm: Swarm,
  sink: Sink,
  {
    wanted,
    tasks,
    serviceId,
  }: { wanted: Wanted; tasks: () => Task[]; serviceId: string | null },
): () => void {
  const followed = new Map<string, () => void>()
  const join = (task: Task, from: number) => {
    followed.get(task.ID)?.()
    followed.delete(task.ID)
    const container = containerOf(swarm, task)
    if (!container || container === 'unreachable') return
    const due = nextLineAt(container, from)
    if (due === null) return
    const wait = Math.max(0, due - swarm.clock.now)
    const cancel = swarm.clock.schedule(wait, () => {
      const now = { ...wanted, since: from + 1, tail: Number.POSITIVE_INFINITY }
      write(swarm, sink, { task, container, wanted: now })
      join(task, swarm.clock.now)
    })
    followed.set(task.ID, cancel)
  }
  const { now } = swarm.clock
  for (const task of tasks()) join(task, now)
  const unlisten = swarm.store.listen({
    change: ({ kind, action, object, old }) => {
      if (kind !== 'task' || action === 'remove') return
      const isOurs = serviceId ? object.ServiceID === serviceId : followed.has(object.ID)
      if (!isOurs || object.Status.State === old?.Status.State) return
      const began = containerOf(swarm, object)
      if (!began || began === 'unreachable' || began.startedAt === null) return
      // What it wrote before the managers heard that it runs.
      if (!followed.has(object.ID)) join(object, Math.max(now, began.startedAt) - 1)
      else if (began.endedAt !== null && began.behaviour.log.last) {
        const line = { ...began.behaviour.log.last, at: began.endedAt }
        if (wanted.streams.includes(line.stream))
          sink.write(formatLine(object, line, wanted))
      }
    },
  })
  return () => {
    unlisten()
    for (const cancel of followed.values()) cancel()
  }
}

function containerOf(swarm: Swarm, { NodeID, ID }: Task): Container | 'unreachable' | null {
  if (!NodeID || !swarm.store.nodes.has(NodeID)) return null
  const machine = swarm.machine(NodeID)
  return machine.isReachable ? (machine.containers.ofTask(ID) ?? null) : 'unreachable'
}

/** @see moby/swarmkit manager/logbroker/subscription.go */
function incomplete(reasons: readonly string[]): string {
  const unique = [...new Set(reasons)].join(', ')
  return (
    'warning: incomplete log stream. some logs could not be retrieved for the following ' +
    `reasons: ${unique}`
  )
}
