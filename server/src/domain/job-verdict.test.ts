import { describe, expect, test } from 'vitest'
import { failed, hour, minute, now, pending, type Row, verdictOf } from './judge.fixture.ts'
import type { Mode, Task } from './state.ts'

describe('a job', () => {
  const mode: Mode = { kind: 'replicated-job', totalCompletions: 2, maxConcurrent: 1 }
  const job = { mode, jobIteration: 7 }
  const run = (number: number, fields: Partial<Task> = {}): Partial<Task> => ({
    slot: number,
    desired: 'complete',
    jobIteration: 7,
    ...fields,
  })

  test.each<Row>([
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
