import { describe, expect, test } from 'vitest'
import { aPace, aSpec } from './entities.fixture.ts'
import { instant } from './instant.ts'
import {
  failed,
  judge,
  minute,
  now,
  pending,
  type Row,
  seconds,
  slot,
  verdictOf,
} from './judge.fixture.ts'
import type { Mode, Service } from './state.ts'

describe('an update', () => {
  const update = (state: NonNullable<Service['update']>['state'], message = '') => ({
    mode: { kind: 'replicated', replicas: 2 } satisfies Mode,
    update: { state, message, startedAt: now - minute, completedAt: now - seconds },
    updatedAt: now - seconds,
  })
  const culprit = 'update paused due to failure or early termination of task bad'

  test.each<Row>([
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
      service: { ...update('updating'), mode: { kind: 'replicated', replicas: 0 } },
      tasks: [1, 2, 3].map((ago) => failed(ago * seconds)),
      verdict: 'updating: 0 of 0 updated',
      why: 'it failed before it was scaled to none: nothing is down',
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
