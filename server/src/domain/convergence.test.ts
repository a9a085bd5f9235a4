import { taskStates } from '@skep/shared/contract/task-state'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from './instant.ts'
import {
  failed,
  hour,
  judge,
  longAgo,
  minute,
  now,
  one,
  replicated,
  seconds,
  slot,
  two,
} from './judge.fixture.ts'
import type { Mode, Task } from './state.ts'

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
