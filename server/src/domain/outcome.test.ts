import { describe, expect, test } from 'vitest'
import { aPrevious, aService, aSpec, aState, aTask } from './entities.fixture.ts'
import { instant } from './instant.ts'
import { hour, minute, now, pending, replicated, seconds } from './judge.fixture.ts'
import { outcome, type ServiceTracking } from './outcome.ts'
import type { Service, Task } from './state.ts'

type Operation = Parameters<typeof outcome>[0]
type Scene = {
  operation?: Partial<Operation>
  tracking?: Partial<ServiceTracking>
  /** Null: it is gone. */
  service?: Partial<Service> | null
  tasks?: readonly Partial<Task>[]
  /** How long ago the engine took it, in milliseconds. */
  ago?: number
  live?: boolean
}

/** A command that the engine took a minute ago; since then three tasks run on its spec. */
function judge({
  operation,
  tracking,
  service = {},
  tasks,
  ago = minute,
  live = true,
}: Scene) {
  const at = now - ago
  const subject =
    service &&
    aService({ createdAt: at - hour, updatedAt: at, specHash: 'ours', ...service })
  const all = (tasks ?? [{ slot: 1 }, { slot: 2 }, { slot: 3 }]).map((fields, i) =>
    aTask({ id: `t${i}`, createdAt: at, since: at, updatedAt: at, ...fields }),
  )
  return outcome(
    {
      kind: 'image',
      subject: { kind: 'service', name: 'web', id: 'service-web' },
      state: 'accepted',
      sentence: 'Accepted.',
      requestedAt: instant(at),
      acceptedAt: instant(at),
      ...operation,
    },
    {
      specHash: 'ours',
      before: { specHash: 'before', version: 1 },
      expects: 'update',
      ...tracking,
    },
    aState({
      services: subject ? [subject] : [],
      tasks: all,
      swarm: { state: live ? 'live' : 'no-quorum' },
    }),
    now,
  )
}

const update = (state: NonNullable<Service['update']>['state'], message = '') => ({
  update: { state, message, startedAt: now - minute, completedAt: now - minute },
})
const previous = aPrevious()
const failing = (slot: number, i: number): Partial<Task> => ({
  slot,
  state: 'failed',
  desired: 'shutdown',
  error: 'task: non-zero exit (1)',
  createdAt: now - minute + i * seconds,
  updatedAt: now - minute + i * seconds,
})
const job = {
  mode: { kind: 'replicated-job', totalCompletions: 1, maxConcurrent: 1 },
  jobIteration: 2,
} as const
const requested = {
  operation: { state: 'requested', acceptedAt: null },
  tracking: { specHash: null },
} as const
const removal = {
  operation: { kind: 'remove' },
  tracking: { expects: 'remove', specHash: null },
} as const

describe('how an operation stands', () => {
  const rows: (Scene & { is: string; why: string })[] = [
    { is: 'converged', why: 'all on the spec we wrote, for the monitor window' },
    { is: 'accepted', why: 'the monitor window is not over', ago: 3 * seconds },
    {
      is: 'converged',
      why: 'the swarm says so, and the tasks do',
      service: update('completed'),
    },
    { is: 'accepted', why: 'the update runs', service: update('updating'), ago: hour },
    {
      is: 'failed',
      why: 'the update paused',
      service: update(
        'paused',
        'update paused due to failure or early termination of task t1',
      ),
    },
    {
      is: 'failed',
      why: 'the swarm rolls it back',
      service: {
        ...update(
          'rollback_started',
          'update rolled back due to failure or early termination of task t1',
        ),
        specHash: 'before',
      },
    },
    {
      is: 'failed',
      why: 'the swarm rolled it back',
      service: {
        ...update('rollback_completed', 'rollback completed'),
        specHash: 'before',
      },
    },
    {
      is: 'failed',
      why: 'and paused on the way',
      service: { ...update('rollback_paused'), specHash: 'before' },
    },
    {
      is: 'superseded',
      why: 'somebody rolled it back',
      service: {
        ...update('rollback_started', 'manually requested rollback'),
        specHash: 'before',
        previous: aPrevious({ specHash: 'ours' }),
      },
    },
    {
      is: 'superseded',
      why: 'somebody had rolled it back',
      service: {
        ...update('rollback_completed'),
        specHash: 'before',
        previous: aPrevious({ specHash: 'ours' }),
      },
    },
    { is: 'superseded', why: 'another spec took over', service: { specHash: 'theirs' } },
    { is: 'superseded', why: 'the service was removed', service: null },
    {
      is: 'accepted',
      why: 'our rollback runs',
      operation: { kind: 'rollback' },
      service: { ...update('rollback_started', 'manually requested rollback'), previous },
    },
    {
      is: 'converged',
      why: 'our rollback is done',
      operation: { kind: 'rollback' },
      service: { ...update('rollback_completed'), previous },
    },
    {
      is: 'accepted',
      why: 'our rollback is done, the window is not',
      operation: { kind: 'rollback' },
      service: { ...update('rollback_completed'), previous },
      ago: 3 * seconds,
    },
    {
      is: 'failed',
      why: 'our rollback paused',
      operation: { kind: 'rollback' },
      service: { ...update('rollback_paused'), previous },
    },
    {
      is: 'failed',
      why: 'our rollback ended with a hole',
      operation: { kind: 'rollback' },
      service: { ...update('rollback_completed'), previous },
      tasks: [{ slot: 1 }, { slot: 2 }].concat([{ slot: 3, ...pendingAgo() }] as never[]),
    },
    {
      is: 'converged',
      why: 'scaled to zero',
      operation: { kind: 'scale' },
      service: { mode: replicated(0) },
      tasks: [],
    },
    {
      is: 'accepted',
      why: 'tasks of the larger scale still stop',
      operation: { kind: 'scale' },
      service: { mode: replicated(0) },
      tasks: [{ desired: 'remove', updatedAt: now - 5 * seconds }],
    },
    {
      is: 'converged',
      why: 'the job is complete',
      service: job,
      tasks: [{ slot: 0, state: 'complete', desired: 'complete', jobIteration: 2 }],
    },
    {
      is: 'accepted',
      why: 'the job runs, for an hour',
      service: job,
      tasks: [{ slot: 0, desired: 'complete', jobIteration: 2 }],
      ago: hour,
    },
    {
      is: 'accepted',
      why: 'a large image is pulled',
      tasks: [{ slot: 1 }, { slot: 2 }, { slot: 3, state: 'preparing' }],
      ago: 5 * minute,
    },
    {
      is: 'failed',
      why: 'no node takes a task',
      tasks: [{ slot: 1 }, { slot: 2 }, { slot: 3, ...pendingAgo() }],
    },
    {
      is: 'accepted',
      why: 'no node takes a task, but that is news',
      tasks: [{ slot: 1 }, { slot: 2 }, { slot: 3, ...pendingAgo() }],
      ago: 20 * seconds,
    },
    {
      is: 'failed',
      why: 'it crashes again and again',
      tasks: [
        { slot: 1 },
        { slot: 2 },
        ...[0, 5, 10, 15].map((i) => failing(3, i)),
        { slot: 3, state: 'starting', createdAt: now - seconds, updatedAt: now - seconds },
      ],
    },
    {
      is: 'failed',
      why: 'continue: completed, and nothing runs',
      service: update('completed'),
      tasks: [1, 2, 3].flatMap((slot) => [0, 5].map((i) => failing(slot, i))),
    },
    {
      is: 'failed',
      why: 'an address never came',
      tasks: [{ slot: 1 }, { slot: 2 }, { slot: 3, state: 'new', nodeId: null }],
      ago: 10 * minute,
    },
    {
      is: 'failed',
      why: 'slow crashes do not keep it open for ever',
      service: {
        spec: aSpec({
          restart: { condition: 'any', delayNs: 600e9, maxAttempts: 0, windowNs: 0 },
        }),
      },
      tasks: [{ slot: 1 }, { slot: 2 }, { slot: 3, state: 'ready', desired: 'ready' }],
      ago: 31 * minute,
    },
    { is: 'converged', why: 'the service is gone, as asked', ...removal, service: null },
    { is: 'accepted', why: 'it is not gone yet', ...removal, ago: seconds },
    { is: 'failed', why: 'it is still there', ...removal, ago: 2 * minute },
    {
      is: 'accepted',
      why: 'nobody knows while the swarm is away',
      service: null,
      live: false,
    },
    {
      is: 'requested',
      why: 'no answer, and no change yet',
      ...requested,
      service: { specHash: 'before' },
      ago: seconds,
    },
    {
      is: 'unknown',
      why: 'no answer, and no change since',
      ...requested,
      service: { specHash: 'before' },
      ago: 2 * minute,
    },
    {
      is: 'accepted',
      why: 'no answer, but the change is there',
      ...requested,
      ago: 3 * seconds,
    },
    { is: 'converged', why: 'no answer, but the change was made and holds', ...requested },
    {
      is: 'accepted',
      why: 'no answer to a resume, but the pause is over',
      operation: { ...requested.operation, kind: 'resume' },
      tracking: { specHash: null },
      service: { specHash: 'before', version: 9, previous },
      ago: 3 * seconds,
    },
    {
      is: 'failed',
      why: 'no answer, and the swarm took the change back before anybody looked',
      ...requested,
      service: {
        ...update('rollback_completed', 'rollback completed'),
        specHash: 'before',
        version: 9,
        previous: null,
      },
    },
    {
      is: 'unknown',
      why: 'no answer, and what the swarm took back was an earlier change',
      ...requested,
      service: {
        update: {
          state: 'rollback_completed',
          message: 'rollback completed',
          startedAt: now - hour,
          completedAt: now - minute,
        },
        specHash: 'before',
        version: 9,
        previous: null,
      },
    },
    {
      is: 'accepted',
      why: 'what it left could not be read, and nothing newer was seen yet',
      tracking: { specHash: null },
      service: { specHash: 'before', version: 1 },
      ago: 2 * minute,
    },
    {
      is: 'converged',
      why: 'what it left could not be read, and is there now',
      tracking: { specHash: null },
      service: { version: 2 },
    },
    {
      is: 'unknown',
      why: 'no answer to a removal, and it is there',
      operation: { ...requested.operation, kind: 'remove' },
      tracking: removal.tracking,
      ago: 2 * minute,
    },
  ]

  test.each(rows)('$is: $why', ({ is, why: _why, ...scene }) => {
    const found = judge(scene)
    expect(found.state, found.sentence).toBe(is)
    expect(found.sentence).not.toBe('')
  })

  test('the swarm’s own words are in the sentence', () => {
    const { sentence } = judge({
      service: update(
        'paused',
        'update paused due to failure or early termination of task t9',
      ),
    })
    expect(sentence).toContain('update paused')
    expect(
      judge({ tasks: [{ slot: 1 }, { slot: 2 }, { slot: 3, ...pendingAgo() }] }).sentence,
    ).toBe(
      'Not converged: 2 of 3 running, 1 cannot be placed: no suitable node (insufficient resources on 3 nodes)',
    )
  })

  test('an update that gets nowhere stays open, and says since when', () => {
    const { state, sentence } = judge({
      service: update('updating'),
      tasks: [{ slot: 1 }, { slot: 2 }, { slot: 3, state: 'starting' }],
      ago: 6 * minute,
    })
    expect(state).toBe('accepted')
    expect(sentence).toBe(
      'Accepted: 2 of 3 updated; 1 task stuck in starting, for 6 minutes.',
    )
  })

  test('a console whose clock is behind the managers’ does not give up sooner', () => {
    const found = outcome(
      {
        kind: 'image',
        subject: { kind: 'service', name: 'web', id: 'service-web' },
        state: 'requested',
        sentence: '',
        requestedAt: instant(now - hour - seconds),
        acceptedAt: null,
      },
      { specHash: null, before: { specHash: 'before', version: 1 }, expects: 'update' },
      aState({
        services: [aService({ specHash: 'before' })],
        swarm: { state: 'live', clockAhead: hour },
      }),
      now,
    )
    expect(found.state).toBe('requested')
  })

  test('a lost answer is remembered as found', () => {
    expect(judge({ ...requested }).tracking.specHash).toBe('ours')
  })
})

function pendingAgo(): Partial<Task> {
  return pending()
}

test('nothing stays open once the swarm has settled and the window is over', () => {
  const settled: Scene[] = [
    {},
    { tasks: [] },
    { service: update('paused') },
    { service: update('completed'), tasks: [{ slot: 1 }] },
    {
      service: { ...update('rollback_completed'), previous },
      operation: { kind: 'rollback' },
      tasks: [{ slot: 1 }],
    },
    { tasks: [{ slot: 1 }, { slot: 2 }, { slot: 3 }, { slot: 3 }] },
    { tasks: [{ slot: 1, upToDate: false }, { slot: 2 }, { slot: 3 }] },
    { service: { mode: { kind: 'global' } }, tasks: [] },
  ]
  for (const scene of settled) {
    const { state, sentence } = judge({ ...scene, ago: 6 * minute })
    expect(['converged', 'failed'], sentence).toContain(state)
  }
})
