import type { Operation } from '@skep/shared/contract/operation'
import { describe, expect, test } from 'vitest'
import { aNode, aService, aState, aTask } from './entities.fixture.ts'
import { instant } from './instant.ts'
import { type NodeTracking, nodeOutcome } from './node-outcome.ts'
import type { Node, Task } from './state.ts'

const now = 1_800_000_000_000
const second = 1_000

type Scene = {
  kind?: Operation['kind']
  state?: Operation['state']
  write?: NodeTracking['write']
  node?: Partial<Node> | null
  tasks?: readonly Partial<Task>[]
  ago?: number
}

function judge({
  kind = 'drain',
  state = 'accepted',
  write,
  node = {},
  tasks = [],
  ago = 5 * second,
}: Scene) {
  const at = instant(now - ago)
  const nodes = [aNode({ id: 'w2' }), ...(node ? [aNode({ id: 'w1', ...node })] : [])]
  return nodeOutcome(
    {
      kind,
      state,
      subject: { kind: 'node', name: 'w1', id: 'w1' },
      sentence: 'before',
      requestedAt: at,
      acceptedAt: at,
    },
    {
      write: write ?? { kind: 'update', change: { availability: 'drain' } },
      services: [{ id: 'service-web', settles: 1 }],
      announced: 'moves 1',
    },
    aState({
      nodes,
      services: [aService({ mode: { kind: 'replicated', replicas: 1 } })],
      tasks: tasks.map((task, i) => aTask({ id: `t${i}`, updatedAt: now - ago, ...task })),
    }),
    now,
  )
}

const drained = { availability: 'drain' } as const

describe('a drain', () => {
  test('is over when nothing is left and what was to move runs again', () => {
    expect(judge({ node: drained, tasks: [{ nodeId: 'w2' }] })).toEqual({
      state: 'converged',
      sentence: 'w1 is drained. As previewed: moves 1.',
    })
  })

  test('counts what is left', () => {
    const leaving = { nodeId: 'w1', desired: 'shutdown' } as const
    expect(judge({ node: drained, tasks: [leaving, { nodeId: 'w2' }] })).toEqual({
      state: 'accepted',
      sentence: 'Accepted: 1 task left on w1.',
    })
  })

  test('waits for what starts elsewhere, and fails when it never does', () => {
    const starting = { nodeId: 'w2', state: 'preparing' } as const
    expect(judge({ node: drained, tasks: [starting] }).state).toBe('accepted')
    const waiting = { nodeId: null, state: 'pending', error: 'no suitable node' } as const
    const found = judge({ node: drained, tasks: [waiting], ago: 90 * second })
    expect(found).toEqual({
      state: 'failed',
      sentence: 'Not as previewed: web runs 0 of 1.',
    })
  })

  test('is superseded by another change, and unknown when its answer was lost', () => {
    expect(judge({ node: { availability: 'active' } }).state).toBe('superseded')
    expect(judge({ node: null }).state).toBe('superseded')
    expect(judge({ state: 'requested', node: {} }).state).toBe('requested')
    expect(judge({ state: 'requested', node: {}, ago: 61 * second }).state).toBe('unknown')
  })
})

test('a promotion lasts until the managers have taken it in', () => {
  const write = { kind: 'update', change: { role: 'manager' } } as const
  const scene = { kind: 'promote', write, tasks: [{ nodeId: 'w2' }] } as const
  expect(judge({ ...scene, node: { role: 'manager' } }).state).toBe('accepted')
  const manager = { leader: false, reachability: 'reachable', address: null } as const
  expect(judge({ ...scene, node: { role: 'manager', manager } }).state).toBe('converged')
})

test('a removal is over when the node is gone', () => {
  const write = { kind: 'remove', force: true } as const
  const scene = { kind: 'remove', write, tasks: [{ nodeId: 'w2' }] } as const
  expect(judge({ ...scene, node: null })).toMatchObject({ state: 'converged' })
  expect(judge(scene).state).toBe('accepted')
  expect(judge({ ...scene, ago: 61 * second }).state).toBe('failed')
})
