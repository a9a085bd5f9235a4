import { describe, expect, test } from 'vitest'
import { convergence } from './convergence.ts'
import {
  aNode,
  aPace,
  aPrevious,
  aService,
  aSpec,
  aTask,
  byId,
  factsOf,
  threeNodes,
} from './entities.fixture.ts'
import { instant } from './instant.ts'
import { occupancy } from './occupancy.ts'
import { serviceAttention } from './service-attention.ts'
import type { Node, Service, Task } from './state.ts'

const seconds = 1000
const minute = 60 * seconds
const now = 1_800_000_000_000
const longAgo = now - 60 * minute

function found(
  fields: Partial<Service>,
  tasks: readonly Partial<Task>[],
  nodes: readonly Node[] = threeNodes,
  at = now,
) {
  const mode = { kind: 'replicated', replicas: 2 } as const
  const service = aService({ mode, updatedAt: longAgo, ...fields })
  const all = byId(
    tasks.map((task, i) =>
      aTask({ id: `t${i}`, slot: i + 1, createdAt: longAgo, ...task }),
    ),
  )
  const facts = factsOf(nodes)
  const held = occupancy(service, all, facts)
  const judged = convergence(service, all, facts, at, held)
  return serviceAttention(service, judged, held, facts, at)
}

const updating = (state: NonNullable<Service['update']>['state']) => ({
  update: {
    state,
    message: 'update paused due to failure or early termination of task bad',
    startedAt: longAgo,
    completedAt: longAgo,
  },
})
const error = 'no suitable node (insufficient resources on 3 nodes)'
const unplaced = { state: 'pending', nodeId: null, error } as const
const old = { upToDate: false } as const
const failures = [1, 2, 3].map((ago, i) => ({
  id: `f${i}`,
  slot: 1,
  state: 'failed' as const,
  desired: 'shutdown' as const,
  error: 'task: non-zero exit (1)',
  createdAt: now - (ago + 1) * minute,
  updatedAt: now - ago * minute,
}))

describe('a service asks for a human', () => {
  test.each<{
    service?: Partial<Service>
    tasks: Partial<Task>[]
    row: object | null
    why: string
  }>([
    { tasks: [{}, {}], row: null, why: 'not when it is well' },
    {
      tasks: [unplaced, unplaced],
      row: { kind: 'service-down', tone: 'critical', title: 'web is down', cause: error },
      why: 'down',
    },
    {
      tasks: [{}, unplaced],
      row: {
        kind: 'service-degraded',
        title: 'web is degraded',
        detail: '1 of 2 running, 1 cannot be placed',
        cause: error,
      },
      why: 'degraded: one row, although a task is unplaced too',
    },
    {
      service: updating('paused'),
      tasks: [{}, old],
      row: {
        kind: 'update-paused',
        title: 'Update of web is paused',
        detail: '1 of 2 updated',
      },
      why: 'paused',
    },
    {
      service: updating('rollback_paused'),
      tasks: [{}, old],
      row: {
        kind: 'update-paused',
        title: 'Rollback of web is paused',
        detail: '1 of 2 rolled back',
      },
      why: 'a paused rollback',
    },
    {
      service: updating('paused'),
      tasks: [{ state: 'starting' }, { state: 'starting' }],
      row: {
        kind: 'service-down',
        title: 'web is down',
        detail: '0 of 2 running, update paused',
      },
      why: 'paused with nothing left: down is graver',
    },
    {
      service: { ...updating('paused'), mode: { kind: 'replicated', replicas: 1 } },
      tasks: [{ createdAt: now, updatedAt: now }, ...failures],
      row: { kind: 'service-down', detail: '1 of 1 running, update paused' },
      why: 'what runs is but the next attempt',
    },
    {
      service: updating('paused'),
      tasks: [
        { ...old, slot: 2, createdAt: now - 9 * seconds },
        { state: 'starting', slot: 1 },
        ...failures,
      ],
      row: {
        kind: 'update-paused',
        title: 'Update of web is paused',
        detail: '0 of 2 updated, 1 of 2 running',
      },
      why: 'what runs is young, but not of the spec that fails',
    },
    {
      service: updating('rollback_completed'),
      tasks: [{}, {}],
      row: {
        kind: 'rolled-back',
        title: 'The swarm rolled web back',
        detail: '2 of 2 running',
      },
      why: 'rolled back by itself: no previous spec is left',
    },
    {
      service: {
        ...updating('rollback_completed'),
        previous: aPrevious({ image: 'demo/web:v2' }),
      },
      tasks: [{}, {}],
      row: null,
      why: 'rolled back by hand: whoever did it knows',
    },
    {
      service: { mode: { kind: 'replicated', replicas: 1 } },
      tasks: [{}, ...failures],
      row: { kind: 'flapping', title: 'web keeps failing', detail: '3 failures in 10 min' },
      why: 'at count, and failing',
    },
    {
      service: {
        ...updating('updating'),
        spec: aSpec({ update: aPace({ order: 'start-first' }) }),
      },
      tasks: [{ upToDate: true }, old, { ...unplaced, slot: 2 }],
      row: {
        kind: 'unplaced',
        title: 'web has no place to run',
        detail: '1 task cannot be placed',
        cause: error,
      },
      why: 'an update that finds no room beside what runs',
    },
    {
      service: { updatedAt: now - minute },
      tasks: [{}, { state: 'new', nodeId: null, since: now - 15 * seconds }],
      row: {
        kind: 'stuck',
        title: 'web is stuck',
        detail: '1 task waits for a network address: none may be left',
        since: instant(now - 15 * seconds),
      },
      why: 'no address, and no error',
    },
    {
      tasks: [{}, { state: 'new', nodeId: null, since: now - 14 * seconds }],
      row: null,
      why: 'not at once',
    },
    {
      tasks: [{}, { state: 'preparing', since: now - 2 * minute }],
      row: { kind: 'stuck', detail: '1 task stuck in preparing' },
      why: 'an image that will not come',
    },
    {
      tasks: [{}, { state: 'ready', desired: 'ready', since: now - 60 * minute }],
      row: null,
      why: 'a restart delay may be as long as you like',
    },
    {
      service: updating('updating'),
      tasks: [{ updatedAt: now - 3 * minute }, old],
      row: {
        kind: 'stuck',
        detail: 'the update makes no progress',
        since: instant(now - 3 * minute),
      },
      why: 'no task was updated for long, and none is on its way',
    },
    {
      service: {
        ...updating('updating'),
        spec: aSpec({ update: aPace({ delayNs: 600e9 }) }),
      },
      tasks: [{ updatedAt: now - 3 * minute }, old],
      row: null,
      why: 'ten minutes between tasks were asked for',
    },
  ])('$why', ({ service = {}, tasks, row }) => {
    const { attention } = found(service, tasks)
    if (row === null) expect(attention).toBeNull()
    else expect(attention).toMatchObject(row)
  })

  test('not over pending tasks while nodes report to a new leader', () => {
    const message = 'Node moved to "unknown" state due to leadership change in cluster'
    const nodes = [
      aNode({ id: 'n1' }),
      aNode({ id: 'n2', state: 'unknown', message, updatedAt: now }),
    ]
    const tasks = [{}, { ...unplaced, since: now - minute }]
    const during = found({ updatedAt: now }, tasks, nodes, now + 34 * seconds)
    expect(during.attention).toBeNull()
    expect(during.nextChangeAt).toBe(now + 35 * seconds)
    const after = found({ updatedAt: now }, tasks, nodes, now + 35 * seconds)
    expect(after.attention?.kind).toBe('service-degraded')
    const stuck = [{}, { state: 'new', nodeId: null, since: now - minute } as const]
    expect(found({}, stuck, nodes, now).attention).toBeNull()
    expect(found({}, stuck).attention?.kind).toBe('stuck')
  })

  test('and says when to look again', () => {
    const { nextChangeAt } = found({}, [{}, { ...unplaced, since: now - 4 * seconds }])
    expect(nextChangeAt).toBe(now + 6 * seconds)
  })
})
