import { describe, expect, test } from 'vitest'
import type { Task } from '../state.ts'
import { called, checkIds, look, m1, on, w } from './node-commands.fixture.ts'

const job = called('job', {}, { mode: { kind: 'global-job' }, jobIteration: 1 })
const of = (node: string, fields: Partial<Task> = {}): Task =>
  on(node, 'job', { slot: null, desired: 'complete', jobIteration: 1, ...fields })

describe('a drain', () => {
  test('spares a task of a global job until another task of it ends', () => {
    const { preview } = look({ services: [job], tasks: [of('w1'), of('w2')] })
    expect(preview.tasks).toMatchObject([{ outcome: 'stays' }])
    expect(preview.tasks[0]?.why).toContain('the swarm stops this one')
    expect(checkIds(preview)).toContain('job-stopped-later')
  })

  test.each([
    { is: 'has ended', other: of('w2', { state: 'complete' }) },
    { is: 'is of an earlier run', other: of('w2', { jobIteration: 0 }) },
  ])('lets it run to its end where the other one $is', ({ other }) => {
    const { preview } = look({ services: [job], tasks: [of('w1'), other] })
    expect(preview.tasks).toMatchObject([{ outcome: 'stays' }])
    expect(preview.tasks[0]?.why).toContain('runs to its end')
    expect(checkIds(preview)).not.toContain('job-stopped-later')
  })

  test('lets one of a replicated job run to its end', () => {
    const mode = { kind: 'replicated-job', totalCompletions: 2, maxConcurrent: 2 } as const
    const { preview } = look({
      services: [called('job', {}, { mode, jobIteration: 1 })],
      tasks: [of('w1', { slot: 0 }), of('w2', { slot: 1 })],
    })
    expect(preview.tasks[0]?.why).toContain('runs to its end')
    expect(checkIds(preview)).not.toContain('job-stopped-later')
  })
})

describe('an activation', () => {
  const activated = (...tasks: Task[]) =>
    look({
      asked: { kind: 'activate' },
      nodes: [m1, w('w1', { availability: 'drain' }), w('w2')],
      services: [job],
      tasks,
    }).preview

  test('may bring a task of a global job that runs elsewhere', () => {
    const preview = activated(
      of('w1', { state: 'shutdown', desired: 'shutdown' }),
      of('w2'),
    )
    expect(preview.gains).toMatchObject([{ service: 'job', tasks: 1, sure: 0 }])
    expect(preview.button).toBe('Activate w1 (starts up to 1)')
  })

  test.each([
    { is: 'has ended everywhere', tasks: [of('w2', { state: 'complete' })] },
    {
      is: 'was through with this node',
      tasks: [of('w1', { state: 'complete' }), of('w2')],
    },
    { is: 'runs on here still', tasks: [of('w1'), of('w2')] },
  ])('brings none of one that $is', ({ tasks }) => {
    expect(activated(...tasks).gains).toEqual([])
  })
})
