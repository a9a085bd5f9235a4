import { describe, expect, test } from 'vitest'
import { aManager } from './entities.fixture.ts'
import { instant } from './instant.ts'
import { now, replicated, seconds } from './judge.fixture.ts'
import { failedFresh, fresh, judgeRollout, old, updating } from './rollout.fixture.ts'
import type { Service, Task } from './state.ts'

const unplaced = 'no suitable node (insufficient resources on 3 nodes)'
const one = { mode: replicated(1) }

/** A task that came into this state as the clock read `now`. */
const just = (state: Task['state'], fields: Partial<Task> = {}) =>
  fresh(1, 0, 0, { state, ...fields })

describe('a step of a start that takes long is named, and when', () => {
  test.each<{ task: Task; after: number; why: string; service?: Partial<Service> }>([
    {
      task: just('new', { nodeId: null }),
      after: 15,
      why: 'it waits for a network address: none may be left',
    },
    {
      task: just('pending', { nodeId: null, error: unplaced }),
      after: 10,
      why: 'no node can take it',
    },
    {
      task: just('pending', { nodeId: null }),
      after: 120,
      why: 'no node was chosen, and the swarm does not say why',
    },
    { task: just('assigned'), after: 30, why: 'its node has not taken it up' },
    {
      task: just('preparing'),
      after: 30,
      why: 'its image is still being pulled, or its network or volumes',
    },
    { task: just('ready'), after: 120, why: 'its node does not start it' },
    {
      task: just('starting'),
      after: 60,
      why: 'its health check has not passed yet',
      service: { hasHealthCheck: true },
    },
    {
      task: just('starting'),
      after: 60,
      why: 'it has started, but does not count as running',
    },
  ])('$task.state: $why', ({ task, after, why, service }) => {
    const at = now + after * seconds
    const judge = (at: number) =>
      judgeRollout(updating({ ...one, ...service }), [task], { at })
    expect(judge(at - 1).rollout?.stuck).toEqual([])
    expect(judge(now).nextChangeAt).toBe(at)
    expect(judge(at).rollout?.stuck).toEqual([
      {
        slot: '1',
        state: task.state,
        since: instant(now),
        node: task.nodeId,
        why,
        cause: task.error,
      },
    ])
  })

  test('waiting for the old task, or for a restart, is not being stuck', () => {
    const waiting = just('ready', { desired: 'ready' })
    const tasks = [old(1, { desired: 'shutdown' }), waiting]
    const judged = judgeRollout(updating(one), tasks, { at: now + 600 * seconds })
    expect(judged.rollout?.stuck).toEqual([])
    expect(judged.nextChangeAt).toBeNull()
  })

  test('nor is an old task that waits: that is not the rollout’s doing', () => {
    const tasks = [old(1, { state: 'pending', error: unplaced })]
    expect(judgeRollout(updating(one), tasks).rollout?.stuck).toEqual([])
  })

  test('while nodes report to a new leader, nothing is', () => {
    const silent = aManager({
      id: 'n1',
      state: 'unknown',
      message: 'Node moved to "unknown" state due to leadership change in cluster',
      updatedAt: now + 100 * seconds,
    })
    const at = now + 110 * seconds
    const judged = judgeRollout(updating(one), [just('assigned')], { at, nodes: [silent] })
    expect(judged.rollout?.stuck).toEqual([])
    expect(judged.nextChangeAt).toBe(now + 135 * seconds)
  })
})

describe('a slot that fails is named at once', () => {
  const again = fresh(1, 1, 1, { state: 'starting' })
  const rejected = (made: number, ended: number): Task => ({
    ...failedFresh(1, made, ended),
    state: 'rejected',
    error: 'No such image: demo/web:nosuchtag',
  })

  test.each<{ tasks: Task[]; why: string; ago: number; cause: string | null }>([
    {
      tasks: [failedFresh(1, 9, 7), again],
      why: '1 attempt failed, it is tried again',
      ago: 7,
      cause: 'task: non-zero exit (1)',
    },
    {
      tasks: [failedFresh(1, 19, 17), failedFresh(1, 9, 7), fresh(1, 3, 2)],
      why: '2 attempts failed, it is tried again',
      ago: 17,
      cause: 'task: non-zero exit (1)',
    },
    {
      tasks: [failedFresh(1, 9, 7)],
      why: '1 attempt failed, it is not tried again',
      ago: 7,
      cause: 'task: non-zero exit (1)',
    },
    {
      tasks: [{ ...failedFresh(1, 9, 7), desired: 'running' }],
      why: '1 attempt failed, it is tried again',
      ago: 7,
      cause: 'task: non-zero exit (1)',
    },
    {
      tasks: [rejected(19, 18), rejected(9, 8), again],
      why: 'its image cannot be pulled (2 attempts), it is tried again',
      ago: 18,
      cause: 'No such image: demo/web:nosuchtag',
    },
  ])('$why', ({ tasks, why, ago, cause }) => {
    const { rollout } = judgeRollout(updating(one), tasks)
    const since = instant(now - ago * seconds)
    expect(rollout?.stuck).toMatchObject([{ slot: '1', why, since, cause }])
  })

  test('until an attempt has lasted', () => {
    const tasks = [failedFresh(1, 19, 17), fresh(1, 9, 6)]
    expect(judgeRollout(updating(one), tasks).rollout?.stuck).toEqual([])
  })

  test('and the longest stuck comes first', () => {
    const tasks = [failedFresh(1, 9, 7), failedFresh(2, 19, 17), old(3)]
    const { rollout } = judgeRollout(updating(), tasks)
    expect(rollout?.stuck.map(({ slot }) => slot)).toEqual(['2', '1'])
  })
})
