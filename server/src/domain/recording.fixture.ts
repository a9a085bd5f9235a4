import { readFileSync } from 'node:fs'
import type { UpdateState } from '@skep/shared/contract/service'
import type { TaskState } from '@skep/shared/contract/task-state'
import {
  aManager,
  aNode,
  aPace,
  aPrevious,
  aService,
  aSpec,
  aState,
  aTask,
} from './entities.fixture.ts'
import type { ClusterState, Millis, Mode, Node, Service, Spec, Task } from './state.ts'

/**
 * Recordings of real engines, played back as the states a mirror would have seen. Each line
 * of a file in testdata/ is what changed from one poll to the next, `t` seconds after the
 * first; what was there at first is an hour old. Where a file records one service, its
 * tasks name their image, and five ready nodes are supplied; where it records a swarm, its
 * tasks are named `service.slot` or `service.node`.
 */
export type Moment = {
  readonly t: number
  readonly now: Millis
  readonly state: ClusterState
}

type Row = { t: number } & (
  | { note: string }
  | { gone: string }
  | { service: ServiceRow }
  | ({ node: string } & NodeRow)
  | ({ task: string } & TaskRow)
)
type ServiceRow = {
  image: string
  previous: string | null
  update: { state: UpdateState; message: string } | null
}
type NodeRow = Pick<Node, 'availability' | 'state'> & {
  message?: string
  manager?: Pick<NonNullable<Node['manager']>, 'leader' | 'reachability'>
}
type TaskRow = {
  name?: string
  slot?: number
  image?: string
  desired: TaskState
  state: TaskState
  message: string
  error?: string
  exit?: number
  on?: string | null
}

export const epoch: Millis = 1_800_000_000_000
const hour = 3_600_000

/** The services of the files that record a swarm, as they were deployed. */
const pinned = ['node.hostname==w1']

export function replay(recording: string): Moment[] {
  const url = new URL(`./testdata/${recording}.jsonl`, import.meta.url)
  const lines = readFileSync(url, 'utf8').trim().split('\n')
  const rows = lines.map((text): Row => JSON.parse(text)) // written by us, beside this file
  const world = emptyWorld(
    recording,
    rows.some((row) => 'note' in row),
  )
  const moments: Moment[] = []
  for (const [i, row] of rows.entries()) {
    apply(world, row)
    if (isSettled(world) && rows[i + 1]?.t !== row.t) {
      moments.push({ t: row.t, now: epoch + row.t * 1000, state: stateOf(world) })
    }
  }
  return moments
}

/** The state that was current at this second of a recording. */
export function at(moments: readonly Moment[], t: number): ClusterState {
  const moment = moments.findLast((each) => each.t <= t)
  if (!moment) throw new Error(`nothing was recorded before ${t} s`)
  return moment.state
}

type World = {
  readonly settings: Pick<Spec, 'update' | 'rollback'>
  /** Whether the intervention is part of the recording. */
  readonly noted: boolean
  /** Whether the recorded intervention has begun. */
  begun: boolean
  /** When the tasks were all asked to be made anew, of the same image. */
  forcedAt: Millis | null
  services: Map<string, Service>
  nodes: Map<string, Node>
  tasks: Map<string, Task>
}

const emptyWorld = (recording: string, noted: boolean): World => ({
  settings: settingsOf(recording),
  noted,
  begun: false,
  forcedAt: null,
  services: new Map(),
  nodes: new Map(),
  tasks: new Map(),
})

/** How the recorded services were told to update: the files are named for it. */
function settingsOf(recording: string): Pick<Spec, 'update' | 'rollback'> {
  const has = (part: string) => recording.includes(part)
  const judged = has('bad-') || has('unhealthy') || has('after-pause')
  const update = aPace({
    delayNs: 2e9,
    monitorNs: judged ? 5e9 : 2e9,
    order: has('start-first') || has('unhealthy') ? 'start-first' : 'stop-first',
    failureAction:
      judged && has('-rollback') ? 'rollback' : has('-continue') ? 'continue' : 'pause',
  })
  return { update, rollback: aPace({ monitorNs: 2e9, delayNs: 1e9 }) }
}

function apply(world: World, row: Row): void {
  const when = epoch + row.t * 1000
  const past = isPast(world, row) ? epoch - hour : when
  if ('note' in row) {
    world.begun = true
    if (row.note.startsWith('ForceUpdate')) world.forcedAt = when
  } else if ('gone' in row) world.tasks.delete(row.gone)
  else if ('service' in row) world.services.set('web', toService(world, row.service, past))
  else if ('node' in row) world.nodes.set(row.node, toNode(world, row.node, row, past))
  else world.tasks.set(row.task, toTask(world, row.task, row, past))
}

/**
 * A recording begins with what had long been so. Where the intervention came just before
 * it, so did the service as it is, and the tasks that no node has yet.
 */
function isPast({ begun, noted }: World, row: Row): boolean {
  if (noted) return !begun
  const fresh = 'service' in row || ('task' in row && !row.on)
  return row.t <= 0.01 && !fresh
}

/** Whether the first poll was played back whole. */
const isSettled = ({ begun, services, tasks }: World): boolean =>
  begun || (services.size > 0 && tasks.size > 0)

function toService(world: World, row: ServiceRow, when: Millis): Service {
  const before = world.services.get('web')
  const ends = row.update?.state.endsWith('completed') ?? false
  const startedAt = startOf(before, row, when)
  return aService({
    id: 'web',
    name: 'web',
    mode: { kind: 'replicated', replicas: 0 },
    image: row.image,
    createdAt: epoch - hour,
    updatedAt: when,
    previous:
      row.previous === null
        ? null
        : aPrevious({ image: row.previous, specHash: row.previous }),
    update: row.update && {
      state: row.update.state,
      message: shortenCulprit(row.update.message),
      startedAt,
      completedAt: ends ? when : null,
    },
    spec: aSpec(world.settings),
  })
}

/**
 * The swarm keeps the start of an update that it rolls back by itself. It tells the start
 * before it makes the first task; a poll may see it after.
 */
function startOf(
  before: Service | undefined,
  { update }: ServiceRow,
  when: Millis,
): Millis {
  const manual = 'manually requested rollback'
  const last = before?.update ?? null
  const begins =
    (update?.state === 'updating' && last?.state !== 'updating') ||
    (update?.message === manual && last?.message !== manual)
  if (!begins) return last?.startedAt ?? when
  const posted = before?.updatedAt ?? 0
  return last === null && posted >= epoch ? posted : when
}

/** Tasks are recorded by the first six characters of their ids. */
const shortenCulprit = (message: string): string =>
  message.replace(/( of task \w{6})\w*$/, '$1')

function toNode(world: World, id: string, row: NodeRow, when: Millis): Node {
  const { availability, state, message = '', manager } = row
  const changed = { id, availability, state, message, updatedAt: when }
  const before = world.nodes.get(id)
  return manager
    ? aManager({ ...before, ...changed, manager: { ...manager, address: null } })
    : aNode({ ...before, ...changed })
}

function toTask(world: World, id: string, row: TaskRow, when: Millis): Task {
  const before = world.tasks.get(id)
  const [name = 'web', place = ''] = row.name?.split('.') ?? []
  const onNode = !/^\d*$/.test(place)
  const slot = onNode ? null : (row.slot ?? Number(place))
  if (row.name !== undefined) enlarge(world, name, slot)
  return aTask({
    id,
    serviceId: name,
    slot,
    nodeId: row.on ?? null,
    image: row.image ?? 'demo/web:v1',
    desired: row.desired,
    state: row.state,
    message: row.message,
    error: row.error ?? null,
    exitCode: row.exit ?? null,
    since: before?.state === row.state ? before.since : when,
    createdAt: before?.createdAt ?? when,
    updatedAt: when,
  })
}

/** The size of a service is that of the slots it was first seen with. */
function enlarge({ services }: World, name: string, slot: number | null): void {
  const { mode } = services.get(name) ?? {}
  const before = mode?.kind === 'replicated' ? mode.replicas : 0
  const next: Mode =
    slot === null
      ? { kind: 'global' }
      : { kind: 'replicated', replicas: Math.max(before, slot) }
  if (mode?.kind === next.kind && before === (slot === null ? 0 : Math.max(before, slot)))
    return
  const spec = aSpec(name === 'pinned' ? { constraints: pinned } : {})
  const updatedAt = epoch - hour
  services.set(name, aService({ id: name, name, mode: next, updatedAt, spec }))
}

function stateOf({ services, nodes, tasks, forcedAt }: World): ClusterState {
  const web = services.get('web')
  const slots = [...tasks.values()].map(({ slot }) => slot ?? 0)
  const sized = web && {
    ...web,
    mode: { kind: 'replicated', replicas: Math.max(...slots) } as const,
  }
  const supplied = ['m1', 'm2', 'm3', 'w1', 'w2'].map((id) => aNode({ id }))
  return aState({
    services: sized ? [sized] : [...services.values()],
    nodes: nodes.size > 0 ? [...nodes.values()] : supplied,
    tasks: [...tasks.values()].map((task) =>
      web ? { ...task, upToDate: isUpToDate(web, task, forcedAt) } : task,
    ),
  })
}

const isUpToDate = (web: Service, task: Task, forcedAt: Millis | null): boolean =>
  task.image === web.image && task.createdAt >= (forcedAt ?? 0)
