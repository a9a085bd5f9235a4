import { Rollout } from '@skep/shared/contract/rollout'
import { taskStates } from '@skep/shared/contract/task-state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aNode, aSpec, aTask, byId, factsOf, threeNodes } from './entities.fixture.ts'
import { instant } from './instant.ts'
import { now, replicated, seconds } from './judge.fixture.ts'
import { occupancy } from './occupancy.ts'
import {
  began,
  failedFresh,
  fresh,
  judgeRollout,
  old,
  updating,
} from './rollout.fixture.ts'
import { slots } from './slots.ts'
import type { Mode, Service, Task } from './state.ts'

const inSeconds = (count: number) => instant(now + count * seconds)
const status = (state: NonNullable<Service['update']>['state'], message = '') => ({
  update: { state, message, startedAt: began, completedAt: null },
})

describe('the lanes', () => {
  test.each<{ why: string; tasks: Task[]; phase: string }>([
    { why: 'nothing happened yet', tasks: [old(1)], phase: 'to-update' },
    { why: 'nothing is there', tasks: [], phase: 'to-update' },
    {
      why: 'stop-first: the old task stops, the new one waits for it',
      tasks: [
        old(1, { desired: 'shutdown' }),
        fresh(1, 1, 1, { state: 'ready', desired: 'ready' }),
      ],
      phase: 'in-flight',
    },
    {
      why: 'start-first: both run, and the swarm has not let go of the old one',
      tasks: [old(1), fresh(1, 3, 1)],
      phase: 'in-flight',
    },
    {
      why: 'the old one runs on, but is told to stop',
      tasks: [old(1, { desired: 'shutdown' }), fresh(1, 3, 1)],
      phase: 'verifying',
    },
    {
      why: 'it runs for less than the monitor',
      tasks: [fresh(1, 20, 4.9)],
      phase: 'verifying',
    },
    {
      why: 'it runs for as long as the monitor',
      tasks: [fresh(1, 20, 5)],
      phase: 'updated',
    },
    {
      why: 'it was on the current spec all along',
      tasks: [fresh(1, 999, 900)],
      phase: 'updated',
    },
    {
      why: 'it failed, and its replacement is to come',
      tasks: [failedFresh(1, 3, 1)],
      phase: 'in-flight',
    },
    {
      why: 'an old task that failed is not the work of this rollout',
      tasks: [old(1, { state: 'failed', desired: 'shutdown' })],
      phase: 'to-update',
    },
    {
      why: 'it runs on a node that is lost',
      tasks: [fresh(1, 20, 9, { nodeId: 'gone' })],
      phase: 'in-flight',
    },
  ])('$phase: $why', ({ tasks, phase }) => {
    const { phases, rollout } = judgeRollout(updating({ mode: replicated(1) }), tasks)
    expect([...phases]).toEqual([['1', phase]])
    expect(rollout?.lanes.total).toBe(1)
  })

  test('where the engine cannot tell, images are compared', () => {
    const tasks = [old(1, { upToDate: null }), fresh(2, 20, 9, { upToDate: null })]
    const { phases } = judgeRollout(updating({ mode: replicated(2) }), tasks)
    expect([...phases.values()]).toEqual(['to-update', 'updated'])
  })

  test('slots on their way out have no part in it', () => {
    const leaving = old(2, { desired: 'remove' })
    const { rollout, phases } = judgeRollout(updating({ mode: replicated(1) }), [
      old(1),
      leaving,
    ])
    expect(rollout?.lanes).toMatchObject({ toUpdate: 1, total: 1 })
    expect(phases.has('2')).toBe(false)
  })

  test('a global service has one for each node', () => {
    const on = (id: string, task: Task) => ({ ...task, id, slot: null, nodeId: id })
    const tasks = [on('n1', fresh(1, 20, 9)), on('n2', fresh(1, 20, 1)), on('n3', old(1))]
    const { phases } = judgeRollout(updating({ mode: { kind: 'global' } }), tasks)
    expect(Object.fromEntries(phases)).toEqual({
      n1: 'updated',
      n2: 'verifying',
      n3: 'to-update',
    })
  })

  test('verifying ends at an instant, and asks to be looked at then', () => {
    const tasks = [fresh(1, 20, 4), fresh(2, 20, 1), old(3)]
    const early = judgeRollout(updating(), tasks)
    expect(early.rollout?.verifyingUntil).toBe(inSeconds(4))
    expect(early.nextChangeAt).toBe(now + seconds)
    const later = judgeRollout(updating(), tasks, { at: now + seconds })
    expect(later.rollout?.lanes).toMatchObject({ verifying: 1, updated: 1 })
    expect(later.rollout?.verifyingUntil).toBe(inSeconds(4))
  })
})

describe('which way it goes', () => {
  test.each([
    { ...status('updating'), kind: 'update', automatic: false, state: 'running' },
    { ...status('paused'), kind: 'update', automatic: false, state: 'paused' },
    { ...status('rollback_started'), kind: 'rollback', automatic: false, state: 'running' },
    { ...status('rollback_paused'), kind: 'rollback', automatic: false, state: 'paused' },
    {
      ...status('rollback_started'),
      previous: null,
      kind: 'rollback',
      automatic: true,
      state: 'running',
    },
    {
      ...status('rollback_paused'),
      previous: null,
      kind: 'rollback',
      automatic: true,
      state: 'paused',
    },
  ])(
    '$update.state: $kind, automatic $automatic',
    ({ kind, automatic, state, ...service }) => {
      const { rollout } = judgeRollout(updating(service), [old(1)])
      expect(rollout).toMatchObject({ kind, automatic, state, startedAt: instant(began) })
      expect(rollout?.monitorNs).toBe(kind === 'update' ? 5e9 : 8e9)
      expect(Rollout.parse(rollout)).toEqual(rollout)
    },
  )

  test.each([status('completed'), status('rollback_completed'), { update: null }])(
    'nothing is rolled out: $update.state',
    (service) => {
      const judged = judgeRollout(updating(service), [old(1)])
      expect(judged).toEqual({ rollout: null, phases: new Map(), nextChangeAt: null })
    },
  )
})

test.each([
  { done: 0, replicas: 10, parallelism: 2, wave: { n: 1, of: 5 } },
  { done: 4, replicas: 10, parallelism: 2, wave: { n: 3, of: 5 } },
  { done: 5, replicas: 10, parallelism: 2, wave: { n: 4, of: 5 } },
  { done: 10, replicas: 10, parallelism: 2, wave: { n: 5, of: 5 } },
  { done: 3, replicas: 10, parallelism: 4, wave: { n: 2, of: 3 } },
  { done: 1, replicas: 3, parallelism: 3, wave: null },
  { done: 1, replicas: 3, parallelism: 0, wave: null },
])(
  '$done of $replicas, $parallelism at a time: wave $wave',
  ({ done, replicas, parallelism, wave }) => {
    const tasks = Array.from({ length: replicas }, (_, i) =>
      i < done ? fresh(i + 1, 20, 9) : old(i + 1),
    )
    const service = updating({ mode: replicated(replicas) }, { parallelism })
    expect(judgeRollout(service, tasks).rollout?.wave).toEqual(wave)
  },
)

describe('the failure budget', () => {
  const five = { mode: replicated(5) }
  const rest = [old(3), old(4), old(5)]

  test.each<{
    why: string
    tasks: Task[]
    pace?: object
    service?: object
    seen: number
    tolerated: number | null
  }>([
    { why: 'none yet', tasks: [old(1), old(2)], seen: 0, tolerated: 0 },
    {
      why: 'a slot counts once, however often it fails',
      tasks: [failedFresh(1, 30, 28), failedFresh(1, 20, 18), fresh(1, 10, 9), old(2)],
      pace: { maxFailureRatio: 0.4 },
      seen: 1,
      tolerated: 2,
    },
    {
      why: 'slots that were up to date before are none of its business',
      tasks: [fresh(1, 999, 900), failedFresh(2, 20, 19)],
      pace: { maxFailureRatio: 0.25 },
      seen: 1,
      tolerated: 1,
    },
    {
      why: 'failures of the spec before, and of before, do not count',
      tasks: [
        failedFresh(1, 999, 900),
        fresh(1, 20, 9),
        old(2, { state: 'failed', createdAt: now }),
      ],
      seen: 0,
      tolerated: 0,
    },
    {
      why: 'they do not stop it',
      tasks: [failedFresh(1, 2, 1), old(2)],
      pace: { failureAction: 'continue' },
      seen: 1,
      tolerated: null,
    },
    {
      why: 'all of them may fail',
      tasks: [old(1), old(2)],
      pace: { maxFailureRatio: 1 },
      seen: 0,
      tolerated: null,
    },
    {
      why: 'the swarm forgot the task, but not that it paused for it',
      tasks: [fresh(1, 20, 9), old(2)],
      service: status(
        'paused',
        'update paused due to failure or early termination of task bad',
      ),
      seen: 1,
      tolerated: 0,
    },
  ])('$seen of $tolerated: $why', ({ tasks, pace, service, seen, tolerated }) => {
    const { rollout } = judgeRollout(updating({ ...five, ...service }, pace), [
      ...tasks,
      ...rest,
    ])
    expect(rollout?.failures).toMatchObject({ seen, tolerated })
  })

  test('a rollback has a budget of its own', () => {
    const spec = aSpec({
      rollback: {
        ...updating().spec.rollback,
        maxFailureRatio: 0.5,
        failureAction: 'continue',
      },
    })
    const { rollout } = judgeRollout(updating({ ...status('rollback_started'), spec }), [
      old(1),
    ])
    expect(rollout?.failures).toEqual({ seen: 0, tolerated: null, action: 'continue' })
  })
})

describe('the estimated finish', () => {
  const finishOf = (tasks: Task[], service = updating()) =>
    judgeRollout(service, tasks).rollout?.finish

  test('before the first is done: no sooner than the pauses allow', () => {
    // Three pauses of 10 s, then 11 s of watching, since the pause is longer than the monitor.
    expect(finishOf([old(1), old(2), old(3)])).toEqual({
      earliest: instant(began + 41 * seconds),
      latest: null,
    })
  })

  test('the spread of what was seen is its uncertainty', () => {
    // Took 2 s and 6 s; the last is made 10 s after the second ran.
    const tasks = [fresh(1, 40, 38), fresh(2, 28, 22), old(3)]
    expect(finishOf(tasks)).toEqual({
      earliest: inSeconds(-22 + 10 + 2 + 10 + 11),
      latest: inSeconds(-22 + 10 + 6 + 10 + 11),
    })
  })

  test('a slot in flight is counted from when its task was made', () => {
    const starting = fresh(3, 1, 1, { state: 'starting' })
    const tasks = [fresh(1, 40, 38), fresh(2, 28, 22), starting]
    expect(finishOf(tasks)).toEqual({
      earliest: inSeconds(-1 + 2 + 10 + 11),
      latest: inSeconds(-1 + 6 + 10 + 11),
    })
  })

  test('two lanes share what is left', () => {
    const five = updating({ mode: replicated(5) }, { parallelism: 2, delayNs: 0 })
    const tasks = [fresh(1, 10, 8), fresh(2, 10, 7), old(3), old(4), old(5)]
    // Free 8 s and 7 s ago: the first takes two more of 2 s or 3 s, the other takes one.
    expect(finishOf(tasks, five)).toEqual({
      earliest: inSeconds(-8 + 2 + 2 + 5),
      latest: inSeconds(-8 + 3 + 3 + 5),
    })
  })

  test('nothing speaks for a latest end while a slot is stuck', () => {
    const stuck = fresh(3, 40, 35, { state: 'preparing' })
    expect(finishOf([fresh(1, 40, 38), fresh(2, 28, 22), stuck])?.latest).toBeNull()
  })

  test.each([
    { why: 'it is paused', service: updating(status('paused')), tasks: [fresh(1, 9, 8)] },
    {
      why: 'a slot fails again and again',
      service: updating(),
      tasks: [failedFresh(1, 30, 29), failedFresh(1, 20, 19), failedFresh(1, 10, 9)],
    },
  ])('cannot be told: $why', ({ service, tasks }) => {
    expect(finishOf(tasks, service)).toBeNull()
  })
})

test('versions: what runs now, the most common first, and a restart of the same image apart', () => {
  const same = 'demo/web:v1'
  const tasks = [
    fresh(1, 20, 9),
    old(2, { image: same }),
    old(3, { desired: 'shutdown' }),
    fresh(3, 1, 1, { state: 'starting' }),
    old(4, { image: same }),
  ]
  expect(judgeRollout(updating({ mode: replicated(4) }), tasks).rollout?.versions).toEqual([
    { image: same, running: 2, current: false },
    { image: same, running: 1, current: true },
    { image: 'demo/web:v0', running: 1, current: false },
  ])
})

describe('a job', () => {
  const job = (mode: Mode) =>
    updating({ mode, update: null, jobIteration: 2, updatedAt: began })
  const run = (slot: number, made: number, ended: number, fields: Partial<Task> = {}) =>
    fresh(slot, made, ended, { jobIteration: 2, desired: 'complete', ...fields })
  const four: Mode = { kind: 'replicated-job', totalCompletions: 4, maxConcurrent: 2 }

  test('its completions go through the lanes', () => {
    const tasks = [
      run(0, 40, 30, { state: 'complete' }),
      run(1, 20, 15),
      run(2, 20, 19, {
        state: 'failed',
        desired: 'shutdown',
        error: 'task: non-zero exit (1)',
      }),
      aTask({ id: 'before', slot: 3, jobIteration: 1, state: 'complete' }),
    ]
    const { rollout, phases } = judgeRollout(job(four), tasks)
    expect(rollout).toMatchObject({
      kind: 'update',
      state: 'running',
      lanes: { toUpdate: 2, inFlight: 1, verifying: 0, updated: 1, total: 4 },
      parallelism: 2,
      wave: { n: 2, of: 2 },
      failures: { seen: 1, tolerated: null, action: 'continue' },
      versions: [{ image: 'demo/web:v1', running: 1, current: true }],
    })
    expect([...phases.values()]).toEqual(['updated', 'in-flight', 'to-update', 'to-update'])
  })

  test('a million completions are counted, though not all are listed', () => {
    const many: Mode = { kind: 'replicated-job', totalCompletions: 1e6, maxConcurrent: 10 }
    const { rollout } = judgeRollout(job(many), [
      run(0, 40, 30, { state: 'complete' }),
      run(1, 5, 4),
    ])
    expect(rollout?.lanes).toEqual({
      toUpdate: 999_998,
      inFlight: 1,
      verifying: 0,
      updated: 1,
      total: 1e6,
    })
    expect(rollout?.finish?.latest).not.toBeNull()
  })

  test('one that is complete is not rolled out', () => {
    const one: Mode = { kind: 'replicated-job', totalCompletions: 1, maxConcurrent: 1 }
    expect(judgeRollout(job(one), [run(0, 9, 1, { state: 'complete' })]).rollout).toBeNull()
  })
})

describe('any tasks at all', () => {
  const anyTask = fc.record({
    slot: fc.integer({ min: 1, max: 6 }),
    state: fc.constantFrom(...taskStates),
    desired: fc.constantFrom('ready', 'running', 'shutdown', 'remove'),
    made: fc.integer({ min: 0, max: 120 }),
    age: fc.integer({ min: 0, max: 120 }),
    upToDate: fc.constantFrom(true, false, null),
    image: fc.constantFrom('demo/web:v0', 'demo/web:v1'),
    nodeId: fc.constantFrom('n1', 'n2', 'n3', 'gone'),
    error: fc.constantFrom(null, 'No such image: x', 'no suitable node'),
  })
  const anyService = fc
    .record({
      replicas: fc.integer({ min: 0, max: 6 }),
      isGlobal: fc.boolean(),
      state: fc.constantFrom('updating', 'paused', 'rollback_started', 'rollback_paused'),
      parallelism: fc.integer({ min: 0, max: 4 }),
      maxFailureRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ replicas, isGlobal, state, parallelism, maxFailureRatio }) =>
      updating(
        {
          mode: isGlobal ? { kind: 'global' } : replicated(replicas),
          ...status(state, 'of task bad'),
        },
        { parallelism, maxFailureRatio },
      ),
    )
  const scene = fc
    .tuple(anyService, fc.array(anyTask, { maxLength: 15 }))
    .map(([service, rows]) => ({
      service,
      tasks: rows.map(({ made, age, slot, ...fields }, i) =>
        fresh(slot, made, Math.min(age, made), {
          ...fields,
          id: `t${i}`,
          slot: service.mode.kind === 'global' ? null : slot,
        }),
      ),
    }))

  test('lanes add up, phases agree with them, failures stay within what was dirty', () => {
    fc.assert(
      fc.property(scene, ({ service, tasks }) => {
        const { rollout, phases } = judgeRollout(service, tasks)
        if (!rollout) throw new Error('one is in progress')
        const { toUpdate, inFlight, verifying, updated, total } = rollout.lanes
        expect(toUpdate + inFlight + verifying + updated).toBe(total)
        const all = byId(tasks)
        const facts = factsOf()
        const grid = slots(service, all, facts, occupancy(service, all, facts), phases)
        const count = (phase: string) => grid.filter((slot) => slot.phase === phase).length
        expect([toUpdate, inFlight, verifying, updated]).toEqual(
          ['to-update', 'in-flight', 'verifying', 'updated'].map(count),
        )
        expect(rollout.failures.seen).toBeLessThanOrEqual(total)
        const running = tasks.filter(
          ({ state, nodeId }) => state === 'running' && nodeId !== 'gone',
        )
        const counted = rollout.versions.reduce((sum, version) => sum + version.running, 0)
        expect(counted).toBe(running.length)
        expect(Rollout.parse(rollout)).toEqual(rollout)
      }),
    )
  })

  test('it says the same until the instant it names', () => {
    fc.assert(
      fc.property(scene, ({ service, tasks }) => {
        const first = judgeRollout(service, tasks)
        const until = first.nextChangeAt ?? now + 3600 * seconds
        expect(judgeRollout(service, tasks, { at: until - 1 })).toEqual(first)
      }),
    )
  })
})

test('of thousands of stuck slots, twenty are listed and the rest counted', () => {
  const count = 10_000
  const tasks = Array.from({ length: count }, (_, i) =>
    i % 2 === 0 ? old(i + 1) : fresh(i + 1, 50, 45, { state: 'preparing' }),
  )
  const service = updating({ mode: replicated(count) }, { parallelism: 0 })
  const { rollout } = judgeRollout(service, tasks)
  expect(rollout?.stuck).toHaveLength(20)
  expect(rollout?.stuckMore).toBe(count / 2 - 20)
})

test('a node that was removed is a lost one', () => {
  const nodes = [...threeNodes, aNode({ id: 'n4', state: 'down' })]
  const tasks = [fresh(1, 20, 9, { nodeId: 'n4' })]
  const { rollout } = judgeRollout(updating({ mode: replicated(1) }), tasks, { nodes })
  expect(rollout?.stuck).toMatchObject([{ slot: '1', node: 'n4', why: 'its node is lost' }])
})
