import { describe, expect, test } from 'vitest'
import { aNode } from './entities.fixture.ts'
import {
  failed,
  judge,
  minute,
  now,
  one,
  pending,
  type Row,
  replicated,
  seconds,
  slot,
  two,
  verdictOf,
  withRestart,
} from './judge.fixture.ts'
import type { Task } from './state.ts'

describe('a service at rest', () => {
  test.each<Row>([
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
      service: { ...one, updatedAt: now - minute },
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

describe('a global service', () => {
  const global = { mode: { kind: 'global' } } as const
  const on = (nodeId: string, fields: Partial<Task> = {}) => ({
    slot: null,
    nodeId,
    ...fields,
  })
  const nodes = [aNode({ id: 'n1' }), aNode({ id: 'n2' })]

  test.each<Row>([
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
