import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EnginePort, EngineTask } from '../docker/engine.ts'
import type { TaskChange, TaskCourse } from '../docker/watch-message.ts'
import { aState } from '../domain/entities.fixture.ts'
import type { ClusterState, Task } from '../domain/state.ts'
import { replaceTasks } from './replace.ts'
import { tellTasks } from './task-news.ts'
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

const plain = { trustsHeld: true, besides: new Set<string>() }

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

test('a list that says something else of the same version is believed', () => {
  const state = held(toTask(raw(10), true))
  const { scope, tasks } = tellTasks(state, told({ course: course(raw(11)) }), plain)
  const next = replaceTasks(state, tasks, { tasks: scope })
  const listed = toTask(raw(11, { DesiredState: 'shutdown' }), true)
  const corrected = replaceTasks(next, [listed], { tasks: scope })
  expect(corrected.tasksByService.get('web')?.get('t1')).toBe(listed)
})
