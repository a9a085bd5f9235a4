import type { Maintenance } from '@skep/shared/contract/maintenance'
import { expect, test } from 'vitest'
import { aNode, aService, aState, aTask } from './entities.fixture.ts'
import { followed, plannedSteps } from './maintenance.ts'
import { evidence } from './maintenance-evidence.ts'
import type { ClusterState, Node } from './state.ts'

const now = 1_800_000_000_000
const services = [{ service: 'db', replicas: 1 }]

const begun: Maintenance = {
  id: 'm-1',
  node: 'w1',
  nodeId: 'w1',
  actor: 'local',
  startedAt: '2026-11-21T12:00:00.000Z',
  endedAt: null,
  ended: null,
  services,
  steps: plannedSteps('w1', services),
  sentence: '',
}

/** A swarm where `db` is asked for so many, and runs as many on w1. */
function swarm(
  replicas: number,
  availability: Node['availability'] = 'active',
): ClusterState {
  const tasks = Array.from({ length: replicas }, (_, i) =>
    aTask({ id: `t${i}`, serviceId: 'db', slot: i + 1, nodeId: 'w1' }),
  )
  return aState({
    nodes: [aNode({ id: 'w1', availability }), aNode({ id: 'w2' })],
    services: [aService({ id: 'db', name: 'db', mode: { kind: 'replicated', replicas } })],
    tasks,
  })
}

const states = ({ steps }: Maintenance) =>
  Object.fromEntries(steps.map(({ id, state }) => [id, state]))

const ticked = (plan: Maintenance, id: string): Maintenance => ({
  ...plan,
  steps: plan.steps.map((step) =>
    step.id === id ? { ...step, doneAt: '2026-11-21T12:30:00.000Z' } : step,
  ),
})

test('the steps come in their order, and none is done before its turn', () => {
  const first = followed(begun, swarm(1), now)
  expect(states(first)).toEqual({
    'stop:db': 'next',
    drain: 'waits',
    work: 'waits',
    // The node is active, and nobody brought it back.
    activate: 'waits',
    'start:db': 'waits',
    'verify:db': 'waits',
  })
  expect(first.sentence).toBe('Next: stop db.')
})

test('from the stop of the service to the validated data, each step stays done', () => {
  let plan = followed(begun, swarm(0), now)
  expect(plan.sentence).toBe('Next: drain w1.')
  plan = followed(plan, swarm(0, 'drain'), now + 1)
  expect(plan.sentence).toBe('Next: do the work.')
  plan = followed(ticked(plan, 'work'), swarm(0, 'drain'), now + 2)
  expect(plan.sentence).toBe('Next: activate w1.')
  plan = followed(plan, swarm(0), now + 3)
  expect(plan.sentence).toBe('Next: bring db back to 1.')
  plan = followed(plan, swarm(1), now + 4)
  expect(states(plan)).toMatchObject({
    'stop:db': 'done',
    drain: 'done',
    'start:db': 'done',
  })
  expect(plan.sentence).toBe('Next: validate the data of db.')
  plan = followed(ticked(plan, 'verify:db'), swarm(1), now + 5)
  expect(plan.sentence).toBe('Every step is done.')
})

test('a service that was made to run elsewhere has left as well', () => {
  const moved = aTask({ id: 't0', serviceId: 'db', nodeId: 'w2' })
  const on = (nodeId: string | null) =>
    aState({
      nodes: [aNode({ id: 'w1' }), aNode({ id: 'w2' })],
      services: [
        aService({ id: 'db', name: 'db', mode: { kind: 'replicated', replicas: 1 } }),
      ],
      tasks: [{ ...moved, nodeId }],
    })
  expect(followed(begun, on('w2'), now).sentence).toBe('Next: drain w1.')
  expect(followed(begun, on(null), now).sentence).toBe('Next: stop db.')
})

test('a step that somebody undoes too early is called that', () => {
  const drained = followed(followed(begun, swarm(0), now), swarm(0, 'drain'), now)
  const undone = followed(drained, swarm(1, 'drain'), now)
  expect(states(undone)).toMatchObject({ 'stop:db': 'undone', drain: 'undone' })
  expect(undone.sentence).toBe('Stop db was done and is not any more: It is asked for 1.')
})

test('what is not live says nothing new, and what ended is followed no more', () => {
  const away = { ...swarm(0), swarm: { ...swarm(0).swarm, state: 'no-quorum' as const } }
  expect(followed(begun, away, now)).toBe(begun)
  const ended = {
    ...begun,
    endedAt: '2026-11-21T13:00:00.000Z',
    ended: 'abandoned' as const,
  }
  expect(followed(ended, swarm(0), now)).toBe(ended)
})

test('the evidence is a table, in which nothing that people wrote is markup', () => {
  const noted = ticked(begun, 'work')
  const steps = noted.steps.map((step) =>
    step.id === 'work' ? { ...step, note: '| <b>new</b> disk\n## done' } : step,
  )
  const text = evidence({ ...noted, steps })
  expect(text).toContain('\\| \\<b\\>new\\</b\\> disk \\#\\# done')
  expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(8)
})

test('it ends when its node is removed, and says what is still to bring back', () => {
  const stopped = followed(begun, swarm(0), now)
  const gone = aState({ nodes: [aNode({ id: 'w2' })] })
  const ended = followed(stopped, gone, now)
  expect(ended).toMatchObject({ ended: 'abandoned', endedAt: new Date(now).toISOString() })
  expect(ended.sentence).toBe(
    'w1 was removed from the swarm. Still to bring back: db to 1.',
  )
  // Before the nodes were read, none counts as removed.
  expect(followed(stopped, aState({ nodes: [] }), now).endedAt).toBeNull()
})
