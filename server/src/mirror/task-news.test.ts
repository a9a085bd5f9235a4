import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EnginePort, EngineTask } from '../docker/engine.ts'
import type { TaskChange, TaskCourse, TaskMaking } from '../docker/watch-message.ts'
import { aState } from '../domain/entities.fixture.ts'
import type { ClusterState, Task } from '../domain/state.ts'
import { replaceTasks } from './replace.ts'
import { createSiblings } from './siblings.ts'
import { noteNews, tellTasks } from './task-news.ts'
import { toTask } from './translate.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString()

const raw = (version: number, change: Partial<EngineTask> = {}): EngineTask => ({
  ID: 't1',
  CreatedAt: at(0),
  UpdatedAt: at(version),
  Version: { Index: version },
  Spec: { ContainerSpec: { Image: 'demo/web:v1' }, RestartPolicy: { Condition: 'any' } },
  ServiceID: 'web',
  Slot: 1,
  NodeID: 'm1',
  DesiredState: 'running',
  Status: { Timestamp: at(version), State: 'running', PortStatus: {} },
  ...change,
})

const course = ({
  Version,
  UpdatedAt,
  NodeID,
  DesiredState,
  Status,
}: EngineTask): TaskCourse => ({
  Version,
  UpdatedAt,
  NodeID: NodeID ?? '',
  DesiredState,
  Status,
  volumes: 0,
})

const told = (change: Partial<TaskChange>): Map<string, TaskChange> =>
  new Map([
    ['t1', { kind: 'task', action: 'update', id: 't1', serviceId: 'web', ...change }],
  ])

const held = (task: Task): ClusterState => aState({ services: [], tasks: [task] })

const plain = {
  trustsHeld: true,
  besides: new Set<string>(),
  siblings: { of: () => undefined },
}

/** What it comes to, in one state. */
function after(
  state: ClusterState,
  news: ReadonlyMap<string, TaskChange>,
): Task | undefined {
  const { scope, tasks } = tellTasks(state, news, plain)
  return replaceTasks(state, tasks, { tasks: scope }).tasksByService.get('web')?.get('t1')
}

const port: EnginePort = {
  Protocol: 'tcp',
  TargetPort: 80,
  PublishedPort: 8080,
  PublishMode: 'host',
}

test('a held task becomes what a list would have said of it', () => {
  const status = fc.record({
    Timestamp: fc.nat(100).map(at),
    State: fc.constantFrom('pending', 'running', 'failed', 'complete', 'shutdown'),
    Message: fc.constantFrom('', 'started'),
    Err: fc.constantFrom('', 'task: non-zero exit (1)'),
    container: fc.option(
      fc.record({
        ContainerID: fc.constantFrom('', 'c1'),
        ExitCode: fc.constantFrom(-1, 0, 3),
      }),
      { nil: null },
    ),
    PortStatus: fc.constantFrom<EngineTask['Status']['PortStatus'] & object>(
      {},
      { Ports: [port] },
    ),
  })
  const change = fc.record({
    Status: status.map(({ container, ...rest }) => ({
      ...rest,
      ...(container && { ContainerStatus: container }),
    })),
    NodeID: fc.constantFrom('', 'm1', 'w1'),
    DesiredState: fc.constantFrom('ready', 'running', 'shutdown'),
  })
  fc.assert(
    fc.property(change, change, (one, other) => {
      const [first, second] = [raw(10, one), raw(11, other)]
      const state = held(toTask(first, true))
      expect(after(state, told({ course: course(second) }))).toEqual(toTask(second, true))
    }),
  )
})

test('what is older than what is held is passed over, and nothing is read for it', () => {
  const state = held(toTask(raw(10), true))
  for (const version of [9, 10]) {
    const news = told({ course: course(raw(version, { DesiredState: 'shutdown' })) })
    const { scope, unread } = tellTasks(state, news, plain)
    expect([scope.size, unread.size]).toEqual([0, 0])
  }
})

test('a task that is removed is gone, and no list brings one back that was never held', () => {
  const news = told({ action: 'remove' })
  expect(after(held(toTask(raw(10), true)), news)).toBeUndefined()
  const { scope, unread } = tellTasks(aState({ services: [], tasks: [] }), news, plain)
  expect([[...scope], unread.size]).toEqual([[['t1', 'web']], 0])
})

test('what cannot be told of from what is held is read', () => {
  const state = held(toTask(raw(10), true))
  const news = told({ course: course(raw(11)) })
  const unread = (...asked: Parameters<typeof tellTasks>) => [...tellTasks(...asked).unread]
  const empty = aState({ services: [], tasks: [] })
  const one = [['t1', 'web']]
  expect(unread(empty, news, plain)).toEqual(one)
  expect(unread(state, told({}), plain)).toEqual(one)
  expect(unread(state, news, { ...plain, trustsHeld: false })).toEqual(one)
  const given = told({ course: { ...course(raw(11)), volumes: 1 } })
  expect(unread(state, given, plain)).toEqual(one)
  const besides = new Set(['web'])
  expect(unread(state, news, { ...plain, besides })).toEqual(one)
  expect(unread(state, told({ action: 'remove' }), { ...plain, besides })).toEqual(one)
})

const making = (change: Partial<TaskMaking> = {}): TaskMaking => ({
  CreatedAt: at(20),
  Slot: 2,
  specVersion: 7,
  ...change,
})

/** What is told of a second task, after the first was told to be of the spec's version 7. */
function toldOfSecond(
  change: Partial<TaskChange>,
  first: Partial<TaskChange> & { task?: Task } = {},
) {
  const siblings = createSiblings()
  const { task = toTask(raw(10), true), ...of } = first
  const known = { course: course(raw(10)), making: making(), ...of }
  for (const one of told(known).values()) siblings.note(one)
  const second: TaskChange = {
    kind: 'task',
    action: 'create',
    id: 't2',
    serviceId: 'web',
    course: course(raw(20, { DesiredState: 'ready' })),
    making: making(),
    ...change,
  }
  return tellTasks(held(task), new Map([['t2', second]]), { ...plain, siblings })
}

test('a new task has the spec of one that was made of the same version of it', () => {
  const { tasks, scope, unread } = toldOfSecond({})
  const listed = raw(20, { ID: 't2', CreatedAt: at(20), Slot: 2, DesiredState: 'ready' })
  expect(tasks).toEqual([toTask(listed, true)])
  expect([[...scope], unread.size]).toEqual([[['t2', 'web']], 0])
})

test('of jobs and global services as well', () => {
  const job = { CreatedAt: at(20), JobIteration: { Index: 0 }, specVersion: 7 }
  const global = { CreatedAt: at(20), specVersion: 7 }
  for (const one of [job, global]) {
    const { specVersion: _, ...rest } = one
    const wanted = { DesiredState: 'complete' }
    const { Slot: __, ...listed } = raw(20, { ID: 't2', ...wanted, ...rest })
    const second = { making: one, course: course(raw(20, wanted)) }
    const first = { course: course(raw(10, wanted)) }
    expect(toldOfSecond(second, first).tasks).toEqual([toTask(listed, true)])
  }
})

test('a new task is read where no sibling tells what it was made with', () => {
  const isRead = (...asked: Parameters<typeof toldOfSecond>) => {
    const { tasks, unread } = toldOfSecond(...asked)
    expect([tasks, [...unread]]).toEqual([[], [['t2', 'web']]])
  }
  isRead({ making: making({ specVersion: 8 }) })
  isRead({ serviceId: 'web', course: { ...course(raw(20)), volumes: 1 } })
  // Its end may have been read already.
  isRead({ action: 'update' })
  isRead({}, { action: 'remove' })
  isRead({}, { course: course(raw(10, { DesiredState: 'shutdown' })) })
  isRead({}, { id: 'gone' })
  isRead({}, { task: toTask(raw(10), false) })
  const volume = { id: 'v1', source: 'data', target: '/data', readOnly: false }
  isRead({}, { task: { ...toTask(raw(10), true), clusterVolumes: [volume] } })
})

test('one that was made while its service was read may be up to date after all', () => {
  const state = held(toTask(raw(10), false))
  const news = (action: TaskChange['action']) => told({ action, course: course(raw(10)) })
  expect([...tellTasks(state, news('create'), plain).unread]).toEqual([['t1', 'web']])
  expect(tellTasks(state, news('update'), plain).unread.size).toBe(0)
})

test('siblings of a service that is gone are forgotten', () => {
  const siblings = createSiblings()
  const first = { course: course(raw(10)), making: making() }
  for (const one of told(first).values()) siblings.note(one)
  const [change] = told(first).values()
  const state = held(toTask(raw(10), true))
  expect(change && siblings.of(change, state)?.id).toBe('t1')
  siblings.retain(new Map())
  expect(change && siblings.of(change, state)).toBeUndefined()
})

test('one that was made and then changed was made; and one that is removed is gone', () => {
  const news = new Map<string, TaskChange>()
  const tell = (action: TaskChange['action']) => {
    for (const change of told({ action }).values()) noteNews(news, change)
    return news.get('t1')?.action
  }
  expect([tell('update'), tell('create'), tell('update'), tell('remove')]).toEqual([
    'update',
    'create',
    'create',
    'remove',
  ])
})

test('a list that says something else of the same version is believed', () => {
  const state = held(toTask(raw(10), true))
  const { scope, tasks } = tellTasks(state, told({ course: course(raw(11)) }), plain)
  const next = replaceTasks(state, tasks, { tasks: scope })
  const listed = toTask(raw(11, { DesiredState: 'shutdown' }), true)
  const corrected = replaceTasks(next, [listed], { tasks: scope })
  expect(corrected.tasksByService.get('web')?.get('t1')).toBe(listed)
})
