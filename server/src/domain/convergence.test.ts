import { taskStates } from '@skep/shared/contract/task-state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { convergence } from './convergence.ts'
import { aNode, aPace, aService, aSpec, aTask, byId, factsOf } from './entities.fixture.ts'
import { instant } from './instant.ts'
import type { Mode, Node, Service, Task } from './state.ts'

const seconds = 1000
const minute = 60 * seconds
const hour = 60 * minute
const now = 1_800_000_000_000
const longAgo = now - hour

type Scene = {
  service?: Partial<Service>
  tasks?: readonly Partial<Task>[]
  nodes?: readonly Node[]
}

/** Judges a service and tasks that are an hour old, unless the scene says otherwise. */
function judge({ service, tasks = [], nodes }: Scene, at = now) {
  const all = tasks.map((fields, i) =>
    aTask({
      id: `t${i}`,
      createdAt: longAgo,
      since: longAgo,
      updatedAt: longAgo,
      ...fields,
    }),
  )
  const whole = aService({ createdAt: longAgo, updatedAt: longAgo, ...service })
  return convergence(whole, byId(all), factsOf(nodes), at)
}

const verdictOf = (scene: Scene) => {
  const { convergence } = judge(scene)
  return `${convergence.verdict}: ${convergence.sentence}`
}

const replicated = (replicas: number): Mode => ({ kind: 'replicated', replicas })
const one = { mode: replicated(1) }
const two = { mode: replicated(2) }
const slot = (number: number, fields: Partial<Task> = {}) => ({ slot: number, ...fields })
const failed = (ago: number, fields: Partial<Task> = {}): Partial<Task> => ({
  state: 'failed',
  desired: 'shutdown',
  error: 'task: non-zero exit (1)',
  createdAt: now - ago - seconds,
  updatedAt: now - ago,
  ...fields,
})
const pending = (fields: Partial<Task> = {}): Partial<Task> => ({
  state: 'pending',
  nodeId: null,
  error: 'no suitable node (insufficient resources on 3 nodes)',
  ...fields,
})
const withRestart = (condition: 'none' | 'on-failure') =>
  aSpec({ restart: { condition, delayNs: 0, maxAttempts: 0, windowNs: 0 } })

describe('a service at rest', () => {
  test.each<Scene & { verdict: string; why: string }>([
    {
      service: two,
      tasks: [slot(1), slot(2)],
      verdict: 'converged: 2 of 2 on the current spec',
      why: 'one healthy task a slot, for long',
    },
    {
      service: two,
      tasks: [slot(1), slot(2, { updatedAt: now - 4 * seconds })],
      verdict: 'verifying: 2 of 2 on the current spec, verifying',
      why: 'one has not held for the monitor window',
    },
    {
      service: { ...two, updatedAt: now - seconds },
      tasks: [slot(1), slot(2)],
      verdict: 'verifying: 2 of 2 on the current spec, verifying',
      why: 'the spec has only just changed',
    },
    {
      service: {
        ...two,
        update: { state: 'completed', message: '', startedAt: 0, completedAt: 0 },
      },
      tasks: [slot(1)],
      verdict: 'converging: 1 of 2 running, 1 on the way',
      why: 'that an update completed is no health',
    },
    {
      service: two,
      tasks: [slot(1), slot(2, { upToDate: false })],
      verdict: 'converging: 1 of 2 on the current spec',
      why: 'one still runs the old spec',
    },
    {
      service: two,
      tasks: [slot(1), slot(2), slot(3)],
      verdict: 'converging: 3 running, 2 asked for',
      why: 'equality is strict: it was scaled down',
    },
    {
      service: two,
      tasks: [slot(1), slot(2), slot(2, { desired: 'shutdown', nodeId: 'n2' })],
      verdict: 'converging: 2 of 2 on the current spec, 1 other task still runs',
      why: 'an old task runs beside its replacement',
    },
    {
      service: one,
      tasks: [slot(1), slot(1, { desired: 'shutdown', nodeId: 'dead' })],
      verdict: 'converged: 1 of 1 on the current spec',
      why: 'what is left on a lost node holds up nobody',
    },
    {
      service: { mode: replicated(0) },
      verdict: 'scaled-to-zero: asked for 0',
      why: 'zero is a wish',
    },
    {
      service: { mode: replicated(0) },
      tasks: [slot(1, { desired: 'remove' })],
      verdict: 'converging: asked for 0, 1 other task still runs',
      why: 'not there yet',
    },
    {
      service: { ...two, updatedAt: now - seconds },
      verdict: 'converging: 0 of 2 running, 2 on the way',
      why: 'new, and nothing has gone wrong',
    },
    {
      service: { ...two, updatedAt: now - 6 * minute },
      tasks: [slot(1, { state: 'preparing' }), slot(2, { state: 'preparing' })],
      verdict: 'down: 0 of 2 running',
      why: 'nobody takes so long to start',
    },
    {
      service: one,
      tasks: [
        slot(1, { state: 'shutdown', desired: 'shutdown', updatedAt: now - seconds }),
        slot(1, { state: 'starting', createdAt: now - seconds }),
      ],
      verdict: 'down: 0 of 1 running',
      why: 'it ran, and does not now',
    },
    {
      service: { ...one, updatedAt: now - seconds },
      tasks: [
        slot(1, { desired: 'shutdown', upToDate: false, updatedAt: now }),
        slot(1, { desired: 'ready', state: 'ready', createdAt: now }),
      ],
      verdict: 'converging: 0 of 1 running, 1 on the way',
      why: 'an update of which the service has yet to say so',
    },
    {
      service: two,
      tasks: [slot(1), pending({ slot: 2, since: now - 9 * seconds })],
      verdict: 'converging: 1 of 2 running, 1 on the way',
      why: 'no node yet, but let the scheduler try',
    },
    {
      service: two,
      tasks: [slot(1), pending({ slot: 2, since: now - 10 * seconds })],
      verdict: 'degraded: 1 of 2 running, 1 cannot be placed',
      why: 'no node will take it',
    },
    {
      service: two,
      tasks: [pending({ slot: 1 }), pending({ slot: 2 })],
      verdict: 'down: 0 of 2 running, 2 cannot be placed',
      why: 'nor the other',
    },
    {
      service: two,
      tasks: [
        slot(1),
        failed(minute, { slot: 2 }),
        slot(2, { state: 'starting', createdAt: now }),
      ],
      verdict: 'degraded: 1 of 2 running, 1 failed',
      why: 'the next attempt is on its way, after a failure',
    },
    {
      service: { ...two, spec: withRestart('none') },
      tasks: [slot(1), slot(2, { state: 'shutdown', desired: 'shutdown' })],
      verdict: 'degraded: 1 of 2 running, 1 not replaced',
      why: 'drained, and its policy forbids a replacement',
    },
    {
      service: { ...two, spec: withRestart('none') },
      tasks: [slot(1), slot(2, { nodeId: 'dead', desired: 'shutdown' })],
      verdict: 'degraded: 1 of 2 running, 1 on a lost node',
      why: 'the same, and nobody knows how it fares',
    },
    {
      service: { ...one, spec: withRestart('on-failure') },
      tasks: [slot(1, { state: 'complete', desired: 'shutdown' })],
      verdict: 'complete: 1 of 1 ran to the end, as asked',
      why: 'a task that runs once, such as a migration',
    },
    {
      service: { ...two, spec: withRestart('on-failure') },
      tasks: [slot(1), slot(2, { state: 'complete', desired: 'shutdown' })],
      verdict: 'converging: 1 of 2 running, 1 ran to the end',
      why: 'one of two is done',
    },
    {
      service: one,
      tasks: [slot(1), ...[1, 2, 3].map((ago) => failed(ago * minute, { upToDate: true }))],
      verdict: 'flapping: 3 failures in 10 min',
      why: 'it is at count, and keeps failing',
    },
    {
      service: one,
      tasks: [
        slot(1),
        ...[1, 2, 3].map((ago) => failed(ago * minute, { upToDate: false })),
      ],
      verdict: 'converged: 1 of 1 on the current spec',
      why: 'those were failures of a spec that is fixed since',
    },
    {
      service: one,
      tasks: [
        slot(1, { createdAt: now - seconds, updatedAt: now - seconds }),
        ...[2, 10, 20].map((ago) => failed(ago * seconds)),
      ],
      verdict: 'down: 1 of 1 running for now, 3 failures in 10 min',
      why: 'a crash loop that was caught between two crashes',
    },
  ])('$verdict: $why', ({ verdict, why: _, ...scene }) => {
    expect(verdictOf(scene)).toBe(verdict)
  })
})

describe('an update', () => {
  const update = (state: NonNullable<Service['update']>['state'], message = '') => ({
    mode: replicated(2),
    update: { state, message, startedAt: now - minute, completedAt: now - seconds },
    updatedAt: now - seconds,
  })
  const culprit = 'update paused due to failure or early termination of task bad'

  test.each<Scene & { verdict: string; why: string }>([
    {
      service: update('updating'),
      tasks: [slot(1), slot(2, { upToDate: false })],
      verdict: 'updating: 1 of 2 updated',
      why: 'half way',
    },
    {
      service: update('updating'),
      tasks: [slot(1), failed(seconds, { slot: 2 }), slot(2, { state: 'starting' })],
      verdict: 'updating: 1 of 2 updated',
      why: 'one failure is part of an update',
    },
    {
      service: update('updating'),
      tasks: [
        slot(1, { state: 'starting' }),
        ...[1, 2].map((ago) => failed(ago * seconds)),
        slot(2, { state: 'starting' }),
        failed(3 * seconds, { slot: 2 }),
      ],
      verdict: 'down: 0 of 2 running, 3 failures in 10 min, 0 of 2 updated',
      why: 'nothing of the new spec lasts, and nothing of the old is left',
    },
    {
      service: update('paused', culprit),
      tasks: [
        slot(1, { upToDate: false }),
        slot(2, { state: 'ready' }),
        failed(minute / 2, { slot: 2 }),
      ],
      verdict: 'paused: update paused: 1 task failed, 0 of 2 updated, 1 of 2 running',
      why: 'the failure action',
    },
    {
      service: update('rollback_started', 'manually requested rollback'),
      tasks: [slot(1), slot(2, { upToDate: false })],
      verdict: 'rolling-back: 1 of 2 rolled back',
      why: 'on its way back',
    },
    {
      service: update('rollback_paused', culprit),
      tasks: [slot(1), slot(2, { upToDate: false })],
      verdict: 'rollback-paused: rollback paused, 1 of 2 rolled back',
      why: 'and stuck there',
    },
    {
      service: update('rollback_completed', 'rollback completed'),
      tasks: [slot(1), slot(2)],
      verdict: 'rolled-back: rolled back, 2 of 2 running',
      why: 'all well, and still no success',
    },
    {
      service: update('rollback_completed', 'rollback completed'),
      tasks: [slot(1), pending({ slot: 2 })],
      verdict: 'degraded: rolled back, 1 of 2 running, 1 cannot be placed',
      why: 'nor all well',
    },
    {
      service: update('rollback_completed', 'rollback completed'),
      tasks: [pending({ slot: 1 }), pending({ slot: 2 })],
      verdict: 'down: rolled back, 0 of 2 running, 2 cannot be placed',
      why: 'least of all',
    },
  ])('$verdict: $why', ({ verdict, why: _, ...scene }) => {
    expect(verdictOf(scene)).toBe(verdict)
  })

  test('that is paused names the culprit, and quotes it while it is known', () => {
    const service = update('paused', culprit)
    const known = judge({
      service,
      tasks: [failed(minute / 2, { id: 'bad', error: 'oh no' })],
    })
    expect(known.convergence).toMatchObject({ culprit: 'bad', cause: 'oh no' })
    const reaped = judge({ service, tasks: [] })
    expect(reaped.convergence).toMatchObject({ culprit: 'bad', cause: culprit })
  })

  test('a culprit that left no error is told of in the words of the swarm', () => {
    const bad = { id: 'bad', state: 'complete', desired: 'shutdown', error: null } as const
    const { convergence } = judge({ service: update('paused', culprit), tasks: [bad] })
    expect(convergence).toMatchObject({ culprit: 'bad', cause: culprit })
  })

  test("a rollback is judged by the rollback's monitor window", () => {
    const spec = aSpec({
      update: aPace({ monitorNs: 1e9 }),
      rollback: aPace({ monitorNs: 60e9 }),
    })
    const tasks = [slot(1), slot(2)]
    const updated = { ...update('completed'), updatedAt: now - 2 * seconds, spec }
    expect(judge({ service: updated, tasks }).convergence.verdict).toBe('converged')
    const longer = { ...spec, update: spec.rollback }
    const { convergence } = judge({ service: { ...updated, spec: longer }, tasks })
    expect(convergence).toMatchObject({
      verdict: 'verifying',
      stableAt: instant(now + 58 * seconds),
    })
  })
})

describe('a global service', () => {
  const global = { mode: { kind: 'global' } } as const
  const on = (nodeId: string, fields: Partial<Task> = {}) => ({
    slot: null,
    nodeId,
    ...fields,
  })
  const nodes = [aNode({ id: 'n1' }), aNode({ id: 'n2' })]

  test.each<Scene & { verdict: string; why: string }>([
    {
      tasks: [on('n1'), on('n2')],
      nodes,
      verdict: 'converged: 2 of 2 on the current spec',
      why: 'one a node',
    },
    {
      tasks: [on('n1')],
      nodes,
      verdict: 'converging: 1 of 2 running, 1 on the way',
      why: 'a node has yet to get its task',
    },
    {
      tasks: [on('n1'), on('n2', { desired: 'shutdown' })],
      nodes: [aNode({ id: 'n1' }), aNode({ id: 'n2', state: 'down' })],
      verdict: 'converged: 1 of 1 on the current spec',
      why: 'a node that is down is asked for nothing',
    },
    {
      tasks: [on('n2', { desired: 'shutdown' })],
      nodes: [aNode({ id: 'n2', state: 'down' })],
      verdict: 'unknown: no news from the 1 node it ran on',
      why: 'all that ran it is out of sight: not well, not down',
    },
    {
      tasks: [],
      nodes: [aNode({ id: 'n1', availability: 'drain' })],
      verdict: 'scaled-to-zero: no node is eligible',
      why: 'nowhere to run',
    },
    {
      tasks: [on('n1')],
      nodes: [aNode({ id: 'n1' }), aNode({ id: 'n2', availability: 'pause' })],
      verdict: 'converged: 1 of 1 on the current spec',
      why: 'a paused node is given no task',
    },
    {
      tasks: [on('n1'), on('n2')],
      nodes: nodes.map((node) => ({ ...node, state: 'unknown' as const })),
      verdict: 'converged: 2 of 2 on the current spec',
      why: 'after a leader change silence is no alarm',
    },
  ])('$verdict: $why', ({ verdict, why: _, ...scene }) => {
    expect(verdictOf({ service: global, ...scene })).toBe(verdict)
  })

  test('a task on a node that is not eligible replaces none on one that is', () => {
    const drained = [aNode({ id: 'n1' }), aNode({ id: 'n2', availability: 'drain' })]
    const judged = judge({ service: global, tasks: [on('n2')], nodes: drained })
    expect(judged).toMatchObject({ running: 0, desired: 1 })
    expect(judged.convergence.verdict).not.toBe('converged')
  })
})

describe('a job', () => {
  const mode: Mode = { kind: 'replicated-job', totalCompletions: 2, maxConcurrent: 1 }
  const job = { mode, jobIteration: 7 }
  const run = (number: number, fields: Partial<Task> = {}): Partial<Task> => ({
    slot: number,
    desired: 'complete',
    jobIteration: 7,
    ...fields,
  })

  test.each<Scene & { verdict: string; why: string }>([
    {
      tasks: [],
      verdict: 'running-job: 0 of 2 complete, 0 running',
      why: 'about to begin',
    },
    {
      tasks: [run(0, { state: 'complete' }), run(1)],
      verdict: 'running-job: 1 of 2 complete, 1 running',
      why: 'half way',
    },
    {
      tasks: [run(0, { state: 'complete' }), run(1, { state: 'complete', updatedAt: now })],
      verdict: 'complete: 2 of 2 complete',
      why: 'nothing needs to last',
    },
    {
      tasks: [run(0, { state: 'complete', jobIteration: 6 }), run(0), run(1)],
      verdict: 'running-job: 0 of 2 complete, 2 running',
      why: 'an earlier run does not count',
    },
    {
      tasks: [run(0, { state: 'complete' }), failed(hour, { slot: 1, jobIteration: 7 })],
      verdict: 'degraded: 1 of 2 complete, 1 not replaced',
      why: 'a slot was given up',
    },
    {
      tasks: [
        run(0),
        failed(minute, { slot: 1, jobIteration: 7 }),
        run(1, { createdAt: now }),
      ],
      verdict: 'running-job: 0 of 2 complete, 2 running',
      why: 'a retry is part of a job',
    },
    {
      tasks: [run(0, pending()), run(1)],
      verdict: 'degraded: 0 of 2 complete, 1 cannot be placed',
      why: 'no node will take it',
    },
  ])('$verdict: $why', ({ verdict, why: _, ...scene }) => {
    expect(verdictOf({ service: job, ...scene })).toBe(verdict)
  })
})

/** The course of docker/cli progress_test.go, TestReplicatedProgressUpdaterOneReplica. */
test('a story: one replica starts, fails, and starts again', () => {
  const story: { tasks: Partial<Task>[]; verdict: string }[] = []
  const first: Partial<Task> = { id: '1', createdAt: now, updatedAt: now }
  const then = (verdict: string, ...tasks: Partial<Task>[]) =>
    story.push({ tasks, verdict })
  then('converging')
  then('converging', { ...first, state: 'new' })
  then('converging', { ...first, state: 'assigned' })
  then('converging', { ...first, state: 'preparing' })
  then('converging', { ...first, state: 'starting' })
  then('verifying', { ...first, state: 'running' })
  const ended = { ...first, ...failed(0), id: '1', createdAt: now }
  then('down', { ...ended, desired: 'running' })
  const second: Partial<Task> = {
    id: '2',
    desired: 'ready',
    createdAt: now,
    updatedAt: now,
  }
  then('down', ended, { ...second, state: 'pending' })
  then('down', ended, { ...second, state: 'ready' })
  then('down', ended, { ...second, desired: 'running', state: 'starting' })
  then('verifying', ended, { ...second, desired: 'running', state: 'running' })
  for (const { tasks, verdict } of story) {
    const service = { ...one, updatedAt: now - seconds }
    expect(judge({ service, tasks }).convergence.verdict, JSON.stringify(tasks)).toBe(
      verdict,
    )
  }
})

describe('the end of the monitor window', () => {
  const tasks = [slot(1), slot(2, { updatedAt: now - seconds })]

  test('is an instant, and reached as the clock passes it', () => {
    const early = judge({ service: two, tasks })
    expect(early.convergence.stableAt).toBe(instant(now + 4 * seconds))
    expect(early.nextChangeAt).toBe(now + 4 * seconds)
    const late = judge({ service: two, tasks }, now + 4 * seconds)
    expect(late.convergence).toMatchObject({ verdict: 'converged', stableAt: null })
    expect(late.convergence.since).toBe(early.convergence.stableAt)
    expect(late.nextChangeAt).toBeNull()
  })

  test('begins anew when a task that ran beside the others stops', () => {
    const leftover = slot(1, { state: 'shutdown', desired: 'shutdown', updatedAt: now })
    const judged = judge({ service: two, tasks: [slot(1), slot(2), leftover] })
    expect(judged.convergence.stableAt).toBe(instant(now + 5 * seconds))
  })

  test('does not when a task of a lost node is written off', () => {
    const orphan = slot(1, { state: 'orphaned', desired: 'shutdown', updatedAt: now })
    const judged = judge({ service: two, tasks: [slot(1), slot(2), orphan] })
    expect(judged.convergence.verdict).toBe('converged')
  })
})

test('without word from the engine, images are compared, and it is said', () => {
  const image = 'demo/web:v1'
  const tasks = [
    slot(1, { upToDate: null, image }),
    slot(2, { upToDate: null, image: 'old' }),
  ]
  const judged = judge({ service: { ...two, image }, tasks })
  expect(judged).toMatchObject({
    running: 2,
    upToDate: 1,
    convergence: { certainty: 'image' },
  })
  expect(judge({ service: two, tasks: [slot(1)] }).convergence.certainty).toBe('spec')
})

describe('whatever the facts', () => {
  const state = fc.constantFrom(...taskStates)
  const recent = fc.nat({ max: 12 * minute }).map((ago) => now - ago)
  const task = fc.record({
    slot: fc.integer({ min: 1, max: 4 }),
    nodeId: fc.constantFrom('n1', 'n2', 'n3', 'dead', null),
    desired: fc.constantFrom('ready', 'running', 'shutdown', 'remove') as fc.Arbitrary<
      Task['desired']
    >,
    state: fc.oneof(fc.constant('running' as const), state),
    error: fc.constantFrom(null, 'no suitable node'),
    upToDate: fc.constantFrom(true, true, false, null),
    createdAt: recent,
    since: recent,
    updatedAt: recent,
  })
  const mode = fc.oneof(
    fc.nat({ max: 4 }).map(replicated),
    fc.constant<Mode>({ kind: 'global' }),
  )
  const update = fc.constantFrom(
    ...([
      null,
      'updating',
      'completed',
      'paused',
      'rollback_started',
      'rollback_completed',
    ] as const),
  )
  const scene = fc.record({
    service: fc.record({
      mode,
      updatedAt: recent,
      update: update.map(
        (state) => state && { state, message: '', startedAt: longAgo, completedAt: null },
      ),
    }),
    tasks: fc.array(task, { maxLength: 8 }),
  })

  test('converged means one healthy, current task for every slot, and none beside them', () => {
    let seen = 0
    fc.assert(
      fc.property(scene, ({ service, tasks }) => {
        const { convergence, desired } = judge({ service, tasks })
        if (convergence.verdict !== 'converged') return
        seen += 1
        const running = tasks.filter((t) => t.state === 'running' && t.nodeId !== 'dead')
        const isGood = (t: Partial<Task>) =>
          (t.desired === 'running' || t.desired === 'ready') && t.upToDate !== false
        const places = running
          .filter(isGood)
          .map((t) => (service.mode.kind === 'global' ? t.nodeId : t.slot))
        expect(new Set(places).size).toBe(desired)
        expect(running).toHaveLength(desired)
        expect([undefined, 'completed']).toContain(service.update?.state)
        expect(Math.max(...running.map((t) => t.updatedAt))).toBeLessThanOrEqual(now - 5000)
      }),
      {
        numRuns: 3000,
        examples: [
          [
            {
              service: { mode: replicated(1), updatedAt: longAgo, update: null },
              tasks: [
                {
                  slot: 1,
                  nodeId: 'n1',
                  desired: 'running',
                  state: 'running',
                  error: null,
                  upToDate: true,
                  createdAt: longAgo,
                  since: longAgo,
                  updatedAt: longAgo,
                },
              ],
            },
          ],
        ],
      },
    )
    expect(seen).toBeGreaterThan(0)
  })

  test('until nextChangeAt the answer is the same, whenever it is asked', () => {
    fc.assert(
      fc.property(scene, fc.double({ min: 0, max: 1, noNaN: true }), (scene, part) => {
        const { nextChangeAt, ...first } = judge(scene)
        const until = nextChangeAt ?? now + hour
        expect(until).toBeGreaterThan(now)
        const later = Math.min(until - 1, Math.floor(now + (until - now) * part))
        const { nextChangeAt: _, ...second } = judge(scene, later)
        expect(second).toEqual(first)
      }),
      { numRuns: 2000 },
    )
  })
})
