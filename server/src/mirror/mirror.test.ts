import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DockerError } from '../docker/errors.ts'
import type { TaskCourse } from '../docker/watch-message.ts'
import { clock } from './clock.ts'
import { anEngine } from './engine.fixture.ts'
import { createMirror, type Mirror, pauseAfter } from './mirror.ts'

const log = { info: () => {}, warn: () => {} }
let mirror: Mirror
let engine: ReturnType<typeof anEngine>

beforeEach(() => {
  vi.useFakeTimers()
  engine = anEngine()
  engine.putNode('m1')
  engine.putService('web', 1)
  engine.putTask('t1', 'web', 'running')
})

afterEach(async () => {
  const stopped = mirror.stop()
  await pass(1_000)
  await stopped
  clock.follow(null)
  vi.useRealTimers()
})

const at = '2026-11-01T14:00:00Z'
const raise = () => {
  throw new Error('there is no task')
}
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const taskIdsAndStates = () =>
  [...(mirror.state().tasksByService.get('web')?.values() ?? [])].map(
    ({ id, state }) => [id, state] as const,
  )
const taskStates = () =>
  [...(mirror.state().tasksByService.get('web')?.values() ?? [])].map(({ state }) => state)

async function start(feed: 'push' | 'events', ...others: ReturnType<typeof anEngine>[]) {
  const known = [engine, ...others].map(({ api, openWatch }) => ({
    api,
    openWatch: feed === 'push' ? openWatch : null,
  }))
  const [first, ...rest] = known
  if (!first) throw new Error('no engine')
  mirror = createMirror([first, ...rest], log)
  mirror.start()
  await pass(1_000)
  engine.calls.length = 0
}

describe('with the push feed', () => {
  test('a changed task is read by its id, and nothing else is', async () => {
    await start('push')
    engine.putTask('t1', 'web', 'failed')
    engine.tell.change({ kind: 'task', action: 'update', id: 't1', serviceId: 'web' })
    await pass(50)
    expect(taskStates()).toEqual(['failed'])
    expect(engine.calls).toEqual(['tasks'])
  })

  /** Of the only task. */
  const courseNow = async (): Promise<TaskCourse> => {
    const [task] = await engine.api.tasks()
    engine.calls.length = 0
    const { Version, Status, DesiredState } = task ?? raise()
    return { Version, Status, DesiredState, UpdatedAt: at, NodeID: 'm1', volumes: 0 }
  }
  const push = (course: TaskCourse) =>
    engine.tell.change({
      kind: 'task',
      action: 'update',
      id: 't1',
      serviceId: 'web',
      course,
    })
  const tell = async (change: Partial<TaskCourse> = {}) => {
    push({ ...(await courseNow()), ...change })
    await pass(50)
  }

  test('what the feed tells of a task that is held is not asked for', async () => {
    await start('push')
    engine.putTask('t1', 'web', 'failed')
    await tell()
    expect(taskStates()).toEqual(['failed'])
    engine.tell.change({ kind: 'task', action: 'remove', id: 't1', serviceId: 'web' })
    await pass(50)
    expect(taskStates()).toEqual([])
    expect(engine.calls).toEqual([])
  })

  test('of a spec only the first task is asked for', async () => {
    await start('push')
    const course = await courseNow()
    const make = async (id: string, specVersion: number) => {
      engine.putTask(id, 'web', 'running')
      engine.calls.length = 0
      const making = { CreatedAt: at, Slot: 1, specVersion }
      const change = { kind: 'task', action: 'create', id, serviceId: 'web' } as const
      engine.tell.change({ ...change, course, making })
      await pass(50)
      return engine.calls.filter((call) => call.startsWith('tasks')).length
    }
    expect(await make('t2', 7)).toBeGreaterThan(0)
    expect(await make('t3', 7)).toBe(0)
    expect(await make('t4', 8)).toBeGreaterThan(0)
    expect(taskStates()).toEqual(['running', 'running', 'running', 'running'])
  })

  test('a list is believed that says something else than the feed of the same version', async () => {
    await start('push')
    engine.putTask('t1', 'web', 'failed')
    await tell({ Status: { State: 'running' } })
    expect(taskStates()).toEqual(['running'])
    await pass(31_000)
    expect(taskStates()).toEqual(['failed'])
    const before = mirror.state().tasksByService
    await pass(31_000)
    expect(mirror.state().tasksByService).toBe(before)
  })

  test('the list tells of a task that is not up to date any more, though it did not change', async () => {
    await start('push')
    engine.setOutdated('t1')
    await pass(31_000)
    expect(mirror.state().tasksByService.get('web')?.get('t1')?.upToDate).toBe(false)
  })

  test('while a list is owed, what is held is not known to be up to date', async () => {
    await start('push')
    const lists = engine.holdLists()
    await pass(31_000)
    for (let i = 0; i < 201; i += 1) {
      engine.tell.change({
        kind: 'service',
        action: 'update',
        id: `s${i}`,
        serviceId: null,
      })
    }
    await pass(50)
    engine.setOutdated('t1')
    engine.putTask('t1', 'web', 'starting')
    const course = await courseNow()
    // While something is read, so that the first list has come before the next is asked for.
    const { nodes } = engine.api
    vi.spyOn(engine.api, 'nodes').mockImplementationOnce(async () => {
      push(course)
      lists.resolve()
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
      return nodes()
    })
    await pass(6_000)
    expect(mirror.state().tasksByService.get('web')?.get('t1')?.upToDate).toBe(false)
  })

  test('what a list does not know yet that was removed stays so', async () => {
    await start('push')
    const lists = engine.holdLists()
    await pass(31_000)
    engine.tell.change({ kind: 'task', action: 'remove', id: 't1', serviceId: 'web' })
    await pass(50)
    expect(taskStates()).toEqual([])
    lists.resolve()
    await pass(50)
    expect(taskStates()).toEqual([])
  })

  test('of a new task it is asked whether it is up to date, and only once', async () => {
    await start('push')
    const upToDate = () => mirror.state().tasksByService.get('web')?.get('t2')?.upToDate
    for (const state of ['assigned', 'running'] as const) {
      engine.putTask('t2', 'web', state)
      engine.tell.change({ kind: 'task', action: 'update', id: 't2', serviceId: 'web' })
      await pass(50)
      expect([taskStates().at(-1), upToDate()]).toEqual([state, true])
    }
    expect(engine.calls).toEqual(['tasks', 'tasks up-to-date', 'tasks'])
  })

  test('a new task that is out of date is held to be, however often it is read', async () => {
    await start('push')
    const upToDate = () => mirror.state().tasksByService.get('web')?.get('t2')?.upToDate
    engine.setOutdated('t2')
    for (const state of ['assigned', 'running'] as const) {
      engine.putTask('t2', 'web', state)
      engine.tell.change({ kind: 'task', action: 'update', id: 't2', serviceId: 'web' })
      await pass(50)
      expect([taskStates().at(-1), upToDate()]).toEqual([state, false])
    }
  })

  test('a task that seemed out of date when it was made is asked about again', async () => {
    await start('push')
    const course = await courseNow()
    const upToDate = () => mirror.state().tasksByService.get('web')?.get('t2')?.upToDate
    engine.setOutdated('t2')
    engine.putTask('t2', 'web', 'running')
    engine.tell.change({ kind: 'service', action: 'update', id: 'web', serviceId: null })
    await pass(50)
    expect(upToDate()).toBe(false)
    engine.setCurrent('t2')
    const change = { kind: 'task', action: 'create', id: 't2', serviceId: 'web' } as const
    engine.tell.change({ ...change, course })
    await pass(50)
    expect(upToDate()).toBe(true)
  })

  test('with a changed service all its tasks are asked about, and once', async () => {
    await start('push')
    engine.setOutdated('t1')
    engine.tell.change({ kind: 'task', action: 'update', id: 't1', serviceId: 'web' })
    engine.tell.change({ kind: 'service', action: 'update', id: 'web', serviceId: null })
    await pass(50)
    const task = mirror.state().tasksByService.get('web')?.get('t1')
    expect(task?.upToDate).toBe(false)
    expect(engine.calls.toSorted()).toEqual(['services', 'tasks', 'tasks up-to-date'])
  })

  test('a task that is gone when it is read leaves the state', async () => {
    await start('push')
    engine.dropTask('t1')
    engine.tell.change({ kind: 'task', action: 'remove', id: 't1', serviceId: 'web' })
    await pass(50)
    expect(taskStates()).toEqual([])
    expect(mirror.state().tasksByNode.get('m1')).toBeUndefined()
  })

  test('a burst of changes is one read', async () => {
    await start('push')
    for (let i = 0; i < 50; i += 1) {
      engine.putTask(`t${i}`, 'web', 'running')
      engine.tell.change({ kind: 'task', action: 'create', id: `t${i}`, serviceId: 'web' })
    }
    await pass(50)
    expect(mirror.state().tasksByService.get('web')?.size).toBe(50)
    expect(engine.calls.length).toBeLessThanOrEqual(4)
  })

  test('more changes than one call can name take several, and not the list of all', async () => {
    await start('push')
    engine.putTask('t1', 'web', 'failed') // nobody tells of it
    for (let i = 2; i < 452; i += 1) {
      engine.putTask(`t${i}`, 'web', 'running')
      engine.tell.change({ kind: 'task', action: 'create', id: `t${i}`, serviceId: 'web' })
    }
    await pass(50)
    const tasks = mirror.state().tasksByService.get('web')
    expect([tasks?.size, tasks?.get('t1')?.state]).toEqual([451, 'running'])
  })

  test('of changes without number all tasks are read', async () => {
    await start('push')
    engine.putTask('t1', 'web', 'failed')
    for (let i = 2; i < 1_502; i += 1) {
      engine.putTask(`t${i}`, 'web', 'running')
      engine.tell.change({ kind: 'task', action: 'create', id: `t${i}`, serviceId: 'web' })
    }
    await pass(50)
    const tasks = mirror.state().tasksByService.get('web')
    expect([tasks?.size, tasks?.get('t1')?.state]).toEqual([1_501, 'failed'])
  })

  test('an idle minute costs at most 30 calls', async () => {
    await start('push')
    await pass(60_000)
    expect(engine.calls.length).toBeLessThanOrEqual(30)
    expect(engine.calls.length).toBeGreaterThan(10)
  })

  test('what the feed kept silent about is found by the sweep', async () => {
    await start('push')
    engine.putTask('t1', 'web', 'failed')
    await pass(31_000)
    expect(taskStates()).toEqual(['failed'])
  })

  test('a change does not wait for the list of all tasks, which then does not undo it', async () => {
    await start('push')
    engine.putTask('t2', 'web', 'starting')
    engine.putTask('t3', 'web', 'starting')
    const lists = engine.holdLists()
    await pass(31_000)
    const states = () => Object.fromEntries(taskIdsAndStates())
    expect(states()).toEqual({ t1: 'running' })
    engine.putTask('t1', 'web', 'failed')
    engine.dropTask('t2')
    for (const id of ['t1', 't2']) {
      engine.tell.change({ kind: 'task', action: 'update', id, serviceId: 'web' })
    }
    await pass(50)
    expect(states()).toEqual({ t1: 'failed' })
    const { tasks: before } = mirror.times().readAt
    lists.resolve()
    await pass(50)
    expect(states()).toEqual({ t1: 'failed', t3: 'starting' })
    expect(mirror.times().readAt.tasks).toBeGreaterThan(before ?? Infinity)
  })

  test('a service that changes among changes without number does not wait for that list', async () => {
    await start('push')
    const lists = engine.holdLists()
    engine.setOutdated('t1')
    engine.tell.change({ kind: 'service', action: 'update', id: 'web', serviceId: null })
    for (let i = 0; i < 1_100; i += 1) {
      engine.tell.change({ kind: 'task', action: 'create', id: `x${i}`, serviceId: 'x' })
    }
    await pass(50)
    expect(mirror.state().tasksByService.get('web')?.get('t1')?.upToDate).toBe(false)
    lists.resolve()
    await pass(50)
  })

  test('while all is being listed a task is asked about anew', async () => {
    await start('push')
    engine.setOutdated('t1')
    const lists = engine.holdLists()
    await pass(31_000)
    engine.tell.change({ kind: 'task', action: 'update', id: 't1', serviceId: 'web' })
    await pass(50)
    expect(mirror.state().tasksByService.get('web')?.get('t1')?.upToDate).toBe(false)
    lists.resolve()
    await pass(50)
  })

  test('a service that vanishes before it is asked about holds up nothing', async () => {
    engine.putService('api', 1)
    engine.putTask('a1', 'api', 'running')
    await start('push')
    const lists = engine.holdLists()
    engine.dropService('api')
    engine.dropTask('a1')
    engine.putTask('t1', 'web', 'failed')
    engine.tell.change({ kind: 'service', action: 'update', id: 'api', serviceId: null })
    engine.tell.change({ kind: 'task', action: 'update', id: 't1', serviceId: 'web' })
    await pass(50)
    expect(taskStates()).toEqual(['failed'])
    expect(mirror.state().services.has('api')).toBe(false)
    lists.resolve()
    await pass(50)
    expect(mirror.state().tasksByService.has('api')).toBe(false)
  })

  test('a list of all tasks that fails is a failure, and all is read anew', async () => {
    await start('push')
    const seen: string[] = []
    mirror.onChange(() => seen.push(mirror.state().swarm.state))
    const lists = engine.holdLists()
    await pass(31_000)
    expect(new Set(seen)).toEqual(new Set(['live']))
    engine.holdLists().resolve()
    lists.reject(new DockerError('failed', 'out of words', 500))
    await pass(1_000)
    expect(seen).toContain('engine-failing')
    expect(mirror.state().swarm.state).toBe('live')
  })

  test('when the feed ends the event stream goes on, and it comes back by itself', async () => {
    await start('push')
    expect(mirror.state().swarm.feed).toBe('push')
    engine.endPush()
    await pass(100)
    expect(mirror.state().swarm).toMatchObject({ feed: 'events', state: 'live' })
    await pass(1_000)
    expect(mirror.state().swarm.feed).toBe('push')
  })
})

describe('without the push feed', () => {
  test('an idle minute costs at most 60 calls', async () => {
    await start('events')
    await pass(60_000)
    expect(engine.calls.length).toBeLessThanOrEqual(60)
    expect(engine.calls.length).toBeGreaterThan(10)
  })

  test('a task that changes unannounced is found through the running counts', async () => {
    await start('events')
    engine.putTask('t1', 'web', 'failed')
    await pass(5_500)
    expect(taskStates()).toEqual(['failed'])
  })

  test('a service in motion is read twice a second', async () => {
    await start('events')
    engine.putTask('t2', 'web', 'preparing')
    engine.putService('web', 2)
    engine.tell.event({ Type: 'service', Action: 'update', Actor: { ID: 'web' } })
    await pass(500)
    engine.putTask('t2', 'web', 'starting')
    await pass(600)
    expect(taskStates()).toContain('starting')
  })

  test('a removed service takes its tasks with it, although asking for them is a 404', async () => {
    await start('events')
    engine.dropService('web')
    engine.dropTask('t1')
    engine.tell.event({ Type: 'service', Action: 'remove', Actor: { ID: 'web' } })
    await pass(21_000)
    expect(mirror.state().services.size).toBe(0)
    expect(taskStates()).toEqual([])
  })
})

describe('when the swarm does not answer', () => {
  test.each([
    ['unreachable', 'engine-away'],
    ['no-quorum', 'no-quorum'],
    ['locked', 'locked'],
    ['not-a-manager', 'not-a-manager'],
    ['no-swarm', 'no-swarm'],
    ['certificates-expired', 'certificates-expired'],
    ['denied', 'denied'],
    ['manager-starting', 'connecting'],
    ['failed', 'engine-failing'],
  ] as const)('%s: the state says %s, and what was known stays', async (kind, state) => {
    await start('push')
    engine.break(kind)
    await pass(10_000)
    expect(mirror.state().swarm.state).toBe(state)
    expect(taskStates()).toEqual(['running'])
  })

  test('it comes back through the path of the start', async () => {
    await start('push')
    engine.break('unreachable')
    await pass(30_000)
    engine.break(null)
    engine.putTask('t1', 'web', 'failed')
    await pass(7_000)
    expect(mirror.state().swarm).toMatchObject({ state: 'live', cause: null, feed: 'push' })
    expect(taskStates()).toEqual(['failed'])
  })

  test('one dropped connection is no news', async () => {
    await start('events')
    const seen: string[] = []
    mirror.onChange(() => seen.push(mirror.state().swarm.state))
    engine.break('unreachable')
    engine.break(null)
    await pass(10_000)
    expect(new Set(seen)).toEqual(new Set(['live']))
  })

  test('the next manager is asked', async () => {
    const second = anEngine()
    second.putNode('m2')
    await start('events', second)
    engine.break('unreachable')
    await pass(2_000)
    expect(mirror.state().swarm.state).toBe('live')
    expect([...mirror.state().nodes.keys()]).toEqual(['m2'])
  })

  test('of several engines, what is wrong with the swarm is said, and said once', async () => {
    const second = anEngine()
    await start('events', second)
    const seen: string[] = []
    mirror.onChange(() => seen.push(mirror.state().swarm.state))
    engine.break('unreachable')
    second.break('no-quorum')
    await pass(20_000)
    expect(seen.filter((state, index) => state !== seen[index - 1])).toEqual(['no-quorum'])
  })

  test('contact ages while calls fail', async () => {
    await start('push')
    const { contactAt } = mirror.times()
    engine.break('no-quorum')
    await pass(20_000)
    expect(mirror.times().contactAt).toBe(contactAt)
  })
})

test.each([
  [1, 0],
  [2, 250],
  [3, 500],
  [20, 2_000],
])('after %i failures the pause is %i ms', (failures, pause) => {
  expect(pauseAfter(failures)).toBe(pause)
})

describe('in front of a simulated swarm', () => {
  const there = Date.UTC(2031, 0, 1)

  test('its time is followed, also when somebody else sets its speed', async () => {
    engine.simulate({ now: there, speed: 60 })
    await start('push')
    expect(mirror.state().swarm).toMatchObject({ simulatedSpeed: 60, clockAhead: 0 })
    expect(mirror.state().swarm.since).toBeGreaterThanOrEqual(there)
    expect(clock.now()).toBeGreaterThan(there + 30_000)
    engine.simulate({ now: there + 90_000, speed: 0 })
    await pass(6_000)
    expect(mirror.state().swarm.simulatedSpeed).toBe(0)
    expect(clock.now()).toBe(there + 90_000)
  })

  test('the next engine may be a real one, whose time is ours', async () => {
    const real = anEngine()
    real.putNode('m1')
    engine.simulate({ now: there, speed: 60 })
    await start('push', real)
    engine.break('unreachable')
    await pass(10_000)
    expect(mirror.state().swarm).toMatchObject({ state: 'live', simulatedSpeed: null })
    expect(clock.now()).toBe(Date.now())
  })
})
