import { describe, expect, test } from 'vitest'
import { aManager, aNode, aTask, byId } from './entities.fixture.ts'
import { nodeNames } from './names.ts'
import { nodeView } from './nodes.ts'
import type { Node, Task } from './state.ts'

const view = (node: Partial<Node>, tasks: readonly Partial<Task>[] = []) => {
  const whole = aNode(node)
  const all = tasks.map((fields, i) => aTask({ id: `t${i}`, ...fields }))
  return nodeView(whole, byId(all), nodeNames(byId([whole])))
}

const leadership = 'Node moved to "unknown" state due to leadership change in cluster'
const job = { desired: 'complete', jobIteration: 1 } as const

describe('a node', () => {
  test.each<{
    node: Partial<Node>
    tasks?: Partial<Task>[]
    status: string
    sentence: string
  }>([
    { node: {}, status: 'ready', sentence: 'Ready and active. No tasks.' },
    { node: {}, tasks: [{}, {}], status: 'ready', sentence: 'Ready and active. 2 tasks.' },
    {
      node: { availability: 'pause' },
      tasks: [{}],
      status: 'paused',
      sentence: 'Paused: no new tasks are placed here. 1 task.',
    },
    {
      node: { availability: 'drain' },
      tasks: [{ desired: 'shutdown' }, job],
      status: 'draining',
      sentence: 'Draining. 1 task left.',
    },
    {
      node: { availability: 'drain' },
      tasks: [{ desired: 'shutdown', state: 'shutdown' }],
      status: 'drained',
      sentence: 'Drained. No tasks.',
    },
    {
      node: { availability: 'drain' },
      tasks: [job],
      status: 'drained',
      sentence: 'Drained. 1 job task runs to the end.',
    },
    { node: { state: 'down' }, status: 'down', sentence: 'Down.' },
    {
      node: { state: 'down', availability: 'drain' },
      tasks: [{ desired: 'shutdown' }],
      status: 'down',
      sentence: 'Down. What became of 1 task is not known.',
    },
    {
      node: { state: 'disconnected' },
      status: 'disconnected',
      sentence: 'Disconnected: looking for a manager. No tasks.',
    },
    {
      node: { state: 'unknown', message: leadership },
      tasks: [{}],
      status: 'unknown',
      sentence: 'Has yet to report to the new leader. 1 task.',
    },
    {
      node: { state: 'unknown' },
      status: 'unknown',
      sentence: 'No news from this node. No tasks.',
    },
  ])('$sentence', ({ node, tasks, status, sentence }) => {
    expect(view(node, tasks)).toMatchObject({ status, sentence })
  })

  test('has reserved what any task between assignment and its end asked for', () => {
    const reserved = { nanoCpus: 1e9, memoryBytes: 100 }
    const tasks: Partial<Task>[] = [
      { reserved },
      { reserved, desired: 'shutdown' },
      { reserved, state: 'assigned' },
      { reserved, state: 'pending' },
      { reserved, state: 'failed', desired: 'shutdown' },
    ]
    expect(view({}, tasks)).toMatchObject({
      reserved: { nanoCpus: 3e9, memoryBytes: 300 },
      tasks: { running: 2, live: 3 },
    })
  })

  test('runs nothing that anyone knows of while it is down', () => {
    expect(view({ state: 'down' }, [{}]).tasks).toEqual({ running: 0, live: 1 })
    expect(view({ state: 'unknown' }, [{}]).tasks).toEqual({ running: 1, live: 1 })
  })

  test('keeps the address of its manager to itself', () => {
    const node = aManager({}, { leader: true, address: '10.0.0.1:2377' })
    const { manager } = nodeView(node, new Map(), nodeNames(byId([node])))
    expect(manager).toEqual({ leader: true, reachability: 'reachable' })
  })
})
