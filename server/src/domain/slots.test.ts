import type { Slot } from '@skep/shared/contract/service'
import { taskStates } from '@skep/shared/contract/task-state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aNode, aService, aTask, byId, factsOf } from './entities.fixture.ts'
import { slots } from './slots.ts'
import type { Mode, Node, Task } from './state.ts'
import { isOver } from './task-life.ts'

const grid = (
  mode: Mode,
  tasks: readonly Task[],
  nodes?: readonly Node[],
  jobIteration = 1,
) => slots(aService({ mode, jobIteration }), byId(tasks), factsOf(nodes))

const shown = (slots: readonly Slot[]) =>
  slots.map(({ key, status, tasks }) => `${key} ${status} [${tasks.map(({ id }) => id)}]`)

const replicated = (replicas: number): Mode => ({ kind: 'replicated', replicas })
const stopping = { desired: 'shutdown' } as const
const stopped = { desired: 'shutdown', state: 'shutdown' } as const

describe('a replicated service', () => {
  test.each<{ replicas: number; tasks: Partial<Task>[]; grid: string[]; why: string }>([
    { replicas: 2, tasks: [], grid: ['1 empty []', '2 empty []'], why: 'not yet created' },
    {
      replicas: 1,
      tasks: [{ id: 'a', state: 'pending' }],
      grid: ['1 pending [a]'],
      why: 'waiting for a node',
    },
    {
      replicas: 1,
      tasks: [{ id: 'a', state: 'preparing' }],
      grid: ['1 starting [a]'],
      why: 'pulling its image',
    },
    {
      replicas: 1,
      tasks: [
        { id: 'old', upToDate: false },
        { id: 'new', state: 'starting', createdAt: 9 },
      ],
      grid: ['1 starting [new,old]'],
      why: 'start-first: the new task speaks, the old one still runs',
    },
    {
      replicas: 1,
      tasks: [
        { id: 'old', ...stopping },
        { id: 'new', desired: 'ready', state: 'ready', createdAt: 9 },
      ],
      grid: ['1 starting [new,old]'],
      why: 'stop-first: the new task waits for the old one',
    },
    {
      replicas: 1,
      tasks: [
        { id: 'x', ...stopped },
        { id: 'y', desired: 'shutdown', state: 'failed', createdAt: 1 },
        { id: 'z', createdAt: 2 },
      ],
      grid: ['1 running [z]'],
      why: 'history does not hold a slot',
    },
    {
      replicas: 1,
      tasks: [
        { id: 'x', ...stopped },
        { id: 'y', desired: 'shutdown', state: 'failed', createdAt: 1 },
      ],
      grid: ['1 failed [y]'],
      why: 'unless nothing else does: then its newest, and only that',
    },
    {
      replicas: 1,
      tasks: [{ id: 'x', ...stopped }],
      grid: ['1 empty [x]'],
      why: 'stopped and not replaced',
    },
    {
      replicas: 1,
      tasks: [{ id: 'x', desired: 'shutdown', state: 'pending' }],
      grid: ['1 empty [x]'],
      why: 'called off before a node took it: it never stops, and never runs',
    },
    {
      replicas: 2,
      tasks: [
        { id: 'a', slot: 1 },
        { id: 'd', slot: 4 },
        { id: 'e', slot: 5, desired: 'remove' },
      ],
      grid: ['1 running [a]', '4 running [d]', '5 stopping [e]'],
      why: 'a scale-down may keep any numbers: no hole is shown where none is',
    },
    {
      replicas: 3,
      tasks: [
        { id: 'b', slot: 2 },
        { id: 'e', slot: 5, ...stopped },
      ],
      grid: ['1 empty []', '2 running [b]', '5 empty [e]'],
      why: 'what is missing gets the lowest free number; an exhausted slot keeps its own',
    },
    {
      replicas: 0,
      tasks: [{ id: 'a', desired: 'remove' }],
      grid: ['1 stopping [a]'],
      why: 'scaled to zero, still stopping',
    },
    {
      replicas: 0,
      tasks: [{ id: 'a', desired: 'remove', state: 'shutdown' }],
      grid: [],
      why: 'and gone',
    },
  ])('$why', ({ replicas, tasks, grid: expected }) => {
    expect(shown(grid(replicated(replicas), tasks.map(aTask)))).toEqual(expected)
  })

  const away = [aNode({ id: 'n1', state: 'down' }), aNode({ id: 'n2' })]

  test('a task on a node that is down is out of sight', () => {
    const [slot] = grid(replicated(1), [aTask({ id: 'a', ...stopping })], away)
    expect(slot).toMatchObject({ status: 'unknown', tasks: [{ id: 'a', nodeLost: true }] })
  })

  test('its replacement speaks for the slot', () => {
    const tasks = [
      aTask({ id: 'lost', ...stopping }),
      aTask({ id: 'new', nodeId: 'n2', state: 'preparing', createdAt: 9 }),
    ]
    expect(shown(grid(replicated(1), tasks, away))).toEqual(['1 starting [new,lost]'])
  })

  test('so does any task in contact, however much the lost one is still wanted', () => {
    const tasks = [
      aTask({ id: 'lost', state: 'starting', createdAt: 9 }),
      aTask({ id: 'here', nodeId: 'n2' }),
    ]
    expect(shown(grid(replicated(1), tasks, away))).toEqual(['1 running [here,lost]'])
  })

  test('a node that is gone is lost as well; what ended on it is no old news', () => {
    const tasks = [
      aTask({ id: 'a', nodeId: 'removed-node-id' }),
      aTask({ id: 'b', slot: 2, nodeId: 'n1', state: 'failed', desired: 'shutdown' }),
    ]
    const [first, second] = grid(replicated(2), tasks, away)
    expect(first).toMatchObject({
      status: 'unknown',
      tasks: [{ node: 'removed-node', nodeLost: true }],
    })
    expect(second).toMatchObject({ status: 'failed', tasks: [{ nodeLost: false }] })
  })

  test('after a leader change nothing is lost', () => {
    const silent = [aNode({ id: 'n1', state: 'unknown' })]
    const [slot] = grid(replicated(1), [aTask()], silent)
    expect(slot).toMatchObject({ status: 'running', tasks: [{ nodeLost: false }] })
  })
})

describe('a global service', () => {
  const nodes = [
    aNode({ id: 'a' }),
    aNode({ id: 'b', availability: 'drain' }),
    aNode({ id: 'c', state: 'down' }),
  ]
  const global: Mode = { kind: 'global' }
  const on = (nodeId: string, fields: Partial<Task> = {}) =>
    aTask({ id: `on-${nodeId}`, slot: null, nodeId, ...fields })

  test('has a slot on each eligible node', () => {
    expect(shown(grid(global, [], nodes))).toEqual(['a empty []'])
  })

  test('and one wherever a task is still held', () => {
    const tasks = [on('a'), on('b', stopping), on('c', stopping)]
    expect(shown(grid(global, tasks, nodes))).toEqual([
      'a running [on-a]',
      'b stopping [on-b]',
      'c unknown [on-c]',
    ])
  })

  test('but not where one merely was', () => {
    expect(shown(grid(global, [on('b', stopped)], nodes))).toEqual(['a empty []'])
  })
})

describe('a job', () => {
  const job: Mode = { kind: 'replicated-job', totalCompletions: 3, maxConcurrent: 2 }
  const run = (id: string, slot: number, fields: Partial<Task> = {}) =>
    aTask({ id, slot, desired: 'complete', jobIteration: 1, ...fields })

  test('counts its slots from 0 and keeps the completion, whatever failed around it', () => {
    const tasks = [
      run('x', 0, { state: 'failed', desired: 'shutdown' }),
      run('y', 0, { state: 'complete', createdAt: 1 }),
      run('z', 0, { state: 'failed', desired: 'shutdown', createdAt: 2 }),
      run('w', 1),
    ]
    expect(shown(grid(job, tasks))).toEqual([
      '0 complete [y]',
      '1 running [w]',
      '2 empty []',
    ])
  })

  test('forgets what an earlier run completed, not what it still runs', () => {
    const tasks = [
      run('old', 0, { state: 'complete', jobIteration: 1 }),
      run('late', 1, { desired: 'remove', jobIteration: 1 }),
      run('new', 1, { state: 'pending', jobIteration: 2 }),
    ]
    expect(shown(grid(job, tasks, undefined, 2))).toEqual([
      '0 empty []',
      '1 pending [new,late]',
      '2 empty []',
    ])
  })

  test('a global one has the nodes that it was started on', () => {
    const tasks = [
      aTask({ id: 'a', slot: 0, nodeId: 'n1', desired: 'complete', jobIteration: 1 }),
    ]
    expect(shown(grid({ kind: 'global-job' }, tasks))).toEqual(['n1 running [a]'])
    expect(shown(grid({ kind: 'global-job' }, []))).toHaveLength(3)
  })
})

describe('restarts', () => {
  const failed = { desired: 'shutdown', state: 'failed' } as const
  const counts = (slots: readonly Slot[]) =>
    slots.map(({ key, restarts }) => `${key}: ${restarts}`)

  test('are the failures of a slot that are remembered, whatever it holds now', () => {
    const tasks = [
      aTask({ id: 'a', slot: 1 }),
      aTask({ id: 'b', slot: 1, ...failed }),
      aTask({ id: 'c', slot: 1, desired: 'shutdown', state: 'rejected' }),
      aTask({ id: 'd', slot: 2, ...stopped }),
      aTask({ id: 'e', slot: 3, ...failed }),
    ]
    expect(counts(grid(replicated(3), tasks))).toEqual(['1: 2', '2: 0', '3: 1'])
  })

  test('of a global service go by node, those of a job by its current run', () => {
    const onNode = aTask({ id: 'a', slot: null, nodeId: 'n2', ...failed })
    expect(counts(grid({ kind: 'global' }, [onNode]))).toEqual(['n1: 0', 'n2: 1', 'n3: 0'])
    const job: Mode = { kind: 'replicated-job', totalCompletions: 1, maxConcurrent: 1 }
    const runs = [1, 2, 2].map((jobIteration, i) =>
      aTask({ id: `r${i}`, slot: 0, jobIteration, ...failed }),
    )
    expect(counts(grid(job, runs, undefined, 2))).toEqual(['0: 2'])
  })
})

describe('whatever the tasks', () => {
  const state = fc.constantFrom(...taskStates)
  const mode = fc.oneof(
    fc.nat({ max: 4 }).map(replicated),
    fc.constant<Mode>({ kind: 'global' }),
    fc.constant<Mode>({ kind: 'global-job' }),
    fc.nat({ max: 4 }).map(
      (totalCompletions): Mode => ({
        kind: 'replicated-job',
        totalCompletions,
        maxConcurrent: 1,
      }),
    ),
  )
  const task = fc.record({
    slot: fc.integer({ min: 0, max: 5 }),
    nodeId: fc.constantFrom('n1', 'n2', 'n3', 'gone', null),
    desired: state,
    state,
    createdAt: fc.nat({ max: 9 }),
    jobIteration: fc.constantFrom(null, 1, 2),
  })
  const tasks = fc
    .array(task, { maxLength: 12 })
    .map((all) => all.map((fields, i) => aTask({ id: `t${i}`, ...fields })))

  test('every task that has not ended is in exactly one slot', () => {
    fc.assert(
      fc.property(mode, tasks, (mode, tasks) => {
        const held = grid(mode, tasks).flatMap(({ tasks }) => tasks.map(({ id }) => id))
        expect(new Set(held).size).toBe(held.length)
        const live = tasks.filter((task) => !isOver(task)).map(({ id }) => id)
        expect(held).toEqual(expect.arrayContaining(live))
      }),
    )
  })

  test('keys are unique, and the order of the tasks does not matter', () => {
    fc.assert(
      fc.property(mode, tasks, (mode, tasks) => {
        const slots = grid(mode, tasks)
        expect(new Set(slots.map(({ key }) => key)).size).toBe(slots.length)
        expect(grid(mode, tasks.toReversed())).toEqual(slots)
      }),
    )
  })

  test('a replicated service shows at least as many slots as it asks for', () => {
    fc.assert(
      fc.property(fc.nat({ max: 6 }), tasks, (replicas, tasks) => {
        expect(grid(replicated(replicas), tasks).length).toBeGreaterThanOrEqual(replicas)
      }),
    )
  })
})
